package io.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemplateRulesTest {

    private final EnvironmentFacts production =
            new EnvironmentFacts("env-1", "production", "payments", Tier.PRODUCTION, null, false);
    private final EnvironmentFacts staging =
            new EnvironmentFacts("env-2", "staging", "payments", Tier.STAGING, null, false);

    @Test
    void anOrdinaryTemplateIsAccepted() {
        assertThat(TemplateRules.problems(Rules.spec())).isEmpty();
        assertThat(TemplateRules.warnings(Rules.spec(), List.of(production))).isEmpty();
    }

    @Test
    void aNameHasOneTo120VisibleCharacters() {
        assertThat(fields(new Change().name("x"))).isEmpty();
        assertThat(fields(new Change().name("🚑".repeat(120)))).isEmpty();
        assertThat(fields(new Change().name("Café e\u0301 noch mal"))).isEmpty();
        for (String bad : List.of(
                "",
                " ",
                "x".repeat(121),
                " x",
                "x ",
                "a\tb",
                "a\nb",
                "a\u200bb",
                "a\u202eb",
                "\u3164",
                "\u0301",
                "a\u00a0b")) {
            assertThat(fields(new Change().name(bad))).as(bad).containsExactly("name");
        }
    }

    @Test
    void aDescriptionHasABound() {
        assertThat(fields(new Change().description("d".repeat(4_000)))).isEmpty();
        assertThat(fields(new Change().description("d".repeat(4_001)))).containsExactly("description");
    }

    @Test
    void aScopeNamesAtLeastOneLevel() {
        assertThat(fields(new Change().scope(Set.of()))).containsExactly("scope");
        assertThat(fields(new Change().scope(Set.of(ResourceLevel.CLUSTER)))).isEmpty();
    }

    @Test
    void somebodyMustBeAbleToApprove() {
        assertThat(fields(new Change().approvers(Approvers.nobody()))).containsExactly("approvers");
        Quorum named = new Quorum(1, 0, Set.of(), Set.of("sec"), Set.of());
        assertThat(fields(new Change().approvers(Approvers.nobody()).quorum(named)))
                .isEmpty();
    }

    @Test
    void whereNobodyIsListedThoseTheQuorumNamesAreTheApprovers() {
        Quorum named = new Quorum(1, 0, Set.of("ann"), Set.of("sec"), Set.of("lead"));
        TemplateSpec spec =
                new Change().approvers(Approvers.nobody()).quorum(named).spec();
        assertThat(spec.effectiveApprovers()).isEqualTo(new Approvers(Set.of("ann"), Set.of("sec"), Set.of("lead")));
        assertThat(new Change().quorum(named).spec().effectiveApprovers().teams())
                .containsExactly("sre");
    }

    @Test
    void listsOfApproversHaveBounds() {
        assertThat(fields(new Change().approvers(new Approvers(ids(1_000), ids(100), ids(100)))))
                .isEmpty();
        assertThat(fields(new Change().approvers(new Approvers(ids(1_001), ids(101), ids(101)))))
                .containsExactly("approvers.users", "approvers.teams", "approvers.orgRoles");
        assertThat(fields(new Change().escalation(new Approvers(ids(1_001), Set.of(), Set.of()), Duration.ofHours(1))))
                .containsExactly("escalation.approvers.users");
    }

    @Test
    void countsAreWholeNumbersFromOneToAHundred() {
        assertThat(fields(new Change().quorum(Quorum.of(1)))).isEmpty();
        assertThat(fields(new Change().quorum(Quorum.of(100)))).isEmpty();
        assertThat(fields(new Change().quorum(Quorum.of(0)))).containsExactly("quorum.minApprovals");
        assertThat(fields(new Change().quorum(Quorum.of(101)))).containsExactly("quorum.minApprovals");
        assertThat(fields(new Change().quorum(distinct(0)))).isEmpty();
        assertThat(fields(new Change().quorum(distinct(100)))).isEmpty();
        assertThat(fields(new Change().quorum(distinct(-1)))).containsExactly("quorum.minDistinctTeams");
        assertThat(fields(new Change().quorum(distinct(101)))).containsExactly("quorum.minDistinctTeams");
    }

    @Test
    void requiredOnesHaveBounds() {
        assertThat(fields(new Change().quorum(new Quorum(1, 0, ids(50), ids(10), ids(10)))))
                .isEmpty();
        assertThat(fields(new Change().quorum(new Quorum(1, 0, ids(51), ids(11), ids(11)))))
                .containsExactly("quorum.requiredUserIds", "quorum.requiredTeamIds", "quorum.requiredOrgRoles");
    }

    @Test
    void hoursGoFrom0To23AndTheEndTo24() {
        assertThat(fields(window(0, 24))).isEmpty();
        assertThat(fields(window(23, 0))).isEmpty();
        assertThat(fields(window(24, 1))).containsExactly("conditions.startHour");
        assertThat(fields(window(-1, 25))).containsExactly("conditions.startHour", "conditions.endHour");
        assertThat(fields(window(1, -1))).containsExactly("conditions.endHour");
        Conditions schedules = new Conditions(
                Set.of(), null, null, List.of(new Window(Set.of(), 1, 2), new Window(Set.of(), 24, 2)), null, false);
        assertThat(fields(new Change().conditions(schedules))).containsExactly("conditions.schedules[1].startHour");
    }

    @Test
    void aTimeZoneIsANamedPlaceOrUtcAndNoOffset() {
        for (String good : List.of("Europe/Istanbul", "UTC", "Etc/UTC", "GMT", "Asia/Dubai", "Australia/Lord_Howe")) {
            assertThat(fields(zone(ZoneId.of(good)))).as(good).isEmpty();
        }
        for (ZoneId bad : List.of(
                ZoneOffset.UTC,
                ZoneOffset.ofHours(3),
                ZoneId.of("UTC+3"),
                ZoneId.of("GMT+3"),
                ZoneId.of("Etc/GMT-3"))) {
            assertThat(fields(zone(bad))).as(bad.getId()).containsExactly("conditions.timezone");
        }
    }

    @Test
    void conditionsHaveBounds() {
        assertThat(fields(conditions(ids(100), null, 50))).isEmpty();
        assertThat(fields(conditions(ids(101), null, 51)))
                .containsExactly("conditions.schedules", "conditions.environments");
        assertThat(fields(conditions(Set.of(), "p".repeat(120), 0))).isEmpty();
        assertThat(fields(conditions(Set.of(), "p".repeat(121), 0))).containsExactly("conditions.environmentPattern");
        assertThat(fields(conditions(Set.of(), " ", 0))).containsExactly("conditions.environmentPattern");
    }

    @Test
    void durationsHaveBounds() {
        assertThat(fields(new Change().expires(Duration.ofMinutes(5)))).isEmpty();
        assertThat(fields(new Change().expires(Duration.ofDays(90)))).isEmpty();
        assertThat(fields(new Change().expires(Duration.ofSeconds(299)))).containsExactly("expiresAfter");
        assertThat(fields(new Change().expires(Duration.ofDays(90).plusNanos(1))))
                .containsExactly("expiresAfter");
        assertThat(fields(new Change().grant(Duration.ofMinutes(1)))).isEmpty();
        assertThat(fields(new Change().grant(Duration.ofHours(24)))).isEmpty();
        assertThat(fields(new Change().grant(Duration.ofSeconds(59)))).containsExactly("grantValidFor");
        assertThat(fields(new Change().grant(Duration.ofHours(25)))).containsExactly("grantValidFor");
        assertThat(fields(new Change().escalation(someone(), Duration.ofMinutes(5))))
                .isEmpty();
        assertThat(fields(new Change().escalation(someone(), Duration.ofMinutes(4))))
                .containsExactly("escalation.after");
        assertThat(fields(new Change().escalation(someone(), Duration.ofDays(91))))
                .containsExactly("escalation.after");
        assertThat(fields(new Change().escalation(Approvers.nobody(), Duration.ofHours(1))))
                .containsExactly("escalation.approvers");
    }

    @Test
    void warnsOfAnEscalationThatCanNeverFire() {
        Change change = new Change().expires(Duration.ofMinutes(30));
        assertThat(warnings(change.escalation(someone(), Duration.ofMinutes(60))))
                .containsExactly("escalation-never-fires");
        assertThat(warnings(change.escalation(someone(), Duration.ofMinutes(30))))
                .containsExactly("escalation-never-fires");
        assertThat(warnings(change.escalation(someone(), Duration.ofMinutes(29))))
                .isEmpty();
    }

    @Test
    void warnsOfRequiredOnesWhoAreNotListed() {
        assertThat(warnings(new Change().quorum(new Quorum(1, 0, Set.of(), Set.of("sre"), Set.of()))))
                .isEmpty();
        for (Quorum outside : List.of(
                new Quorum(1, 0, Set.of("ann"), Set.of(), Set.of()),
                new Quorum(1, 0, Set.of(), Set.of("sec"), Set.of()),
                new Quorum(1, 0, Set.of(), Set.of(), Set.of("lead")))) {
            assertThat(warnings(new Change().quorum(outside))).containsExactly("required-outside-approvers");
            assertThat(warnings(new Change().quorum(outside).approvers(Approvers.nobody())))
                    .isEmpty();
        }
    }

    @Test
    void warnsOfHoursThatNeverCome() {
        Conditions never = new Conditions(
                Set.of(),
                null,
                new Window(Set.of(DayOfWeek.MONDAY), 0, 24),
                List.of(new Window(Set.of(DayOfWeek.TUESDAY), 0, 24)),
                null,
                false);
        assertThat(warnings(new Change().conditions(never))).containsExactly("never-applies");
    }

    @Test
    void warnsOfEnvironmentNamesThatNobodyKnows() {
        assertThat(TemplateRules.warnings(
                        conditions(Set.of("production", "env-2", "prod", "live"), null, 0)
                                .spec(),
                        List.of(production, staging)))
                .extracting(Finding::code, Finding::field, Finding::sentence)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "unknown-environment-name",
                                "conditions.environments",
                                "no environment is called `live` at present"),
                        org.assertj.core.groups.Tuple.tuple(
                                "unknown-environment-name",
                                "conditions.environments",
                                "no environment is called `prod` at present"));
    }

    @Test
    void warnsOfSelfApprovalThatReachesProduction() {
        Change selfApproval = new Change().requesterCanApprove();
        assertThat(warnings(selfApproval)).containsExactly("self-approval-in-production");
        assertThat(TemplateRules.warnings(selfApproval.spec(), List.of(staging)))
                .isEmpty();
        Conditions onlyStaging = new Conditions(Set.of("staging"), null, null, List.of(), null, false);
        assertThat(TemplateRules.warnings(selfApproval.conditions(onlyStaging).spec(), List.of(production, staging)))
                .isEmpty();
    }

    private static Approvers someone() {
        return new Approvers(Set.of(), Set.of(), Set.of("admin"));
    }

    private static Quorum distinct(int teams) {
        return new Quorum(1, teams, Set.of(), Set.of(), Set.of());
    }

    private static Set<String> ids(int count) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            ids.add("id-" + i);
        }
        return ids;
    }

    private static Change window(int start, int end) {
        return new Change()
                .conditions(new Conditions(Set.of(), null, new Window(Set.of(), start, end), List.of(), null, false));
    }

    private static Change zone(ZoneId zone) {
        return new Change().conditions(new Conditions(Set.of(), null, null, List.of(), zone, false));
    }

    private static Change conditions(Set<String> environments, @Nullable String pattern, int schedules) {
        List<Window> entries = new ArrayList<>(Collections.nCopies(schedules, new Window(Set.of(), 1, 2)));
        return new Change().conditions(new Conditions(environments, pattern, null, entries, null, false));
    }

    private static List<String> fields(Change change) {
        return TemplateRules.problems(change.spec()).stream()
                .map(Finding::field)
                .toList();
    }

    private List<String> warnings(Change change) {
        return TemplateRules.warnings(change.spec(), List.of(production, staging)).stream()
                .map(Finding::code)
                .toList();
    }

    /** The ordinary template with something else about it. */
    private static final class Change {
        private TemplateSpec spec = Rules.spec();

        TemplateSpec spec() {
            return spec;
        }

        Change name(String name) {
            return to(name, spec.description(), spec.scope(), spec.approvers(), spec.quorum(), spec.conditions());
        }

        Change description(String description) {
            return to(spec.name(), description, spec.scope(), spec.approvers(), spec.quorum(), spec.conditions());
        }

        Change scope(Set<ResourceLevel> scope) {
            return to(spec.name(), spec.description(), scope, spec.approvers(), spec.quorum(), spec.conditions());
        }

        Change approvers(Approvers approvers) {
            return to(spec.name(), spec.description(), spec.scope(), approvers, spec.quorum(), spec.conditions());
        }

        Change quorum(Quorum quorum) {
            return to(spec.name(), spec.description(), spec.scope(), spec.approvers(), quorum, spec.conditions());
        }

        Change conditions(Conditions conditions) {
            return to(spec.name(), spec.description(), spec.scope(), spec.approvers(), spec.quorum(), conditions);
        }

        Change requesterCanApprove() {
            return to(true, spec.expiresAfter(), spec.grantValidFor(), spec.escalation());
        }

        Change expires(Duration after) {
            return to(false, after, spec.grantValidFor(), spec.escalation());
        }

        Change grant(Duration validFor) {
            return to(false, spec.expiresAfter(), validFor, spec.escalation());
        }

        Change escalation(Approvers approvers, Duration after) {
            return to(false, spec.expiresAfter(), spec.grantValidFor(), new Escalation(approvers, after));
        }

        private Change to(
                String name,
                String description,
                Set<ResourceLevel> scope,
                Approvers approvers,
                Quorum quorum,
                Conditions conditions) {
            spec = new TemplateSpec(
                    name,
                    description,
                    scope,
                    approvers,
                    quorum,
                    conditions,
                    spec.requesterCanApprove(),
                    spec.voteReasonRequired(),
                    spec.expiresAfter(),
                    spec.grantValidFor(),
                    spec.escalation());
            return this;
        }

        private Change to(
                boolean requesterCanApprove, Duration expires, Duration grant, @Nullable Escalation escalation) {
            spec = new TemplateSpec(
                    spec.name(),
                    spec.description(),
                    spec.scope(),
                    spec.approvers(),
                    spec.quorum(),
                    spec.conditions(),
                    requesterCanApprove,
                    spec.voteReasonRequired(),
                    expires,
                    grant,
                    escalation);
            return this;
        }
    }
}
