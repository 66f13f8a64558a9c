package io.countersign.core.policy;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What a template must be like to be saved, and what it may be like but should make its author look twice. */
public final class TemplateRules {

    private TemplateRules() {}

    /** Everything that refuses a save on its own account; an empty list accepts. */
    public static List<Finding> problems(TemplateSpec spec) {
        List<Finding> found = new ArrayList<>();
        name(spec, found);
        quorum(spec, found);
        conditions(spec.conditions(), found);
        range("expiresAfter", spec.expiresAfter(), TemplateSpec.MIN_EXPIRY, TemplateSpec.MAX_EXPIRY, found);
        range("grantValidFor", spec.grantValidFor(), TemplateSpec.MIN_GRANT, TemplateSpec.MAX_GRANT, found);
        if (spec.scope().isEmpty()) {
            found.add(new Finding(
                    "empty-scope",
                    "scope",
                    "scope names no level; give at least one of organization, project, cluster, environment"));
        }
        if (spec.effectiveApprovers().isEmpty()) {
            found.add(new Finding(
                    "no-approvers",
                    "approvers",
                    "nobody could approve: list users, teams or orgRoles, or name required ones in the quorum"));
        }
        if (spec.escalation() != null) {
            range(
                    "escalation.after",
                    spec.escalation().after(),
                    TemplateSpec.MIN_ESCALATION,
                    TemplateSpec.MAX_EXPIRY,
                    found);
            if (spec.escalation().approvers().isEmpty()) {
                found.add(new Finding("no-approvers", "escalation.approvers", "the escalation adds nobody"));
            }
        }
        return found;
    }

    /** What is accepted but worth a second look, from the template alone. */
    public static List<Finding> warnings(TemplateSpec spec) {
        List<Finding> found = new ArrayList<>();
        if (spec.escalation() != null && spec.escalation().after().compareTo(spec.expiresAfter()) >= 0) {
            found.add(new Finding(
                    "escalation-never-fires",
                    "escalation.after",
                    "the escalation comes after the request has expired and can never fire"));
        }
        if (!spec.approvers().isEmpty() && !listsAllRequired(spec)) {
            found.add(
                    new Finding(
                            "required-outside-approvers",
                            "quorum",
                            "the quorum requires people, teams or roles that are not listed as approvers; they may approve all the same"));
        }
        if (neverApplies(spec.conditions())) {
            found.add(new Finding("never-applies", "conditions", "no hour of the week satisfies all time conditions"));
        }
        return found;
    }

    private static void name(TemplateSpec spec, List<Finding> found) {
        String name = spec.name();
        if (name.isBlank() || name.codePointCount(0, name.length()) > 120 || !name.equals(name.strip())) {
            found.add(new Finding("bad-name", "name", "a name is 1 to 120 visible characters without space around it"));
        } else if (name.codePoints()
                .anyMatch(c -> Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT)) {
            found.add(new Finding("bad-name", "name", "the name contains an invisible or control character"));
        }
    }

    private static void quorum(TemplateSpec spec, List<Finding> found) {
        Quorum quorum = spec.quorum();
        if (quorum.minApprovals() < 1 || quorum.minApprovals() > Quorum.MAX_COUNT) {
            found.add(
                    new Finding("out-of-range", "quorum.minApprovals", "minApprovals is a whole number from 1 to 100"));
        }
        if (quorum.minDistinctTeams() < 0 || quorum.minDistinctTeams() > Quorum.MAX_COUNT) {
            found.add(new Finding(
                    "out-of-range", "quorum.minDistinctTeams", "minDistinctTeams is a whole number from 1 to 100"));
        }
        if (quorum.requiredUserIds().size() > Quorum.MAX_REQUIRED_USERS) {
            found.add(new Finding("too-many", "quorum.requiredUserIds", "at most 50 people can be required by name"));
        }
        if (quorum.requiredTeamIds().size() > Quorum.MAX_REQUIRED_GROUPS) {
            found.add(new Finding("too-many", "quorum.requiredTeamIds", "at most 10 teams can be required"));
        }
        if (quorum.requiredOrgRoles().size() > Quorum.MAX_REQUIRED_GROUPS) {
            found.add(new Finding("too-many", "quorum.requiredOrgRoles", "at most 10 roles can be required"));
        }
    }

    private static void conditions(Conditions conditions, List<Finding> found) {
        if (conditions.window() != null) {
            window("conditions", conditions.window(), found);
        }
        for (int i = 0; i < conditions.schedules().size(); i++) {
            window("conditions.schedules[" + i + "]", conditions.schedules().get(i), found);
        }
        ZoneId zone = conditions.timezone();
        if (zone != null
                && (zone instanceof ZoneOffset
                        || (zone.getRules().isFixedOffset() && !zone.getId().equals("UTC")))) {
            found.add(new Finding(
                    "unknown-zone",
                    "conditions.timezone",
                    "timezone is an IANA id such as `Europe/Istanbul`, not a fixed offset"));
        }
    }

    private static void window(String field, Window window, List<Finding> found) {
        if (window.startHour() < 0 || window.startHour() > 23) {
            found.add(new Finding("out-of-range", field + ".startHour", "startHour is a whole number from 0 to 23"));
        }
        if (window.endHour() < 0 || window.endHour() > 24) {
            found.add(new Finding("out-of-range", field + ".endHour", "endHour is a whole number from 0 to 24"));
        }
    }

    private static void range(String field, Duration value, Duration low, Duration high, List<Finding> found) {
        if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
            found.add(new Finding("out-of-range", field, field + " is between " + low + " and " + high));
        }
    }

    private static boolean listsAllRequired(TemplateSpec spec) {
        return spec.approvers().users().containsAll(spec.quorum().requiredUserIds())
                && spec.approvers().teams().containsAll(spec.quorum().requiredTeamIds())
                && spec.approvers().orgRoles().containsAll(spec.quorum().requiredOrgRoles());
    }

    private static boolean neverApplies(Conditions conditions) {
        for (java.time.DayOfWeek day : java.time.DayOfWeek.values()) {
            for (int hour = 0; hour < 24; hour++) {
                if (conditions.matchesHour(day, hour)) {
                    return false;
                }
            }
        }
        return true;
    }
}
