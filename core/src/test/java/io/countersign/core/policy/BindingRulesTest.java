package io.countersign.core.policy;

import static io.countersign.core.action.ResourceLevel.CLUSTER;
import static io.countersign.core.action.ResourceLevel.ENVIRONMENT;
import static io.countersign.core.action.ResourceLevel.ORGANIZATION;
import static io.countersign.core.action.ResourceLevel.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.core.policy.Applicability.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BindingRulesTest {

    private static final EnvironmentFacts PRODUCTION =
            new EnvironmentFacts("env-1", "production", "payments", Tier.PRODUCTION, "cluster-1", false);
    private static final EnvironmentFacts STAGING =
            new EnvironmentFacts("env-2", "staging", "payments", Tier.STAGING, "cluster-2", false);
    private static final EnvironmentFacts CLUSTERLESS =
            new EnvironmentFacts("env-3", "development", "web", Tier.DEVELOPMENT, null, false);
    private static final List<EnvironmentFacts> KNOWN = List.of(PRODUCTION, STAGING, CLUSTERLESS);

    @Test
    void anActionIsReachedFromItsOwnLevelAndFromThoseAbove() {
        assertThat(reached(ORGANIZATION)).containsExactlyInAnyOrder(ResourceLevel.values());
        assertThat(reached(PROJECT)).containsExactlyInAnyOrder(PROJECT, ENVIRONMENT, CLUSTER);
        assertThat(reached(ENVIRONMENT)).containsExactlyInAnyOrder(ENVIRONMENT, CLUSTER);
        assertThat(reached(CLUSTER)).containsExactlyInAnyOrder(ENVIRONMENT, CLUSTER);
    }

    @Test
    void whatIsReachableIsWhatSomePlaceCanMakeApply() {
        Place everywhere = new Place("org", "payments", "cluster-1", List.of(PRODUCTION));
        for (ActionType action : ActionCatalogue.standard().all()) {
            for (ResourceLevel level : List.of(PROJECT, ENVIRONMENT, CLUSTER)) {
                BoundTemplate bound = new BoundTemplate(
                        bound(level, target(level), null), new Template("template-1", 1, Rules.spec()));
                Place place = switch (action.level()) {
                    case ORGANIZATION -> new Place("org", null, null, List.of());
                    case PROJECT -> new Place("org", "payments", null, List.of());
                    case ENVIRONMENT, CLUSTER -> everywhere;
                };
                boolean applies = !action.switchable()
                        && Resolution.of(List.of(bound), action, place, Instant.EPOCH, ZoneOffset.UTC)
                                .rules()
                                .getFirst()
                                .verdict()
                                .equals(Verdict.APPLIES);
                assertThat(applies)
                        .as("%s bound to a %s", action.id(), level)
                        .isEqualTo(!action.switchable() && BindingRules.reachable(level, action.level()));
            }
        }
    }

    @Test
    void anOrdinaryBindingIsNotWarnedOf() {
        for (ResourceLevel level : ResourceLevel.values()) {
            assertThat(warnings(bound(level, target(level), null), Conditions.always()))
                    .as("%s", level)
                    .isEmpty();
        }
        assertThat(warnings(bound(ENVIRONMENT, null, "staging"), Conditions.always()))
                .isEmpty();
        assertThat(warnings(bound(PROJECT, "an empty project", null), Conditions.always()))
                .isEmpty();
    }

    @Test
    void warnsOfSelfApprovalExactlyWhereTheBindingReachesProduction() {
        for (Binding reaching : List.of(
                bound(ORGANIZATION, null, null),
                bound(PROJECT, "payments", null),
                bound(CLUSTER, "cluster-1", null),
                bound(ENVIRONMENT, "env-1", null),
                bound(ENVIRONMENT, null, "production"))) {
            assertThat(selfApproval(reaching, Conditions.always()))
                    .as("%s", reaching)
                    .containsExactly("self-approval-in-production");
        }
        for (Binding elsewhere : List.of(
                bound(PROJECT, "web", null),
                bound(CLUSTER, "cluster-2", null),
                bound(CLUSTER, null, null),
                bound(ENVIRONMENT, "env-2", null),
                bound(ENVIRONMENT, null, "staging"))) {
            assertThat(selfApproval(elsewhere, Conditions.always()))
                    .as("%s", elsewhere)
                    .isEmpty();
        }
        assertThat(selfApproval(bound(ORGANIZATION, null, null), only("staging")))
                .isEmpty();
    }

    @Test
    void warnsOfANameThatNoEnvironmentBears() {
        assertThat(warnings(bound(ENVIRONMENT, null, "Production"), Conditions.always()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("unknown-environment-name");
                    assertThat(finding.field()).isEqualTo("environmentName");
                    assertThat(finding.sentence())
                            .isEqualTo("no environment is called `Production` today; names are compared exactly");
                });
    }

    @Test
    void warnsOfABindingThatNoEnvironmentSatisfies() {
        assertThat(codes(bound(ENVIRONMENT, "env-9", null), Conditions.always()))
                .containsExactly("never-applies");
        assertThat(codes(bound(ENVIRONMENT, "env-1", null), only("staging"))).containsExactly("never-applies");
        assertThat(codes(bound(ENVIRONMENT, null, "production"), only("staging")))
                .containsExactly("never-applies");
        assertThat(codes(bound(PROJECT, "web", null), only("production"))).containsExactly("never-applies");
        assertThat(codes(bound(PROJECT, "payments", null), only("production"))).isEmpty();
    }

    private static List<ResourceLevel> reached(ResourceLevel bound) {
        return List.of(ResourceLevel.values()).stream()
                .filter(performed -> BindingRules.reachable(bound, performed))
                .toList();
    }

    private static List<Finding> warnings(Binding binding, Conditions conditions) {
        return BindingRules.warnings(binding, Rules.spec(conditions), KNOWN);
    }

    private static List<String> codes(Binding binding, Conditions conditions) {
        return warnings(binding, conditions).stream().map(Finding::code).toList();
    }

    private static List<String> selfApproval(Binding binding, Conditions conditions) {
        TemplateSpec plain = Rules.spec(conditions);
        TemplateSpec lenient = new TemplateSpec(
                plain.name(),
                plain.description(),
                plain.scope(),
                plain.approvers(),
                plain.quorum(),
                plain.conditions(),
                true,
                plain.voteReasonRequired(),
                plain.expiresAfter(),
                plain.grantValidFor(),
                plain.escalation());
        return BindingRules.warnings(binding, lenient, KNOWN).stream()
                .map(Finding::code)
                .toList();
    }

    private static Conditions only(String environment) {
        return new Conditions(Set.of(environment), null, null, List.of(), null, false);
    }

    private static @Nullable String target(ResourceLevel level) {
        return switch (level) {
            case ORGANIZATION -> null;
            case PROJECT -> "payments";
            case ENVIRONMENT -> "env-1";
            case CLUSTER -> "cluster-1";
        };
    }

    private static Binding bound(ResourceLevel level, @Nullable String target, @Nullable String environmentName) {
        return new Binding("binding-1", "template-1", level, target, environmentName, Set.of());
    }
}
