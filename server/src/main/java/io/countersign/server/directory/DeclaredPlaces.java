package io.countersign.server.directory;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.audit.FieldChange;
import io.countersign.core.declaration.Declared;
import io.countersign.core.declaration.DeclaredKind;
import io.countersign.core.declaration.Difference;
import io.countersign.core.declaration.Difference.Altered;
import io.countersign.server.directory.EnvironmentStore.EnvironmentRow;
import io.countersign.server.directory.ProjectStore.Kind;
import io.countersign.server.directory.ProjectStore.ProjectRow;
import io.countersign.server.platform.Ids;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes clusters, projects and environments what they are declared to be. */
@Component
class DeclaredPlaces {

    private final ProjectStore projects;
    private final EnvironmentStore environments;

    DeclaredPlaces(ProjectStore projects, EnvironmentStore environments) {
        this.projects = projects;
        this.environments = environments;
    }

    /** Adds and edits; what is declared no more is still there. */
    void keep(DirectoryChange change, Difference difference, PresentDirectory present) {
        Map<String, String> added = new HashMap<>();
        for (Declared.Cluster cluster : difference.added(Declared.Cluster.class)) {
            String id = add(change, Kind.CLUSTER, cluster.name(), cluster.description());
            added.put(DeclaredKind.CLUSTER + cluster.key(), id);
            change.tell(new DirectoryEntry.ClusterCreated(id, cluster.name()));
        }
        for (Declared.Project project : difference.added(Declared.Project.class)) {
            String id = add(change, Kind.PROJECT, project.name(), project.description());
            added.put(DeclaredKind.PROJECT + project.key(), id);
            change.tell(new DirectoryEntry.ProjectCreated(id, project.name()));
        }
        for (Declared.Environment environment : difference.added(Declared.Environment.class)) {
            add(change, environment, present, added);
        }
        edit(change, difference, present, added);
    }

    private String add(DirectoryChange change, Kind kind, String name, String description) {
        String id = Ids.next(kind.prefix());
        projects.insert(kind, change.orgId(), new ProjectRow(id, name, description, 1), change.by(), change.now());
        return id;
    }

    private void add(
            DirectoryChange change,
            Declared.Environment environment,
            PresentDirectory present,
            Map<String, String> added) {
        EnvironmentRow row = new EnvironmentRow(
                Ids.next(IdPrefix.ENVIRONMENT),
                id(DeclaredKind.PROJECT, environment.project(), present, added),
                environment.bareName(),
                environment.tier(),
                cluster(environment, present, added),
                null,
                null,
                null,
                1);
        environments.insert(change.orgId(), row, change.by(), change.now());
        change.tell(new DirectoryEntry.EnvironmentCreated(
                row.id(), row.projectId(), row.name(), row.tier().name().toLowerCase(Locale.ROOT), row.clusterId()));
    }

    private static @Nullable String cluster(
            Declared.Environment environment, PresentDirectory present, Map<String, String> added) {
        String name = environment.cluster();
        return name == null ? null : id(DeclaredKind.CLUSTER, name, present, added);
    }

    private static String id(DeclaredKind kind, String name, PresentDirectory present, Map<String, String> added) {
        String fresh = added.get(kind + name.toLowerCase(Locale.ROOT));
        return fresh != null ? fresh : present.idOf(kind, name);
    }

    private void edit(
            DirectoryChange change, Difference difference, PresentDirectory present, Map<String, String> added) {
        for (Altered<Declared.Cluster> altered : difference.altered(Declared.Cluster.class)) {
            Declared.Cluster after = altered.after();
            String id = present.idOf(DeclaredKind.CLUSTER, after.name());
            List<FieldChange> changes = new Differences()
                    .field("name", altered.before().name(), after.name())
                    .field("description", altered.before().description(), after.description())
                    .list();
            projects.update(
                    Kind.CLUSTER,
                    change.orgId(),
                    new ProjectRow(id, after.name(), after.description(), 0),
                    change.now());
            change.tell(new DirectoryEntry.ClusterChanged(id, changes));
        }
        for (Altered<Declared.Project> altered : difference.altered(Declared.Project.class)) {
            Declared.Project after = altered.after();
            String id = present.idOf(DeclaredKind.PROJECT, after.name());
            List<FieldChange> changes = new Differences()
                    .field("name", altered.before().name(), after.name())
                    .field("description", altered.before().description(), after.description())
                    .list();
            projects.update(
                    Kind.PROJECT,
                    change.orgId(),
                    new ProjectRow(id, after.name(), after.description(), 0),
                    change.now());
            change.tell(new DirectoryEntry.ProjectChanged(id, changes));
        }
        for (Altered<Declared.Environment> altered : difference.altered(Declared.Environment.class)) {
            edit(change, altered.after(), present, added);
        }
    }

    private void edit(
            DirectoryChange change, Declared.Environment after, PresentDirectory present, Map<String, String> added) {
        EnvironmentRow before = environments
                .find(change.orgId(), present.idOf(DeclaredKind.ENVIRONMENT, after.name()))
                .orElseThrow();
        @Nullable String cluster = cluster(after, present, added);
        environments.update(
                change.orgId(),
                new EnvironmentRow(
                        before.id(),
                        before.projectId(),
                        after.bareName(),
                        after.tier(),
                        cluster,
                        before.frozenAt(),
                        before.frozenBy(),
                        before.freezeReason(),
                        before.version()),
                change.now());
        change.tell(new DirectoryEntry.EnvironmentChanged(
                before.id(),
                new Differences()
                        .field("name", before.name(), after.bareName())
                        .field("tier", before.tier(), after.tier())
                        .field("clusterId", before.clusterId(), cluster)
                        .list()));
    }

    /** Removes what is declared no more; a project takes its environments with it. */
    void remove(DirectoryChange change, Difference difference, PresentDirectory present) {
        String orgId = change.orgId();
        Set<String> gone = new HashSet<>();
        for (Declared.Project project : difference.removed(Declared.Project.class)) {
            String id = present.idOf(DeclaredKind.PROJECT, project.name());
            List<String> with = environments.deleteOfProject(orgId, id, change.now());
            projects.delete(Kind.PROJECT, orgId, id, change.now());
            change.tell(new DirectoryEntry.ProjectDeleted(id, project.name(), with));
            gone.add(project.key());
        }
        for (Declared.Environment environment : difference.removed(Declared.Environment.class)) {
            if (!gone.contains(environment.project().toLowerCase(Locale.ROOT))) {
                String id = present.idOf(DeclaredKind.ENVIRONMENT, environment.name());
                environments.delete(orgId, id, change.now());
                change.tell(new DirectoryEntry.EnvironmentDeleted(
                        id, present.idOf(DeclaredKind.PROJECT, environment.project()), environment.bareName()));
            }
        }
        for (Declared.Cluster cluster : difference.removed(Declared.Cluster.class)) {
            String id = present.idOf(DeclaredKind.CLUSTER, cluster.name());
            List<String> left = environments.leaveCluster(orgId, id);
            projects.delete(Kind.CLUSTER, orgId, id, change.now());
            change.tell(new DirectoryEntry.ClusterDeleted(id, cluster.name(), left));
        }
    }
}
