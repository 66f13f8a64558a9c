package io.countersign.core.breakglass;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import java.util.Set;

/**
 * What a session is for: these actions on these things, and nothing besides.
 *
 * @param actions ids of action types, at least one
 * @param targets at least one
 */
public record SessionScope(Set<String> actions, Set<Target> targets) {

    /** What no session is ever for: rules, roles, tokens that outlive it, and sessions themselves. */
    private static final Set<String> NEVER = Set.of(
            "breakglass.initiate",
            "environment.policy.update",
            "policy.change",
            "control.change",
            "role.change",
            "token.issue");

    /** A thing in the scope, with what is below it. */
    public record Target(ResourceLevel level, String id) {}

    public SessionScope {
        actions = Set.copyOf(actions);
        targets = Set.copyOf(targets);
        if (actions.isEmpty() || targets.isEmpty()) {
            throw new IllegalArgumentException("a scope names at least one action and one thing");
        }
    }

    /** Whether no session is ever for this action. */
    public static boolean never(String actionId) {
        return NEVER.contains(actionId);
    }

    /** Whether it reaches further than single environments and clusters, so that nobody chooses it by accident. */
    public boolean isWide() {
        return targets.stream()
                .anyMatch(target ->
                        target.level() == ResourceLevel.ORGANIZATION || target.level() == ResourceLevel.PROJECT);
    }

    /** Whether this action on this resource, which stands at this place, is in the scope. */
    public boolean covers(ActionType action, Resource resource, Place place) {
        // INVARIANT G3: rules, roles and sessions are out of every scope, whatever it says
        return !never(action.id())
                && actions.contains(action.id())
                && targets.stream().anyMatch(target -> reaches(target, resource, place));
    }

    /** A cluster is more than the environment or project a scope names; only the cluster itself reaches it. */
    private static boolean reaches(Target target, Resource resource, Place place) {
        return switch (target.level()) {
            case ORGANIZATION -> target.id().equals(place.organizationId());
            case PROJECT ->
                (resource.level() == ResourceLevel.PROJECT || resource.level() == ResourceLevel.ENVIRONMENT)
                        && target.id().equals(place.projectId());
            case CLUSTER, ENVIRONMENT ->
                resource.level() == target.level() && resource.id().equals(target.id());
        };
    }
}
