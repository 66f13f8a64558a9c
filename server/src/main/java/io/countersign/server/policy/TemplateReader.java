package io.countersign.server.policy;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.Finding;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.VoteReason;
import io.countersign.core.policy.Window;
import io.countersign.server.platform.Duplicates;
import io.countersign.server.policy.TemplateForm.ApproversForm;
import io.countersign.server.policy.TemplateForm.ConditionsForm;
import io.countersign.server.policy.TemplateForm.EscalationForm;
import io.countersign.server.policy.TemplateForm.QuorumForm;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a form into a template's content, collecting every problem by field instead of stopping at the first. */
final class TemplateReader {

    /** Finds the id behind an id, handle or name; nothing when there is no such thing. */
    record Names(
            Function<String, Optional<String>> users,
            Function<String, Optional<String>> teams,
            Function<String, Optional<String>> roles) {}

    private static final int MAX_LISTED = 500;
    private static final int MAX_SCHEDULES = 50;
    private static final int MAX_DESCRIPTION = 4_000;

    /** A project's name, a slash, and an environment's. */
    private static final int MAX_ENVIRONMENT = 300;

    private final Names names;
    private final List<Finding> problems = new ArrayList<>();

    TemplateReader(Names names) {
        this.names = names;
    }

    List<Finding> problems() {
        return problems;
    }

    TemplateSpec read(TemplateForm form) {
        String description = form.description() == null ? "" : form.description();
        if (description.length() > MAX_DESCRIPTION) {
            problem("too-long", "description", "the description is at most 4,000 characters");
        }
        return new TemplateSpec(
                form.name(),
                description,
                levels(form.scope()),
                approvers("approvers", form.approvers()),
                quorum(form.quorum()),
                conditions(form.conditions()),
                Boolean.TRUE.equals(form.requesterCanApprove()),
                voteReason(form.voteReasonRequired()),
                duration("expiresAfter", form.expiresAfter(), TemplateSpec.DEFAULT_EXPIRY),
                duration("grantValidFor", form.grantValidFor(), TemplateSpec.DEFAULT_GRANT),
                escalation(form.escalation()));
    }

    private Set<ResourceLevel> levels(List<String> scope) {
        Set<ResourceLevel> levels = EnumSet.noneOf(ResourceLevel.class);
        if (scope.size() > ResourceLevel.values().length) {
            problem("too-many", "scope", "at most " + ResourceLevel.values().length + " entries");
            return levels;
        }
        for (String word : scope) {
            Optional<ResourceLevel> level = Arrays.stream(ResourceLevel.values())
                    .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
            level.ifPresentOrElse(
                    levels::add,
                    () -> problem(
                            "unknown-level",
                            "scope",
                            "`" + word + "` is no level; give organization, project, cluster or environment"));
        }
        return levels;
    }

    private Approvers approvers(String field, @Nullable ApproversForm form) {
        if (form == null) {
            return Approvers.nobody();
        }
        return new Approvers(
                ids(field + ".users", form.users(), names.users(), "person"),
                ids(field + ".teams", form.teams(), names.teams(), "team"),
                ids(field + ".orgRoles", form.orgRoles(), names.roles(), "role"));
    }

    private Quorum quorum(@Nullable QuorumForm form) {
        if (form == null) {
            return Quorum.of(1);
        }
        Integer teams = form.minDistinctTeams();
        if (teams != null && teams < 1) {
            problem(
                    "out-of-range",
                    "quorum.minDistinctTeams",
                    "minDistinctTeams is a whole number from 1 to 100; leave it out when teams do not matter");
        }
        return new Quorum(
                form.minApprovals() == null ? 1 : form.minApprovals(),
                teams == null ? 0 : teams,
                ids("quorum.requiredUserIds", form.requiredUserIds(), names.users(), "person"),
                ids("quorum.requiredTeamIds", form.requiredTeamIds(), names.teams(), "team"),
                ids("quorum.requiredOrgRoles", form.requiredOrgRoles(), names.roles(), "role"));
    }

    private Conditions conditions(@Nullable ConditionsForm form) {
        if (form == null) {
            return Conditions.always();
        }
        Set<String> environments = new LinkedHashSet<>();
        if (form.environments() != null) {
            notEmpty("conditions.environments", form.environments(), Conditions.MAX_ENVIRONMENTS);
            for (String environment : form.environments()) {
                if (environment.isBlank() || environment.length() > MAX_ENVIRONMENT) {
                    problem(
                            "wrong-value",
                            "conditions.environments",
                            "an environment is named by 1 to " + MAX_ENVIRONMENT + " characters");
                    break;
                }
            }
            once("conditions.environments", form.environments());
            environments.addAll(form.environments());
        }
        List<Window> schedules = new ArrayList<>();
        if (form.schedules() != null) {
            notEmpty("conditions.schedules", form.schedules());
            for (int i = 0; i < form.schedules().size(); i++) {
                TemplateForm.ScheduleForm entry = form.schedules().get(i);
                String field = "conditions.schedules[" + i + "]";
                Window window = window(field, entry.weekdays(), entry.startHour(), entry.endHour());
                if (window == null) {
                    problem("empty", field, "a schedule names weekdays, hours or both");
                } else {
                    schedules.add(window);
                }
            }
        }
        return new Conditions(
                environments,
                form.environmentPattern(),
                window("conditions", form.weekdays(), form.startHour(), form.endHour()),
                schedules,
                zone(form.timezone()),
                Boolean.TRUE.equals(form.requireReason()));
    }

