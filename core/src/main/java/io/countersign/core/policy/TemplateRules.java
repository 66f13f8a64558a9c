package io.countersign.core.policy;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.Reason;
import io.countersign.core.action.Tier;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a template must be like to be saved, and what it may be like but should make its author look twice. */
public final class TemplateRules {

    private static final int MAX_NAME = 120;
    private static final int MAX_DESCRIPTION = 4_000;

    private final TemplateSpec spec;
    private final List<Finding> found = new ArrayList<>();

    private TemplateRules(TemplateSpec spec) {
        this.spec = spec;
    }

    /** Everything that refuses a save on its own account; an empty list accepts. */
    public static List<Finding> problems(TemplateSpec spec) {
        TemplateRules rules = new TemplateRules(spec);
        rules.name();
        rules.scope();
        rules.approvers();
        rules.quorum(spec.quorum());
        rules.conditions(spec.conditions());
        rules.durations();
        return List.copyOf(rules.found);
    }

    /**
     * What is accepted but worth a second look.
     *
     * @param known every environment of the organization
     */
    public static List<Finding> warnings(TemplateSpec spec, Collection<EnvironmentFacts> known) {
        TemplateRules rules = new TemplateRules(spec);
        rules.escalationNeverFires();
        rules.requiredOutsideApprovers();
        rules.neverApplies();
        rules.unknownEnvironments(known);
        rules.selfApprovalInProduction(known);
        return List.copyOf(rules.found);
    }

    private void name() {
        String name = spec.name();
        boolean fits = !name.isEmpty() && name.codePointCount(0, name.length()) <= MAX_NAME;
        boolean seen =
                name.codePoints().anyMatch(Reason::visible) && name.codePoints().allMatch(TemplateRules::inName);
        if (!fits || !seen || name.startsWith(" ") || name.endsWith(" ")) {
            found("bad-name", "name", "a name is 1 to 120 visible characters without space around it");
        }
        if (spec.description().codePointCount(0, spec.description().length()) > MAX_DESCRIPTION) {
            found("too-long", "description", "a description has at most 4,000 characters");
        }
    }

    private static boolean inName(int codePoint) {
        return codePoint == ' '
                || Reason.visible(codePoint)
                || Character.getType(codePoint) == Character.NON_SPACING_MARK;
    }

    private void scope() {
        if (spec.scope().isEmpty()) {
            found(
                    "empty-scope",
                    "scope",
                    "scope names no level; give at least one of organization, project, cluster, environment");
        }
    }

    private void approvers() {
        if (spec.effectiveApprovers().isEmpty()) {
            found(
                    "no-approvers",
                    "approvers",
                    "nobody could approve: list users, teams or orgRoles, or name required ones in the quorum");
        }
        sizes("approvers", spec.approvers());
        Escalation escalation = spec.escalation();
        if (escalation != null) {
            if (escalation.approvers().isEmpty()) {
                found("no-approvers", "escalation.approvers", "the escalation adds nobody");
            }
            sizes("escalation.approvers", escalation.approvers());
        }
    }

    private void sizes(String field, Approvers approvers) {
        atMost(Approvers.MAX_USERS, approvers.users(), field + ".users", "people can be listed");
        atMost(Approvers.MAX_GROUPS, approvers.teams(), field + ".teams", "teams can be listed");
        atMost(Approvers.MAX_GROUPS, approvers.orgRoles(), field + ".orgRoles", "roles can be listed");
    }

    private void quorum(Quorum quorum) {
        if (quorum.minApprovals() < 1 || quorum.minApprovals() > Quorum.MAX_COUNT) {
            found("out-of-range", "quorum.minApprovals", "minApprovals is a whole number from 1 to 100");
        }
        if (quorum.minDistinctTeams() < 0 || quorum.minDistinctTeams() > Quorum.MAX_COUNT) {
            found("out-of-range", "quorum.minDistinctTeams", "minDistinctTeams is a whole number from 1 to 100");
        }
        atMost(Quorum.MAX_REQUIRED_USERS, quorum.requiredUserIds(), "quorum.requiredUserIds", "people can be required");
        atMost(Quorum.MAX_REQUIRED_GROUPS, quorum.requiredTeamIds(), "quorum.requiredTeamIds", "teams can be required");
        atMost(
                Quorum.MAX_REQUIRED_GROUPS,
                quorum.requiredOrgRoles(),
                "quorum.requiredOrgRoles",
                "roles can be required");
    }

