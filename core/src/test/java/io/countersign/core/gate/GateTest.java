package io.countersign.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Risk;
import io.countersign.core.action.Tier;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Resolution;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.core.policy.VoteReason;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {

    private final EnvironmentFacts production = environment("production", false);
    private final Place inProduction = new Place("org", "payments", "cluster-1", List.of(production));

    @Test
    void whatNoRuleReachesIsPermitted() {
        assertThat(judge("release.deploy", inProduction, null)).isEqualTo(new Decision.Permit());
    }

    @Test
    void whatRulesReachIsHeldByAllOfThem() {
        Decision decision = judge("release.deploy", inProduction, null, rule("a", false), rule("b", false));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.requirements())
                                .extracting(Requirement::name)
                                .containsExactly("a", "b"));
    }

    @Test
    void aMissingReasonIsRefusedInTheNameOfEveryRuleThatDemandsOne() {
        Decision decision =
                judge("release.deploy", inProduction, null, rule("a", true), rule("b", false), rule("c", true));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        deny -> assertThat(deny.violations())
                                .containsExactly(
                                        new Violation(
                                                "reason-required",
                                                "template-a",
                                                2,
                                                "reason",
                                                "the policy `a` demands a reason",
                                                "ask again and say why this is needed"),
                                        new Violation(
                                                "reason-required",
                                                "template-c",
                                                2,
                                                "reason",
                                                "the policy `c` demands a reason",
                                                "ask again and say why this is needed")));
        assertThat(judge("release.deploy", inProduction, "because", rule("a", true)))
                .isInstanceOf(Decision.Hold.class);
    }

    @Test
    void whatIsAboutToBeDoneIsJudgedAsIfItHadBeenExplained() {
        assertThat(redeem(action("release.deploy"), inProduction, rule("a", true)))
                .isEqualTo(judge("release.deploy", inProduction, "because", rule("a", true)))
                .isInstanceOf(Decision.Hold.class);
        assertThat(redeem(action("release.deploy"), inProduction)).isInstanceOf(Decision.Permit.class);
        Place frozen = new Place("org", "payments", "cluster-1", List.of(environment("staging", true)));
        assertThat(codes(redeem(action("release.deploy"), frozen, rule("a", true))))
                .containsExactly("environment-frozen");
        assertThat(codes(redeem(restore(true), inProduction))).containsExactly("emergency-without-policy");
        assertThat(redeem(restore(true), inProduction, rule("short", false))).isInstanceOf(Decision.Hold.class);
    }

    @Test
    void aFrozenEnvironmentDeniesEveryDeployingActionWhateverRulesSay() {
        Place frozen = new Place("org", "payments", "cluster-1", List.of(production, environment("staging", true)));
        for (ActionType action : ActionCatalogue.standard().all()) {
            List<Violation> violations = Gate.violations(action, on(action.level()), frozen);
            if (action.deploying()) {
                assertThat(violations).as(action.id()).singleElement().satisfies(violation -> {
                    assertThat(violation.code()).isEqualTo("environment-frozen");
                    assertThat(violation.message()).isEqualTo("the environment `staging` is frozen");
                });
            } else {
                assertThat(violations).as(action.id()).isEmpty();
            }
        }
        assertThat(judge("release.deploy", frozen, "because", rule("a", false))).isInstanceOf(Decision.Deny.class);
        assertThat(judge("release.deploy", frozen, "because")).isInstanceOf(Decision.Deny.class);
        assertThat(judge("environment.freeze", frozen, "because")).isInstanceOf(Decision.Permit.class);
    }

    @Test
    void everyFrozenEnvironmentOfAClusterIsNamed() {
        Place frozen = new Place("org", null, "cluster-1", List.of(environment("one", true), environment("two", true)));
        assertThat(Gate.violations(action("cluster.sync"), on(ResourceLevel.CLUSTER), frozen))
                .extracting(Violation::message)
                .containsExactly("the environment `one` is frozen", "the environment `two` is frozen");
        assertThat(Gate.violations(action("cluster.restart"), on(ResourceLevel.CLUSTER), frozen))
                .isEmpty();
    }

    @Test
    void anActionOnAnotherKindOfResourceThanItsOwnIsRefused() {
        for (ActionType action : ActionCatalogue.standard().all()) {
            for (ResourceLevel level : ResourceLevel.values()) {
                List<String> codes = Gate.violations(action, on(level), inProduction).stream()
                        .map(Violation::code)
                        .toList();
                boolean itsOwn = level == action.level()
                        || (action.id().equals("token.issue") && level == ResourceLevel.ORGANIZATION);
                if (itsOwn) {
                    assertThat(codes).isEmpty();
                } else {
                    String word = action.level().name().toLowerCase(java.util.Locale.ROOT);
                    assertThat(codes).as(action.id()).containsExactly(word + "-required");
                }
            }
        }
    }

    @Test
    void deployingNowhereIsRefused() {
        Place nowhere = new Place("org", "payments", null, List.of());
        assertThat(Gate.violations(action("release.deploy"), on(ResourceLevel.ENVIRONMENT), nowhere))
                .extracting(Violation::code)
                .containsExactly("environment-required");
        assertThat(Gate.violations(action("cluster.sync"), on(ResourceLevel.CLUSTER), nowhere))
                .isEmpty();
    }

    @Test
    void allViolationsAreToldTogether() {
        Place frozen = new Place("org", "payments", null, List.of(environment("production", true)));
        assertThat(judge("release.deploy", frozen, null, rule("a", true)))
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        deny -> assertThat(deny.violations())
                                .extracting(Violation::code)
                                .containsExactly("environment-frozen", "reason-required"));
    }

    @Test
    void anEmergencyActionIsHeldByTheRulesBoundToIt() {
        assertThat(judge(restore(true), "customers cannot pay", rule("short", false)))
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.requirements())
                                .extracting(Requirement::name)
                                .containsExactly("short"));
    }

    @Test
    void anEmergencyActionDemandsAReasonWhateverTheRulesDemand() {
        assertThat(codes(judge(restore(true), null, rule("short", false)))).containsExactly("reason-required");
        assertThat(codes(judge(restore(true), null, rule("short", true))))
                .containsExactly("reason-required", "reason-required");
        assertThat(judge(restore(false), null, rule("short", false))).isInstanceOf(Decision.Hold.class);
    }

    @Test
    void anEmergencyActionThatNoRuleReachesIsRefused() {
        assertThat(codes(judge(restore(true), "customers cannot pay"))).containsExactly("emergency-without-policy");
        assertThat(codes(judge(restore(true), null))).containsExactly("reason-required", "emergency-without-policy");
        assertThat(judge(restore(false), null)).isEqualTo(new Decision.Permit());
    }

    private Decision judge(ActionType type, @Nullable String reason, BoundTemplate... rules) {
        return judge(type, inProduction, reason, rules);
    }

    private static ActionType restore(boolean emergency) {
        return ActionType.own("service.restore", "Restore", "", Risk.HIGH, ResourceLevel.ENVIRONMENT, true, emergency);
    }

    private static List<String> codes(Decision decision) {
        return decision instanceof Decision.Deny deny
                ? deny.violations().stream().map(Violation::code).toList()
                : List.of();
    }

    private static Decision judge(String action, Place place, @Nullable String reason, BoundTemplate... rules) {
        return judge(action(action), place, reason, rules);
    }

    private static Decision judge(ActionType type, Place place, @Nullable String reason, BoundTemplate... rules) {
        return Gate.judge(type, on(type.level()), place, resolution(type, place, rules), reason);
    }

    private static Decision redeem(ActionType type, Place place, BoundTemplate... rules) {
        return Gate.judgeRedemption(type, on(type.level()), place, resolution(type, place, rules));
    }

    private static Resolution resolution(ActionType type, Place place, BoundTemplate... rules) {
        return Resolution.of(List.of(rules), type, place, Instant.parse("2026-03-02T10:00:00Z"), ZoneId.of("UTC"));
    }

    private static Resource on(ResourceLevel level) {
        return Resource.of(level, "some-id");
    }

    private static ActionType action(String id) {
        return ActionCatalogue.standard().find(id).orElseThrow();
    }

    private static EnvironmentFacts environment(String name, boolean frozen) {
        return new EnvironmentFacts("env-" + name, name, "payments", Tier.PRODUCTION, "cluster-1", frozen);
    }

    private static BoundTemplate rule(String name, boolean requireReason) {
        TemplateSpec spec = new TemplateSpec(
                name,
                "",
                Set.of(ResourceLevel.ORGANIZATION),
                new Approvers(Set.of("ann"), Set.of(), Set.of()),
                Quorum.of(1),
                new Conditions(Set.of(), null, null, List.of(), null, requireReason),
                false,
                VoteReason.NEVER,
                TemplateSpec.DEFAULT_EXPIRY,
                TemplateSpec.DEFAULT_GRANT,
                null);
        return new BoundTemplate(
                new Binding("binding-" + name, "template-" + name, ResourceLevel.ORGANIZATION, null, null, Set.of()),
                new Template("template-" + name, 2, spec));
    }
}
