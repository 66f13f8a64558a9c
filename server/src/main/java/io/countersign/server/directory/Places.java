package io.countersign.server.directory;

import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.server.directory.DirectoryFacts.EnvironmentFact;
import io.countersign.server.directory.DirectoryFacts.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where actions are performed: the organization, its projects with their environments, and its clusters. */
final class Places {

    private final String organizationId;
    private final String organizationHandle;
    private final Map<String, Named> projects = new HashMap<>();
    private final Map<String, String> projectsByName = new HashMap<>();
    private final Map<String, Named> clusters = new HashMap<>();
    private final Map<String, String> clustersByName = new HashMap<>();
    private final Map<String, EnvironmentFacts> environments = new HashMap<>();
    private final Map<String, String> environmentsByPath = new HashMap<>();
    private final Map<String, List<EnvironmentFacts>> environmentsByCluster = new HashMap<>();

    Places(DirectoryFacts facts) {
        organizationId = facts.organizationId();
        organizationHandle = facts.settings().handle();
        facts.projects().stream().filter(named -> !named.deleted()).forEach(project -> {
            projects.put(project.id(), project);
            projectsByName.put(project.name(), project.id());
        });
        facts.clusters().stream().filter(named -> !named.deleted()).forEach(cluster -> {
            clusters.put(cluster.id(), cluster);
            clustersByName.put(cluster.name(), cluster.id());
        });
        facts.environments().stream()
                .filter(fact -> !fact.deleted() && projects.containsKey(fact.projectId()))
                .forEach(this::add);
    }

    private void add(EnvironmentFact fact) {
        @Nullable String cluster = clusters.containsKey(String.valueOf(fact.clusterId())) ? fact.clusterId() : null;
        EnvironmentFacts environment =
                new EnvironmentFacts(fact.id(), fact.name(), fact.projectId(), fact.tier(), cluster, fact.frozen());
        environments.put(fact.id(), environment);
        Named project = projects.get(fact.projectId());
        if (project != null) {
            environmentsByPath.put(project.name() + "/" + fact.name(), fact.id());
        }
        if (cluster != null) {
            environmentsByCluster
                    .computeIfAbsent(cluster, any -> new ArrayList<>())
                    .add(environment);
        }
    }

    List<EnvironmentFacts> environments() {
        return List.copyOf(environments.values());
    }

    Map<String, String> projectNames() {
        return names(projects);
    }

    Map<String, String> clusterNames() {
        return names(clusters);
    }

    private static Map<String, String> names(Map<String, Named> things) {
        Map<String, String> names = new HashMap<>();
        things.values().forEach(thing -> names.put(thing.id(), thing.name()));
        return Map.copyOf(names);
    }

    /** The id of a live thing named by id, by name, for an environment by {@code project/environment}. */
    Optional<String> find(ResourceLevel level, String idOrName) {
        return switch (level) {
            case ORGANIZATION ->
                idOrName.equals(organizationId) || idOrName.equals(organizationHandle)
                        ? Optional.of(organizationId)
                        : Optional.empty();
            case PROJECT -> find(projects.keySet(), projectsByName, idOrName);
            case CLUSTER -> find(clusters.keySet(), clustersByName, idOrName);
            case ENVIRONMENT -> find(environments.keySet(), environmentsByPath, idOrName);
        };
    }

    private static Optional<String> find(Set<String> ids, Map<String, String> byName, String idOrName) {
        return ids.contains(idOrName) ? Optional.of(idOrName) : Optional.ofNullable(byName.get(idOrName));
    }

    Optional<Place> place(Resource resource) {
        return switch (resource.level()) {
            case ORGANIZATION ->
                resource.id().equals(organizationId) ? Optional.of(at(null, null, List.of())) : Optional.empty();
            case PROJECT ->
                projects.containsKey(resource.id())
                        ? Optional.of(at(resource.id(), null, List.of()))
                        : Optional.empty();
            case CLUSTER ->
                clusters.containsKey(resource.id())
                        ? Optional.of(
                                at(null, resource.id(), environmentsByCluster.getOrDefault(resource.id(), List.of())))
                        : Optional.empty();
            case ENVIRONMENT ->
                Optional.ofNullable(environments.get(resource.id()))
                        .map(environment -> at(environment.projectId(), environment.clusterId(), List.of(environment)));
        };
    }

    private Place at(@Nullable String projectId, @Nullable String clusterId, List<EnvironmentFacts> where) {
        return new Place(organizationId, projectId, clusterId, where);
    }

    /** Whether the resource is the thing with this id or lies below it. */
    boolean within(Resource resource, String ancestorId) {
        if (resource.id().equals(ancestorId) || organizationId.equals(ancestorId)) {
            return place(resource).isPresent();
        }
        EnvironmentFacts environment =
                resource.level() == ResourceLevel.ENVIRONMENT ? environments.get(resource.id()) : null;
        return environment != null && environment.projectId().equals(ancestorId);
    }
}