    private @Nullable Window window(
            String field, @Nullable List<String> weekdays, @Nullable Integer start, @Nullable Integer end) {
        if ((start == null) != (end == null)) {
            problem(
                    "incomplete",
                    field + (start == null ? ".startHour" : ".endHour"),
                    "startHour and endHour go together; give both or none");
            return null;
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (weekdays != null) {
            notEmpty(field + ".weekdays", weekdays);
            weekdays.forEach(word -> weekday(field, word).ifPresent(days::add));
        }
        if (weekdays == null && start == null) {
            return null;
        }
        return new Window(days, start == null ? 0 : start, end == null ? 0 : end);
    }

    private Optional<DayOfWeek> weekday(String field, String word) {
        Optional<DayOfWeek> day = Arrays.stream(DayOfWeek.values())
                .filter(known -> known.name().equalsIgnoreCase(word))
                .findFirst();
        if (day.isEmpty()) {
            problem("unknown-weekday", field + ".weekdays", "`" + word + "` is no weekday; give monday to sunday");
        }
        return day;
    }

    private @Nullable ZoneId zone(@Nullable String id) {
        if (id == null) {
            return null;
        }
        try {
            if (ZoneId.getAvailableZoneIds().contains(id)) {
                return ZoneId.of(id);
            }
        } catch (DateTimeException unknown) {
            // said below, like any other id that is not in the tables
        }
        problem(
                "unknown-zone",
                "conditions.timezone",
                "`" + id + "` is no IANA time zone; give one such as `Europe/Istanbul`");
        return null;
    }

    private VoteReason voteReason(@Nullable String word) {
        if (word == null) {
            return VoteReason.ON_DENY;
        }
        return switch (word) {
            case "never" -> VoteReason.NEVER;
            case "on-deny" -> VoteReason.ON_DENY;
            case "always" -> VoteReason.ALWAYS;
            default -> {
                problem("unknown-word", "voteReasonRequired", "`" + word + "` is none of never, on-deny, always");
                yield VoteReason.ALWAYS;
            }
        };
    }

    private Duration duration(String field, @Nullable String text, Duration otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException unreadable) {
            problem("bad-duration", field, "`" + text + "` is no ISO 8601 duration; write for example `PT4H` or `P7D`");
            return otherwise;
        }
    }

    private @Nullable Escalation escalation(@Nullable EscalationForm form) {
        if (form == null) {
            return null;
        }
        return new Escalation(
                approvers("escalation.approvers", form.approvers()),
                duration("escalation.after", form.after(), TemplateSpec.MIN_ESCALATION));
    }

    private Set<String> ids(
            String field, @Nullable List<String> given, Function<String, Optional<String>> find, String word) {
        Set<String> ids = new LinkedHashSet<>();
        if (given == null) {
            return ids;
        }
        if (given.size() > MAX_LISTED) {
            problem("too-many", field, "at most 500 can be listed; use a team");
            return ids;
        }
        for (int at = 0; at < given.size(); at++) {
            String name = given.get(at);
            Optional<String> id = find.apply(name);
            if (id.isEmpty()) {
                problem("unknown-" + word, field, "there is no " + word + " `" + name + "`");
            } else if (!ids.add(id.get())) {
                twice(field, at, name);
            }
        }
        return ids;
    }

    private void once(String field, List<String> given) {
        Duplicates.first(given).ifPresent(at -> twice(field, at, given.get(at)));
    }

    private void twice(String field, int at, String name) {
        problem("duplicate-id", field + "[" + at + "]", Duplicates.sentence(name));
    }

    private void notEmpty(String field, List<?> list) {
        notEmpty(field, list, MAX_SCHEDULES);
    }

    private void notEmpty(String field, List<?> list, int most) {
        if (list.isEmpty()) {
            problem("empty-list", field, "an empty list would match nothing; leave the field out to match everything");
        }
        if (list.size() > most) {
            problem("too-many", field, "at most " + most + " entries");
        }
    }

    private void problem(String code, String field, String sentence) {
        problems.add(new Finding(code, field, sentence));
    }
}
