package io.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.core.policy.Applicability.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResolutionTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant MONDAY_TEN = Instant.parse("2026-03-02T10:00:00Z");

    private final EnvironmentFacts production = environment("env-1", "production", "payments", "cluster-1");
    private final EnvironmentFacts staging = environment("env-2", "staging", "web", "cluster-1");
    private final Place inProduction = new Place("org", "payments", "cluster-1", List.of(production));
    private final Place onCluster = new Place("org", null, "cluster-1", List.of(production, staging));
    private final Place ofProject = new Place("org", "payments", null, List.of());

    @Test
    void anOrganizationsBindingReachesEverything() {
        BoundTemplate rule = Rules.bound(ResourceLevel.ORGANIZATION, null, null);
        assertThat(verdict(rule, "release.deploy", inProduction)).isEqualTo(Verdict.APPLIES);
        assertThat(verdict(rule, "cluster.sync", onCluster)).isEqualTo(Verdict.APPLIES);
        assertThat(verdict(rule, "project.delete", ofProject)).isEqualTo(Verdict.APPLIES);
        assertThat(verdict(rule, "breakglass.initiate", new Place("org", null, null, List.of())))
                .isEqualTo(Verdict.APPLIES);
    }

    @Test
    void aProjectsBindingReachesTheProjectAndItsEnvironments() {
        BoundTemplate rule = Rules.bound(ResourceLevel.PROJECT, "payments", null);
        assertThat(verdict(rule, "project.delete", ofProject)).isEqualTo(Verdict.APPLIES);
        assertThat(verdict(rule, "release.deploy", inProduction)).isEqualTo(Verdict.APPLIES);
        assertThat(verdict(Rules.bound(ResourceLevel.PROJECT, "web", null), "release.deploy", inProduction))
                .isEqualTo(Verdict.OTHER_RESOURCE);
    }

    @Test
    void aClustersBindingReachesTheClusterAndNoOther() {
        BoundTemplate rule = Rules.bound(ResourceLevel.CLUSTER, "cluster-1", null);
        assertThat(verdict(rule, "cluster.sync", onCluster)).isEqualTo(Verdict.APPLIES);
        assertThat(verdict(Rules.bound(ResourceLevel.CLUSTER, "cluster-2", null), "cluster.sync", onCluster))
                .isEqualTo(Verdict.OTHER_RESOURCE);
        assertThat(verdict(rule, "project.delete", ofProject)).isEqualTo(Verdict.OTHER_RESOURCE);
    }

    @Test
    void anEnvironmentsBindingNamesOneOrAllOfAName() {
        assertThat(verdict(Rules.bound(ResourceLevel.ENVIRONMENT, "env-1", null), "release.deploy", inProduction))
                .isEqualTo(Verdict.APPLIES);
        assertThat(verdict(Rules.bound(ResourceLevel.ENVIRONMENT, "env-2", null), "release.deploy", inProduction))
                .isEqualTo(Verdict.OTHER_RESOURCE);
        BoundTemplate byName = Rules.bound(ResourceLevel.ENVIRONMENT, null, "production");
        assertThat(verdict(byName, "release.deploy", inProduction)).isEqualTo(Verdict.APPLIES);
        Place elsewhere = new Place("org", "web", null, List.of(environment("env-9", "production", "web", null)));
        assertThat(verdict(byName, "release.deploy", elsewhere)).isEqualTo(Verdict.APPLIES);
        assertThat(verdict(Rules.bound(ResourceLevel.ENVIRONMENT, null, "prod"), "release.deploy", inProduction))
                .isEqualTo(Verdict.OTHER_RESOURCE);
        assertThat(verdict(byName, "project.delete", ofProject)).isEqualTo(Verdict.OTHER_RESOURCE);
    }

    @Test
    void aClusterActionInheritsTheEnvironmentsOfTheClusterAndTheirProjects() {
        assertThat(verdict(Rules.bound(ResourceLevel.ENVIRONMENT, "env-2", null), "cluster.sync", onCluster))
                .isEqualTo(Verdict.APPLIES);
        assertThat(verdict(Rules.bound(ResourceLevel.ENVIRONMENT, null, "production"), "cluster.sync", onCluster))
                .isEqualTo(Verdict.APPLIES);
        assertThat(verdict(Rules.bound(ResourceLevel.PROJECT, "web", null), "cluster.sync", onCluster))
                .isEqualTo(Verdict.APPLIES);
        assertThat(verdict(Rules.bound(ResourceLevel.PROJECT, "billing", null), "cluster.sync", onCluster))
                .isEqualTo(Verdict.OTHER_RESOURCE);
        Conditions onlyProduction = new Conditions(Set.of("production"), null, null, List.of(), null, false);
        assertThat(verdict(
                        Rules.bound(onlyProduction, ResourceLevel.CLUSTER, "cluster-1", null),
                        "cluster.sync",
                        onCluster))
                .isEqualTo(Verdict.APPLIES);
        assertThat(verdict(
                        Rules.bound(onlyProduction, ResourceLevel.ORGANIZATION, null, null),
                        "project.delete",
                        ofProject))
                .isEqualTo(Verdict.OTHER_ENVIRONMENT);
    }

    @Test
    void aListOfActionsNarrowsABinding() {
        BoundTemplate rule = Rules.bound(ResourceLevel.ORGANIZATION, null, null, "rollback.execute");
        assertThat(verdict(rule, "rollback.execute", inProduction)).isEqualTo(Verdict.APPLIES);
        assertThat(verdict(rule, "release.deploy", inProduction)).isEqualTo(Verdict.OTHER_ACTION);
    }

    @Test
    void aSwitchableActionIsGatedOnlyByABindingThatNamesIt() {
        Place organization = new Place("org", null, null, List.of());
        assertThat(verdict(Rules.bound(ResourceLevel.ORGANIZATION, null, null), "policy.change", organization))
                .isEqualTo(Verdict.OTHER_ACTION);
        assertThat(verdict(
                        Rules.bound(ResourceLevel.ORGANIZATION, null, null, "policy.change"),
                        "policy.change",
                        organization))
                .isEqualTo(Verdict.APPLIES);
    }

    @Test
    void aClosedTimeWindowKeepsARuleFromApplying() {
        BoundTemplate evening = Rules.bound(hours(18, 22), ResourceLevel.ORGANIZATION, null, null);
        assertThat(verdict(evening, "release.deploy", inProduction)).isEqualTo(Verdict.OTHER_TIME);
        assertThat(resolution(MONDAY_TEN.plusSeconds(8 * 3600), evening).rules())
                .first()
                .extracting(Applicability::verdict)
                .isEqualTo(Verdict.APPLIES);
    }

    @Test
    void everyRuleThatAppliesMakesARequirementOfItsOwn() {
        BoundTemplate first = rule("binding-a", ResourceLevel.ORGANIZATION, null);
        BoundTemplate second = rule("binding-b", ResourceLevel.PROJECT, "payments");
        BoundTemplate third = rule("binding-c", ResourceLevel.PROJECT, "web");
        Resolution resolution = resolution(MONDAY_TEN, first, second, third);
        assertThat(resolution.requirements())
                .extracting(Requirement::id)
                .containsExactly("binding-a/template-1@3", "binding-b/template-1@3");
        assertThat(resolution.rules()).extracting(Applicability::rule).containsExactly(first, second, third);
    }

    @Test
    void aRequirementSaysWhatItsTemplateSays() {
        BoundTemplate rule = rule("binding-a", ResourceLevel.ORGANIZATION, null);
        TemplateSpec spec = rule.template().spec();
        Requirement requirement = rule.requirement();
        assertThat(requirement.source())
                .isEqualTo(new RequirementSource(RequirementSource.Kind.TEMPLATE, "template-1", 3, "binding-a"));
        assertThat(requirement.name()).isEqualTo(spec.name());
        assertThat(requirement.description()).isEqualTo(spec.description());
        assertThat(requirement.approvers()).isEqualTo(spec.approvers());
        assertThat(requirement.quorum()).isEqualTo(spec.quorum());
        assertThat(requirement.expiresAfter()).isEqualTo(spec.expiresAfter());
        assertThat(requirement.grantValidFor()).isEqualTo(spec.grantValidFor());
        assertThat(requirement.voteReasonRequired()).isEqualTo(spec.voteReasonRequired());
        assertThat(requirement.requesterCanApprove()).isFalse();
        assertThat(requirement.escalation()).isNull();
    }

    @Test
    void everyVerdictHasItsSentence() {
        assertThat(sentence(Rules.bound(ResourceLevel.PROJECT, "payments", null)))
                .isEqualTo("bound to this project, all conditions match");
        assertThat(sentence(Rules.bound(ResourceLevel.ORGANIZATION, null, null)))
                .isEqualTo("bound to this organization, all conditions match");
        assertThat(sentence(Rules.bound(ResourceLevel.CLUSTER, "other", null)))
                .isEqualTo("it is bound to another cluster");
        assertThat(sentence(Rules.bound(ResourceLevel.ENVIRONMENT, "other", null)))
                .isEqualTo("it is bound to another environment");
        assertThat(sentence(Rules.bound(ResourceLevel.ORGANIZATION, null, null, "cluster.sync")))
                .isEqualTo("it is narrowed to other actions than `release.deploy`");
        assertThat(sentence(Rules.bound(hours(18, 22), ResourceLevel.ORGANIZATION, null, null)))
                .isEqualTo("its time window is closed at this moment");
        assertThat(sentence(Rules.bound(
                        new Conditions(Set.of("qa"), null, null, List.of(), null, false),
                        ResourceLevel.ORGANIZATION,
                        null,
                        null)))
                .isEqualTo("its environment condition names others");
        Applicability switchable = Resolution.of(
                        List.of(Rules.bound(ResourceLevel.ORGANIZATION, null, null)),
                        action("role.change"),
                        ofProject,
                        MONDAY_TEN,
                        UTC)
                .rules()
                .getFirst();
        assertThat(switchable.sentence()).isEqualTo("it does not reach `role.change` unless it names it");
    }

    @Test
    void namesTheRulesThatDemandAReason() {
        Conditions withReason = new Conditions(Set.of(), null, null, List.of(), null, true);
        BoundTemplate demanding = Rules.bound(withReason, ResourceLevel.ORGANIZATION, null, null);
        BoundTemplate elsewhere = Rules.bound(withReason, ResourceLevel.PROJECT, "web", null);
        BoundTemplate silent = Rules.bound(ResourceLevel.ORGANIZATION, null, null);
        assertThat(resolution(MONDAY_TEN, silent, elsewhere, demanding).demandingReason())
                .containsExactly(demanding);
    }

    @Test
    void theNextRuleToApplyIsTheFirstWhoseWindowOpens() {
        BoundTemplate evening = Rules.bound(hours(18, 22), ResourceLevel.ORGANIZATION, null, null);
        BoundTemplate noon = rule("binding-noon", hours(12, 13));
        Instant twelve = Instant.parse("2026-03-02T12:00:00Z");
        Instant eighteen = Instant.parse("2026-03-02T18:00:00Z");
        Resolution resolution = resolution(MONDAY_TEN, evening, noon);
        assertThat(resolution.nextToApply(MONDAY_TEN, List.of(UTC), Set.of())).contains(twelve);
        assertThat(resolution.nextToApply(
                        MONDAY_TEN, List.of(UTC), Set.of(noon.requirement().id())))
                .contains(eighteen);
        assertThat(resolution(MONDAY_TEN, Rules.bound(ResourceLevel.ORGANIZATION, null, null))
                        .nextToApply(MONDAY_TEN, List.of(UTC), Set.of()))
                .isEqualTo(Optional.empty());
        BoundTemplate morning = rule("binding-morning", hours(9, 11));
        assertThat(resolution(MONDAY_TEN, morning).nextToApply(MONDAY_TEN, List.of(UTC), Set.of()))
                .isEmpty();
    }

    @Test
    void aRuleAppliesWhenItDoesInAnyZoneInDoubtAndTheNextOneWhenItsFirstClockSaysSo() {
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        BoundTemplate evening = Rules.bound(hours(18, 22), ResourceLevel.ORGANIZATION, null, null);
        assertThat(inZones(evening, tokyo).requirements()).hasSize(1);
        assertThat(inZones(evening, UTC, tokyo).requirements()).hasSize(1);
        assertThat(inZones(evening, UTC).requirements()).isEmpty();
        BoundTemplate night = Rules.bound(hours(21, 22), ResourceLevel.ORGANIZATION, null, null);
        assertThat(inZones(night, UTC, tokyo).nextToApply(MONDAY_TEN, List.of(UTC, tokyo), Set.of()))
                .contains(Instant.parse("2026-03-02T12:00:00Z"));
    }

    private Resolution inZones(BoundTemplate rule, ZoneId... zones) {
        return Resolution.of(List.of(rule), action("release.deploy"), inProduction, MONDAY_TEN, List.of(zones));
    }

    private static Conditions hours(int start, int end) {
        return new Conditions(Set.of(), null, new Window(Set.of(), start, end), List.of(), null, false);
    }

    private static BoundTemplate rule(String bindingId, ResourceLevel level, @Nullable String target) {
        BoundTemplate like = Rules.bound(level, target, null);
        return new BoundTemplate(new Binding(bindingId, "template-1", level, target, null, Set.of()), like.template());
    }

    private static BoundTemplate rule(String bindingId, Conditions conditions) {
        return new BoundTemplate(
                new Binding(bindingId, "template-1", ResourceLevel.ORGANIZATION, null, null, Set.of()),
                new Template("template-1", 1, Rules.spec(conditions)));
    }

    private Resolution resolution(Instant at, BoundTemplate... rules) {
        return Resolution.of(List.of(rules), action("release.deploy"), inProduction, at, UTC);
    }

    private String sentence(BoundTemplate rule) {
        return resolution(MONDAY_TEN, rule).rules().getFirst().sentence();
    }

    private static Verdict verdict(BoundTemplate rule, String action, Place place) {
        Applicability judged = Resolution.of(List.of(rule), action(action), place, MONDAY_TEN, UTC)
                .rules()
                .getFirst();
        assertThat(judged.applies()).isEqualTo(judged.verdict() == Verdict.APPLIES);
        return judged.verdict();
    }

    private static ActionType action(String id) {
        return ActionCatalogue.standard().find(id).orElseThrow();
    }

    private static EnvironmentFacts environment(String id, String name, String project, @Nullable String cluster) {
        return new EnvironmentFacts(id, name, project, Tier.PRODUCTION, cluster, false);
    }
}
