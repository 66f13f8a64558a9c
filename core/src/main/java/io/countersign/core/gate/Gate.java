package io.countersign.core.gate;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Resolution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges an ask by the rules in force; deny goes before hold, hold before permit. */
public final class Gate {

    private static final String ANY_REASON = "any";

    private Gate() {}

    /** The answer of the rules; {@code reason} is the asker's, already trimmed, or none. */
    public static Decision judge(
            ActionType action, Resource resource, Place place, Resolution resolution, @Nullable String reason) {
        List<Violation> violations = violations(action, resource, place);
        if (reason == null) {
            resolution.demandingReason().forEach(rule -> violations.add(reasonRequired(rule)));
        }
        List<Requirement> requirements = resolution.requirements();
        if (action.emergency()) {
            addEmergency(violations, action, requirements, reason);
        }
        if (!violations.isEmpty()) {
            return new Decision.Deny(violations);
        }
        return requirements.isEmpty() ? new Decision.Permit() : new Decision.Hold(requirements);
    }

    /**
     * The answer of the rules to what is about to be done. A reason is a condition of an ask, and none is opened here: what
     * would need one is held, because every rule that demands a reason demands an approval.
     */
    public static Decision judgeRedemption(ActionType action, Resource resource, Place place, Resolution resolution) {
        return judge(action, resource, place, resolution, ANY_REASON);
    }

    /** Nobody goes the emergency way without saying why, nor where no rule says who answers for it. */
    private static void addEmergency(
            List<Violation> violations, ActionType action, List<Requirement> requirements, @Nullable String reason) {
        if (reason == null) {
            violations.add(new Violation(
                    "reason-required",
                    null,
                    null,
                    "reason",
                    "`" + action.id() + "` is an emergency action and demands a reason",
                    "ask again and say what the emergency is"));
        }
        if (requirements.isEmpty()) {
            violations.add(new Violation(
                    "emergency-without-policy",
                    null,
                    null,
                    "action",
                    "no policy applies to the emergency action `" + action.id() + "` here and now",
                    "have a policy bound to it that says who approves in an emergency"));
        }
    }

    /** What stands against the action at this place whatever people approve; also asked when a grant is redeemed. */
    public static List<Violation> violations(ActionType action, Resource resource, Place place) {
        List<Violation> violations = new ArrayList<>();
        boolean nowhere = action.level() == ResourceLevel.ENVIRONMENT
                && place.environments().isEmpty();
        if (!action.isPerformedOn(resource.level()) || nowhere) {
            violations.add(wrongLevel(action));
        }
        if (action.deploying()) {
            for (EnvironmentFacts environment : place.environments()) {
                if (environment.frozen()) {
                    violations.add(frozen(environment));
                }
            }
        }
        return violations;
    }

    private static Violation wrongLevel(ActionType action) {
        return switch (action.level()) {
            case ENVIRONMENT ->
                ofResource(
                        "environment-required",
                        "`" + action.id() + "` needs an environment to go to",
                        "name the environment as `project/environment`");
            case CLUSTER ->
                ofResource(
                        "cluster-required",
                        "`" + action.id() + "` is performed on a cluster",
                        "name the cluster as the resource");
            case PROJECT ->
                ofResource(
                        "project-required",
                        "`" + action.id() + "` is performed on a project",
                        "name the project as the resource");
            case ORGANIZATION ->
                ofResource(
                        "organization-required",
                        "`" + action.id() + "` is performed on the organization",
                        "name the organization as the resource");
        };
    }

    private static Violation frozen(EnvironmentFacts environment) {
        return ofResource(
                "environment-frozen",
                "the environment `" + environment.name() + "` is frozen",
                "wait until it is unfrozen, or ask for `environment.unfreeze`");
    }

    private static Violation ofResource(String code, String message, String remedy) {
        return new Violation(code, null, null, "resource", message, remedy);
    }

    private static Violation reasonRequired(BoundTemplate rule) {
        return new Violation(
                "reason-required",
                rule.template().id(),
                rule.template().version(),
                "reason",
                "the policy `" + rule.template().spec().name() + "` demands a reason",
                "ask again and say why this is needed");
    }
}