    private void conditions(Conditions conditions) {
        if (conditions.window() != null) {
            window("conditions", conditions.window());
        }
        atMost(Conditions.MAX_SCHEDULES, conditions.schedules(), "conditions.schedules", "schedules can be given");
        for (int i = 0; i < conditions.schedules().size(); i++) {
            window("conditions.schedules[" + i + "]", conditions.schedules().get(i));
        }
        if (conditions.timezone() != null && !named(conditions.timezone())) {
            found(
                    "unknown-zone",
                    "conditions.timezone",
                    "timezone is an IANA id such as `Europe/Istanbul`, not a fixed offset");
        }
        atMost(
                Conditions.MAX_ENVIRONMENTS,
                conditions.environments(),
                "conditions.environments",
                "environments can be named");
        String pattern = conditions.environmentPattern();
        if (pattern != null && (pattern.isBlank() || pattern.length() > MAX_NAME)) {
            found("bad-pattern", "conditions.environmentPattern", "a name pattern has 1 to 120 characters");
        }
    }

    /** A zone of the IANA list that is a place or UTC: an offset, even one with a name there, knows no clock change. */
    private static boolean named(ZoneId zone) {
        return !(zone instanceof ZoneOffset)
                && ZoneId.getAvailableZoneIds().contains(zone.getId())
                && (!zone.getRules().isFixedOffset()
                        || zone.getRules().getOffset(Instant.EPOCH).equals(ZoneOffset.UTC));
    }

    private void window(String field, Window window) {
        if (window.startHour() < 0 || window.startHour() > 23) {
            found("out-of-range", field + ".startHour", "startHour is a whole number from 0 to 23");
        }
        if (window.endHour() < 0 || window.endHour() > 24) {
            found("out-of-range", field + ".endHour", "endHour is a whole number from 0 to 24");
        }
    }

    private void durations() {
        range("expiresAfter", spec.expiresAfter(), TemplateSpec.MIN_EXPIRY, TemplateSpec.MAX_EXPIRY);
        range("grantValidFor", spec.grantValidFor(), TemplateSpec.MIN_GRANT, TemplateSpec.MAX_GRANT);
        if (spec.escalation() != null) {
            range("escalation.after", spec.escalation().after(), TemplateSpec.MIN_ESCALATION, TemplateSpec.MAX_EXPIRY);
        }
    }

    private void range(String field, Duration value, Duration low, Duration high) {
        if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
            found("out-of-range", field, field + " is between " + low + " and " + high);
        }
    }

    private void escalationNeverFires() {
        if (spec.escalation() != null && spec.escalation().after().compareTo(spec.expiresAfter()) >= 0) {
            found(
                    "escalation-never-fires",
                    "escalation.after",
                    "the escalation comes after the request has expired and can never fire");
        }
    }

    private void requiredOutsideApprovers() {
        boolean listsAll = spec.approvers().users().containsAll(spec.quorum().requiredUserIds())
                && spec.approvers().teams().containsAll(spec.quorum().requiredTeamIds())
                && spec.approvers().orgRoles().containsAll(spec.quorum().requiredOrgRoles());
        if (!spec.approvers().isEmpty() && !listsAll) {
            found(
                    "required-outside-approvers",
                    "quorum",
                    "the quorum requires people, teams or roles that are not listed as approvers; they may approve all"
                            + " the same");
        }
    }

    private void neverApplies() {
        for (DayOfWeek day : DayOfWeek.values()) {
            for (int hour = 0; hour < 24; hour++) {
                if (spec.conditions().matchesHour(day, hour)) {
                    return;
                }
            }
        }
        found("never-applies", "conditions", "no hour of the week satisfies all time conditions");
    }

    private void unknownEnvironments(Collection<EnvironmentFacts> known) {
        for (String wanted : spec.conditions().environments().stream().sorted().toList()) {
            if (known.stream()
                    .noneMatch(
                            place -> place.name().equals(wanted) || place.id().equals(wanted))) {
                found(
                        "unknown-environment-name",
                        "conditions.environments",
                        "no environment is called `" + wanted + "` at present");
            }
        }
    }

    private void selfApprovalInProduction(Collection<EnvironmentFacts> known) {
        boolean reachesProduction = known.stream()
                .filter(place -> place.tier() == Tier.PRODUCTION)
                .anyMatch(place -> spec.conditions().matchesPlace(List.of(place)));
        if (spec.requesterCanApprove() && reachesProduction) {
            found(
                    "self-approval-in-production",
                    "requesterCanApprove",
                    "whoever asks may approve his own request, and the conditions let this reach production");
        }
    }

    private void atMost(int limit, Collection<?> given, String field, String what) {
        if (given.size() > limit) {
            found("too-many", field, "at most " + limit + " " + what);
        }
    }

    private void found(String code, String field, String sentence) {
        found.add(new Finding(code, field, sentence));
    }
}
