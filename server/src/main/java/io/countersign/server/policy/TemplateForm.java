package io.countersign.server.policy;

import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.Window;
import java.time.DayOfWeek;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template as people write and read it, with the policy guide's own field names. */
public record TemplateForm(
        String name,
        @Nullable String description,
        List<String> scope,
        @Nullable ApproversForm approvers,
        @Nullable QuorumForm quorum,
        @Nullable ConditionsForm conditions,
        @Nullable Boolean requesterCanApprove,
        @Nullable String voteReasonRequired,
        @Nullable String expiresAfter,
        @Nullable String grantValidFor,
        @Nullable EscalationForm escalation) {

    /** People, teams and roles by id, {@code @handle} or name. */
    public record ApproversForm(
            @Nullable List<String> users,
            @Nullable List<String> teams,
            @Nullable List<String> orgRoles) {}

    /** How many and whose approvals are needed. */
    public record QuorumForm(
            @Nullable Integer minApprovals,
            @Nullable Integer minDistinctTeams,
            @Nullable List<String> requiredUserIds,
            @Nullable List<String> requiredTeamIds,
            @Nullable List<String> requiredOrgRoles) {}

    /** When the policy applies. */
    public record ConditionsForm(
            @Nullable List<String> environments,
            @Nullable String environmentPattern,
            @Nullable List<String> weekdays,
            @Nullable Integer startHour,
            @Nullable Integer endHour,
            @Nullable String timezone,
            @Nullable Boolean requireReason,
            @Nullable List<ScheduleForm> schedules) {}

    /** One window of a week. */
    public record ScheduleForm(
            @Nullable List<String> weekdays,
            @Nullable Integer startHour,
            @Nullable Integer endHour) {}

    /** Who may approve as well, and after how long. */
    public record EscalationForm(ApproversForm approvers, String after) {}

    /** The form of a saved template, with ids. */
    public static TemplateForm of(TemplateSpec spec) {
        return new TemplateForm(
                spec.name(),
                spec.description(),
                spec.scope().stream()
                        .map(level -> level.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList(),
                form(spec.approvers()),
                form(spec.quorum()),
                form(spec.conditions()),
                spec.requesterCanApprove(),
                spec.voteReasonRequired().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                spec.expiresAfter().toString(),
                spec.grantValidFor().toString(),
                form(spec.escalation()));
    }

    private static ApproversForm form(Approvers approvers) {
        return new ApproversForm(sorted(approvers.users()), sorted(approvers.teams()), sorted(approvers.orgRoles()));
    }

    private static QuorumForm form(Quorum quorum) {
        return new QuorumForm(
                quorum.minApprovals(),
                quorum.minDistinctTeams() == 0 ? null : quorum.minDistinctTeams(),
                sorted(quorum.requiredUserIds()),
                sorted(quorum.requiredTeamIds()),
                sorted(quorum.requiredOrgRoles()));
    }

    private static ConditionsForm form(Conditions conditions) {
        Window window = conditions.window();
        boolean hours = window != null && saysHours(window);
        return new ConditionsForm(
                listOrNull(conditions.environments()),
                conditions.environmentPattern(),
                window == null ? null : daysOrNull(window.weekdays()),
                window != null && hours ? (Integer) window.startHour() : null,
                window != null && hours ? (Integer) window.endHour() : null,
                conditions.timezone() == null ? null : conditions.timezone().getId(),
                conditions.requireReason(),
                conditions.schedules().isEmpty()
                        ? null
                        : conditions.schedules().stream()
                                .map(TemplateForm::form)
                                .toList());
    }

    /** From 0 to 0 is the whole day and goes without saying, unless nothing else were said. */
    private static boolean saysHours(Window window) {
        return window.weekdays().isEmpty() || window.startHour() != 0 || window.endHour() != 0;
    }

    private static ScheduleForm form(Window window) {
        boolean hours = saysHours(window);
        return new ScheduleForm(
                daysOrNull(window.weekdays()),
                hours ? (Integer) window.startHour() : null,
                hours ? (Integer) window.endHour() : null);
    }

    private static @Nullable EscalationForm form(@Nullable Escalation escalation) {
        return escalation == null
                ? null
                : new EscalationForm(
                        form(escalation.approvers()), escalation.after().toString());
    }

    private static List<String> sorted(Set<String> values) {
        return values.stream().sorted().toList();
    }

    private static @Nullable List<String> listOrNull(Set<String> values) {
        return values.isEmpty() ? null : sorted(values);
    }

    private static @Nullable List<String> daysOrNull(Collection<DayOfWeek> days) {
        return days.isEmpty()
                ? null
                : days.stream()
                        .sorted()
                        .map(day -> day.name().toLowerCase(Locale.ROOT))
                        .toList();
    }
}
