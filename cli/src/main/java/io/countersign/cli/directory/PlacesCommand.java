package io.countersign.cli.directory;

import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.ReasonOptions;
import io.countersign.cli.command.Spans;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Where actions happen: projects, environments, clusters and releases. */
final class PlacesCommand {

    private PlacesCommand() {}

    /** Projects. */
    @Command(name = "projects", description = "Projects.")
    static final class Projects {

        private final Shelf projects;

        Projects(Invocation invocation) {
            this.projects = new Shelf(invocation, "projects", List.of("name", "description", "id"));
        }

        @Command(name = "list", description = "List projects.")
        int list() {
            return projects.list();
        }

        @Command(name = "show", description = "Show a project.")
        int show(@Parameters(paramLabel = "PROJECT", description = "name or id") String project) {
            return projects.show(project);
        }

        @Command(name = "add", description = "Add a project.")
        int add(
                @Parameters(paramLabel = "NAME", description = "unique, for example payments") String name,
                @Option(names = "--description", paramLabel = "TEXT", description = "what it is for") @Nullable
                        String description) {
            ObjectNode body = Json.object().put("name", name);
            Shelf.put(body, "description", description);
            return projects.added(body);
        }

        @Command(name = "change", description = "Change a project.")
        int change(
                @Parameters(paramLabel = "PROJECT", description = "name or id") String project,
                @Option(names = "--name", paramLabel = "NAME", description = "its new name") @Nullable String name,
                @Option(names = "--description", paramLabel = "TEXT", description = "what it is for") @Nullable
                        String description) {
            ObjectNode changes = Json.object();
            Shelf.put(changes, "name", name);
            Shelf.put(changes, "description", description);
            return projects.change(project, changes);
        }

        @Command(name = "remove", description = "Delete a project with everything in it.")
        int remove(
                @Parameters(paramLabel = "PROJECT", description = "name or id") String project,
                @Option(names = "--confirm", paramLabel = "NAME", description = "the name once more") @Nullable
                        String confirm) {
            return projects.remove(project, confirm, "the project and its environments and releases are deleted");
        }
    }

    /** Environments. */
    @Command(name = "environments", description = "Environments of projects; named like payments/production.")
    static final class Environments {

        private final Invocation invocation;
        private final Shelf environments;

        Environments(Invocation invocation) {
            this.invocation = invocation;
            this.environments = new Shelf(
                    invocation, "environments", List.of("path", "tier", "clusterId", "frozen", "freezeReason", "id"));
        }

        @Command(name = "list", description = "List environments.")
        int list(
                @Option(names = "--project", paramLabel = "PROJECT", description = "only of this project") @Nullable
                        String project) {
            return environments.list("project", project == null ? "" : project);
        }

        @Command(name = "show", description = "Show an environment.")
        int show(@Parameters(paramLabel = "ENVIRONMENT", description = "project/name or id") String environment) {
            return environments.show(inPath(environment));
        }

        @Command(name = "add", description = "Add an environment.")
        int add(
                @Parameters(paramLabel = "PROJECT/NAME", description = "for example payments/production") String name,
                @Option(
                                names = "--tier",
                                required = true,
                                paramLabel = "TIER",
                                description = "production, staging or development")
                        String tier,
                @Option(names = "--cluster", paramLabel = "CLUSTER", description = "the cluster it runs on") @Nullable
                        String cluster) {
            int slash = name.indexOf('/');
            ObjectNode body = Json.object()
                    .put("projectId", slash < 0 ? "" : name.substring(0, slash))
                    .put("name", name.substring(slash + 1))
                    .put("tier", tier);
            Shelf.put(body, "clusterId", cluster);
            return environments.added(body);
        }

        @Command(name = "change", description = "Change an environment.")
        int change(
                @Parameters(paramLabel = "ENVIRONMENT", description = "project/name or id") String environment,
                @Option(names = "--name", paramLabel = "NAME", description = "its new name") @Nullable String name,
                @Option(names = "--tier", paramLabel = "TIER", description = "its new tier") @Nullable String tier,
                @Option(names = "--cluster", paramLabel = "CLUSTER", description = "its new cluster") @Nullable
                        String cluster) {
            ObjectNode changes = Json.object();
            Shelf.put(changes, "name", name);
            Shelf.put(changes, "tier", tier);
            Shelf.put(changes, "clusterId", cluster);
            return environments.change(inPath(environment), changes);
        }

        @Command(name = "remove", description = "Remove an environment.")
        int remove(
                @Parameters(paramLabel = "ENVIRONMENT", description = "project/name or id") String environment,
                @Option(names = "--confirm", paramLabel = "NAME", description = "the name once more") @Nullable
                        String confirm) {
            return environments.remove(
                    inPath(environment), confirm, "nothing can be asked for " + environment + " any more");
        }

        @Command(name = "freeze", description = "Freeze: nothing is deployed there until it is unfrozen.")
        int freeze(
                @Parameters(paramLabel = "ENVIRONMENT", description = "project/name or id") String environment,
                @Mixin ReasonOptions reason) {
            return environments.act(frost(environment, "freeze", reason), environment + " is frozen.");
        }

