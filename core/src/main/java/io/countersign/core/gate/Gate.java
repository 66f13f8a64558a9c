package io.countersign.core.gate;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges an ask by the rules in force; deny goes before hold, hold before permit. */
public final class Gate {

    private Gate() {}

    /** The answer of the rules; {@code reason} is the asker's, already trimmed, or none. */
    public static Decision judge(ActionType action, Place place, Resolution resolution, @Nullable String reason) {
        List<Violation> violations = new ArrayList<>(violations(action, place));
        Optional<BoundTemplate> demanding = reason == null ? resolution.demandsReason() : Optional.empty();
        demanding.ifPresent(rule -> violations.add(new Violation(
                "reason-required",
                rule.template().id(),
                rule.template().version(),
                "reason",
                "the policy `" + rule.template().spec().name() + "` demands a reason",
                "ask again and say why this is needed")));
        if (!violations.isEmpty()) {
            return new Decision.Deny(violations);
        }
        List<Requirement> requirements = resolution.requirements();
        return requirements.isEmpty() ? new Decision.Permit() : new Decision.Hold(requirements);
    }

    /** What stands against the action at this place whatever people approve; also asked when a grant is redeemed. */
    public static List<Violation> violations(ActionType action, Place place) {
        List<Violation> violations = new ArrayList<>();
        if (action.deploying()) {
            if (action.level() == ResourceLevel.ENVIRONMENT
                    && place.environments().isEmpty()) {
                violations.add(new Violation(
                        "environment-required",
                        null,
                        null,
                        "resource",
                        "`" + action.id() + "` needs an environment to go to",
                        "name the environment as `project/environment`"));
            }
            place.environments().stream()
                    .filter(EnvironmentFacts::frozen)
                    .forEach(frozen -> violations.add(new Violation(
                            "environment-frozen",
                            null,
                            null,
                            "resource",
                            "the environment `" + frozen.name() + "` is frozen",
                            "wait until it is unfrozen, or ask for `environment.unfreeze`")));
        }
        return violations;
    }
}
