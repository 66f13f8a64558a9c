package io.countersign.server.policy;

import io.countersign.core.audit.PolicyContent;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.Window;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what a policy demands in the fields that the log keeps of it. */
final class PolicyContents {

    private PolicyContents() {}

    static PolicyContent of(TemplateSpec spec) {
        return new PolicyContent(
                spec.description(),
                words(spec.scope()),
                who(spec.approvers()),
                needed(spec.quorum()),
                when(spec.conditions()),
                spec.requesterCanApprove(),
                word(spec.voteReasonRequired()),
                spec.expiresAfter(),
                spec.grantValidFor(),
                later(spec.escalation()));
    }

    private static PolicyContent.Who who(Approvers approvers) {
        return new PolicyContent.Who(
                sorted(approvers.users()), sorted(approvers.teams()), sorted(approvers.orgRoles()));
    }

    private static PolicyContent.Needed needed(Quorum quorum) {
        return new PolicyContent.Needed(
                quorum.minApprovals(),
                quorum.minDistinctTeams(),
                sorted(quorum.requiredUserIds()),
                sorted(quorum.requiredTeamIds()),
                sorted(quorum.requiredOrgRoles()));
    }

    private static PolicyContent.When when(Conditions conditions) {
        Window window = conditions.window();
        return new PolicyContent.When(
                sorted(conditions.environments()),
                conditions.environmentPattern(),
                window == null ? null : hours(window),
                conditions.schedules().stream().map(PolicyContents::hours).toList(),
                conditions.timezone() == null ? null : conditions.timezone().getId(),
                conditions.requireReason());
    }

    /** Days stand in the order of the week. */
    private static PolicyContent.Hours hours(Window window) {
        return new PolicyContent.Hours(
                window.weekdays().stream().sorted().map(PolicyContents::word).toList(),
                window.startHour(),
                window.endHour());
    }

    private static PolicyContent.@Nullable Later later(@Nullable Escalation escalation) {
        return escalation == null ? null : new PolicyContent.Later(who(escalation.approvers()), escalation.after());
    }

    private static List<String> sorted(Collection<String> values) {
        return values.stream().sorted().toList();
    }

    private static List<String> words(Collection<? extends Enum<?>> values) {
        return values.stream().map(PolicyContents::word).sorted().toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
