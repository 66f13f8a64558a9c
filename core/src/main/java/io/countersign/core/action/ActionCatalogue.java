package io.countersign.core.action;

import static io.countersign.core.action.InboxType.CLUSTER;
import static io.countersign.core.action.InboxType.OWN;
import static io.countersign.core.action.InboxType.PROJECT;
import static io.countersign.core.action.InboxType.PROMOTION;
import static io.countersign.core.action.InboxType.RELEASE;
import static io.countersign.core.action.InboxType.ROLLBACK;
import static io.countersign.core.action.InboxType.SECURITY;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every action type an organization knows: the policy guide's sixteen, our own switchable ones, and those it added. */
public final class ActionCatalogue {

    private static final ResourceLevel ENVIRONMENT_LEVEL = ResourceLevel.ENVIRONMENT;
    private static final ResourceLevel CLUSTER_LEVEL = ResourceLevel.CLUSTER;

    private static final List<ActionType> STANDARD = List.of(
            project(
                    "release.deploy",
                    "Release deploy",
                    "Deploying a release to an environment",
                    RELEASE,
                    Risk.HIGH,
                    true),
            project(
                    "promotion.execute",
                    "Promotion execute",
                    "Promoting changes between environments",
                    PROMOTION,
                    Risk.HIGH,
                    true),
            project("rollback.execute", "Rollback execute", "Rolling back a deployment", ROLLBACK, Risk.HIGH, true),
            new ActionType(
                    "project.delete",
                    "Project delete",
                    "Permanently deleting a project",
                    "project",
                    Set.of(PROJECT),
                    Risk.CRITICAL,
                    ResourceLevel.PROJECT,
                    false,
                    false),
            project(
                    "environment.freeze",
                    "Environment freeze",
                    "Freezing an environment to block changes",
                    PROJECT,
                    Risk.MEDIUM,
                    false),
            project(
                    "environment.unfreeze",
                    "Environment unfreeze",
                    "Unfreezing an environment",
                    PROJECT,
                    Risk.MEDIUM,
                    false),
            project(
                    "environment.policy.update",
                    "Environment policy update",
                    "Changing environment policies",
                    PROJECT,
                    Risk.MEDIUM,
                    false),
            cluster(
                    "cluster.sync",
                    "Cluster sync",
                    "Forcing an Argo CD sync on a cluster",
                    Set.of(CLUSTER),
                    Risk.MEDIUM,
                    true),
            cluster(
                    "cluster.rollback",
                    "Cluster rollback",
                    "Rolling back Argo CD application state",
                    Set.of(CLUSTER, ROLLBACK),
                    Risk.HIGH,
                    true),
            cluster(
                    "cluster.restart",
                    "Cluster restart",
                    "Rolling restart of deployments",
                    Set.of(CLUSTER),
                    Risk.HIGH,
                    false),
            cluster("cluster.scale", "Cluster scale", "Changing replica counts", Set.of(CLUSTER), Risk.MEDIUM, false),
            cluster(
                    "manifest.apply",
                    "Manifest apply",
                    "Applying raw manifests to a cluster",
                    Set.of(CLUSTER),
                    Risk.HIGH,
                    true),
            cluster(
                    "command.execute",
                    "Command execution",
                    "Running arbitrary commands on a cluster",
                    Set.of(CLUSTER),
                    Risk.CRITICAL,
                    false),
            cluster(
                    "resource.delete",
                    "Resource delete",
                    "Deleting resources from a cluster",
                    Set.of(CLUSTER),
                    Risk.CRITICAL,
                    false),
            new ActionType(
                    "token.issue",
                    "Token issue",
                    "Issuing cluster access tokens",
                    "cluster",
                    Set.of(CLUSTER),
                    Risk.CRITICAL,
                    CLUSTER_LEVEL,
                    false,
                    false,
                    true,
                    false),
            new ActionType(
                    "breakglass.initiate",
                    "Break-glass initiate",
                    "Starting a break-glass override session",
                    "security",
                    Set.of(SECURITY),
                    Risk.CRITICAL,
                    ResourceLevel.ORGANIZATION,
                    false,
                    false),
            switchable(
                    "policy.change",
                    "Policy change",
                    "Changing approval templates, bindings, and the settings they go by",
                    Risk.HIGH),
            switchable("control.change", "Control change", "Changing Rego controls", Risk.HIGH),
            switchable("role.change", "Role change", "Changing who holds which role", Risk.HIGH));

    private static final ActionCatalogue STANDARD_CATALOGUE = new ActionCatalogue(STANDARD);

    private final Map<String, ActionType> byId;

    private ActionCatalogue(Collection<ActionType> types) {
        Map<String, ActionType> map = new LinkedHashMap<>();
        types.forEach(type -> map.putIfAbsent(type.id(), type));
        byId = map;
    }

    /** The action types every organization has. */
    public static ActionCatalogue standard() {
        return STANDARD_CATALOGUE;
    }

    /** This catalogue with an organization's own types; an id that exists already keeps its first meaning. */
    public ActionCatalogue with(Collection<ActionType> own) {
        if (own.isEmpty()) {
            return this;
        }
        List<ActionType> all = new ArrayList<>(byId.values());
        all.addAll(own);
        return new ActionCatalogue(all);
    }

    /** The type with this id, or nothing when the organization does not know it. */
    public Optional<ActionType> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All types, in the order they are listed to people. */
    public List<ActionType> all() {
        return List.copyOf(byId.values());
    }

    private static ActionType project(
            String id, String title, String description, InboxType type, Risk risk, boolean deploying) {
        return new ActionType(
                id, title, description, "project", Set.of(type), risk, ENVIRONMENT_LEVEL, deploying, false);
    }

    private static ActionType cluster(
            String id, String title, String description, Set<InboxType> types, Risk risk, boolean deploying) {
        return new ActionType(id, title, description, "cluster", types, risk, CLUSTER_LEVEL, deploying, false);
    }

    private static ActionType switchable(String id, String title, String description, Risk risk) {
        return new ActionType(
                id, title, description, "own", Set.of(OWN), risk, ResourceLevel.ORGANIZATION, false, true);
    }
}