        @Command(name = "unfreeze", description = "Let deployments happen again.")
        int unfreeze(
                @Parameters(paramLabel = "ENVIRONMENT", description = "project/name or id") String environment,
                @Mixin ReasonOptions reason) {
            return environments.act(frost(environment, "unfreeze", reason), environment + " is open again.");
        }

        /** The server reads {@code payments~production} where a slash would end the path's segment. */
        private static String inPath(String environment) {
            return environment.replace('/', '~');
        }

        private Call frost(String environment, String verb, ReasonOptions reason) {
            ObjectNode body = Json.object();
            Shelf.put(body, "reason", reason.read(invocation.surroundings()));
            return Call.post(environments.path(inPath(environment), verb), body, invocation.key());
        }
    }

    /** Clusters. */
    @Command(name = "clusters", description = "Clusters that environments run on.")
    static final class Clusters {

        private final Shelf clusters;

        Clusters(Invocation invocation) {
            this.clusters = new Shelf(invocation, "clusters", List.of("name", "description", "id"));
        }

        @Command(name = "list", description = "List clusters.")
        int list() {
            return clusters.list();
        }

        @Command(name = "show", description = "Show a cluster.")
        int show(@Parameters(paramLabel = "CLUSTER", description = "name or id") String cluster) {
            return clusters.show(cluster);
        }

        @Command(name = "add", description = "Add a cluster.")
        int add(
                @Parameters(paramLabel = "NAME", description = "unique, for example eu-1") String name,
                @Option(names = "--description", paramLabel = "TEXT", description = "what it is for") @Nullable
                        String description) {
            ObjectNode body = Json.object().put("name", name);
            Shelf.put(body, "description", description);
            return clusters.added(body);
        }

        @Command(name = "change", description = "Change a cluster.")
        int change(
                @Parameters(paramLabel = "CLUSTER", description = "name or id") String cluster,
                @Option(names = "--name", paramLabel = "NAME", description = "its new name") @Nullable String name,
                @Option(names = "--description", paramLabel = "TEXT", description = "what it is for") @Nullable
                        String description) {
            ObjectNode changes = Json.object();
            Shelf.put(changes, "name", name);
            Shelf.put(changes, "description", description);
            return clusters.change(cluster, changes);
        }

        @Command(name = "remove", description = "Remove a cluster.")
        int remove(
                @Parameters(paramLabel = "CLUSTER", description = "name or id") String cluster,
                @Option(names = "--confirm", paramLabel = "NAME", description = "the name once more") @Nullable
                        String confirm) {
            return clusters.remove(cluster, confirm, "nothing can be asked for " + cluster + " any more");
        }

        @Command(name = "token", description = "Issue yourself a short-lived token that the cluster takes.")
        int token(
                @Parameters(paramLabel = "CLUSTER", description = "name or id") String cluster,
                @Option(names = "--lasts", paramLabel = "SPAN", description = "1m to 1h; 15m when not given") @Nullable
                        String lasts,
                @Option(names = "--group", paramLabel = "TEAM", description = "name only this team; may be repeated")
                        @Nullable
                        List<String> groups,
                @Option(names = "--exec-credential", description = "answer as a credential plugin of kubectl does")
                        boolean execCredential,
                @Mixin ReasonOptions reason) {
            ObjectNode body = Json.object();
            if (lasts != null) {
                body.put("expiresIn", Spans.read("--lasts", lasts).toString());
            }
            if (groups != null) {
                groups.forEach(body.putArray("groups")::add);
            }
            Shelf.put(body, "reason", reason.read(clusters.invocation().surroundings()));
            return new ClusterToken(clusters.invocation())
                    .issue(
                            Call.post(
                                    clusters.path(cluster, "tokens"),
                                    body,
                                    clusters.invocation().key()),
                            execCredential);
        }
    }

    /** Releases. */
    @Command(name = "releases", description = "Releases of projects; what a release refers to never changes.")
    static final class Releases {

        private final Shelf releases;

        Releases(Invocation invocation) {
            this.releases = new Shelf(invocation, "releases", List.of("name", "sourceReference", "projectId", "id"));
        }

        @Command(name = "list", description = "List releases.")
        int list(
                @Option(names = "--project", paramLabel = "PROJECT", description = "only of this project") @Nullable
                        String project) {
            return releases.list("project", project == null ? "" : project);
        }

        @Command(name = "show", description = "Show a release.")
        int show(@Parameters(paramLabel = "RELEASE", description = "its id") String release) {
            return releases.show(release);
        }

        @Command(name = "add", description = "Add a release.")
        int add(
                @Parameters(paramLabel = "PROJECT", description = "name or id") String project,
                @Parameters(paramLabel = "NAME", description = "for example 4.2.0") String name,
                @Option(
                                names = "--source",
                                required = true,
                                paramLabel = "REF",
                                description = "a whole commit id or image digest, or what ends with one")
                        String source) {
            return releases.added(
                    Json.object().put("projectId", project).put("name", name).put("sourceReference", source));
        }
    }
}
