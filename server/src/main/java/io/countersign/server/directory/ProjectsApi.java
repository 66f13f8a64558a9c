package io.countersign.server.directory;

import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.audit.FieldChange;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.ProjectStore.Kind;
import io.countersign.server.directory.ProjectStore.ProjectRow;
import io.countersign.server.directory.ThingViews.ThingView;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Projects and clusters over HTTP. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Directory", description = "People, teams, roles, accounts, and the things that are gated")
class ProjectsApi {

    /** A new project or cluster. */
    record ThingForm(String name, @Nullable String description) {}

    /** What is to change; what is left out stays. */
    record ThingPatch(@Nullable String name, @Nullable String description) {}

    private final OwnDoor door;
    private final PlaceChanges change;
    private final ProjectStore store;
    private final EnvironmentStore environments;
    private final AuditLog log;
    private final Idempotency idempotency;

    ProjectsApi(
            OwnDoor door,
            PlaceChanges change,
            ProjectStore store,
            EnvironmentStore environments,
            AuditLog log,
            Idempotency idempotency) {
        this.door = door;
        this.change = change;
        this.store = store;
        this.environments = environments;
        this.log = log;
        this.idempotency = idempotency;
    }

    @GetMapping("/projects")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listProjects", summary = "Projects by id")
    Page<ThingView> projects(Caller caller, Paging paging) {
        return page(Kind.PROJECT, caller, paging);
    }

    @PostMapping("/projects")
    @Requires(Permission.PROJECTS_WRITE)
    @Operation(operationId = "createProject", summary = "Add a project")
    @AnswersWith(ThingView.class)
    ResponseEntity<Object> createProject(
            Caller caller, Origin origin, IdempotencyKey key, @RequestBody ThingForm form) {
        return idempotency.once(caller, key, () -> Reply.of(201, create(Kind.PROJECT, Actor.of(caller, origin), form)));
    }

    @GetMapping("/projects/{project}")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "getProject", summary = "One project, by id or name")
    ResponseEntity<ThingView> project(Caller caller, @PathVariable String project) {
        return one(find(Kind.PROJECT, caller.organizationId(), project));
    }

    @PatchMapping("/projects/{project}")
    @Requires(Permission.PROJECTS_WRITE)
    @Operation(operationId = "changeProject", summary = "Change a project's name or description")
    @AnswersWith(value = ThingView.class, status = 200)
    ResponseEntity<Object> changeProject(OwnCall call, @PathVariable String project, @RequestBody ThingPatch patch) {
        return passed(Kind.PROJECT, call, project, patch);
    }

    @DeleteMapping("/projects/{project}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "deleteProject", summary = "Remove a project with its environments")
    ResponseEntity<Object> deleteProject(OwnCall call, @PathVariable String project) {
        Actor actor = Actor.of(call.caller(), call.origin());
        return door.pass(
                        call,
                        image -> List.of(
                                new OwnDoor.Aim("project.delete", ResourceLevel.PROJECT, projectId(image, project))),
                        () -> change.rearrange(actor, (_, now) -> {
                            ProjectRow row = find(Kind.PROJECT, actor.organizationId(), project);
                            List<String> gone = environments.deleteOfProject(actor.organizationId(), row.id(), now);
                            store.delete(Kind.PROJECT, actor.organizationId(), row.id(), now);
                            log.append(actor, new DirectoryEntry.ProjectDeleted(row.id(), row.name(), gone), null);
                            return Reply.nothing();
                        }))
                .respond();
    }

    private static String projectId(DirectoryImage image, String project) {
        return image.resourceId(ResourceLevel.PROJECT, project)
                .orElseThrow(() -> ProblemException.notFound(Kind.PROJECT.word(), project));
    }

    @GetMapping("/clusters")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listClusters", summary = "Clusters by id")
    Page<ThingView> clusters(Caller caller, Paging paging) {
        return page(Kind.CLUSTER, caller, paging);
    }

    @PostMapping("/clusters")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "createCluster", summary = "Add a cluster")
    @AnswersWith(ThingView.class)
    ResponseEntity<Object> createCluster(
            Caller caller, Origin origin, IdempotencyKey key, @RequestBody ThingForm form) {
        return idempotency.once(caller, key, () -> Reply.of(201, create(Kind.CLUSTER, Actor.of(caller, origin), form)));
    }

    @GetMapping("/clusters/{cluster}")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "getCluster", summary = "One cluster, by id or name")
    ResponseEntity<ThingView> cluster(Caller caller, @PathVariable String cluster) {
        return one(find(Kind.CLUSTER, caller.organizationId(), cluster));
    }

    @PatchMapping("/clusters/{cluster}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "changeCluster", summary = "Change a cluster's name or description")
    @AnswersWith(value = ThingView.class, status = 200)
    ResponseEntity<Object> changeCluster(OwnCall call, @PathVariable String cluster, @RequestBody ThingPatch patch) {
        return passed(Kind.CLUSTER, call, cluster, patch);
    }

    @DeleteMapping("/clusters/{cluster}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "deleteCluster", summary = "Remove a cluster; environments name it no longer")
    ResponseEntity<Object> deleteCluster(OwnCall call, @PathVariable String cluster) {
        Actor actor = Actor.of(call.caller(), call.origin());
        return door.pass(
                        call,
                        image -> leaving(image, cluster),
                        () -> change.rearrange(actor, (_, now) -> {
                            ProjectRow row = find(Kind.CLUSTER, actor.organizationId(), cluster);
                            List<String> left = environments.leaveCluster(actor.organizationId(), row.id());
                            store.delete(Kind.CLUSTER, actor.organizationId(), row.id(), now);
                            log.append(actor, new DirectoryEntry.ClusterDeleted(row.id(), row.name(), left), null);
                            return Reply.nothing();
                        }))
                .respond();
    }

    /** Every environment that would name the cluster no longer: its rules no longer reach it. */
    private static List<OwnDoor.Aim> leaving(DirectoryImage image, String cluster) {
        String id = image.resourceId(ResourceLevel.CLUSTER, cluster)
                .orElseThrow(() -> ProblemException.notFound(Kind.CLUSTER.word(), cluster));
        return environments(image, environment -> id.equals(environment.clusterId()));
    }

    /** Every environment whose name, or whose cluster's name, is another afterwards: who asks by the old one misses it. */
    private static List<OwnDoor.Aim> renamed(DirectoryImage image, ProjectRow before, ThingPatch patch) {
        return patch.name() == null || patch.name().equalsIgnoreCase(before.name())
                ? List.of()
                : environments(
                        image,
                        environment -> before.id().equals(environment.projectId())
                                || before.id().equals(environment.clusterId()));
    }

    private static List<OwnDoor.Aim> environments(DirectoryImage image, Predicate<EnvironmentFacts> which) {
        return image.environments().stream()
                .filter(which)
                .map(environment ->
                        new OwnDoor.Aim("environment.policy.update", ResourceLevel.ENVIRONMENT, environment.id()))
                .toList();
    }

    private Page<ThingView> page(Kind kind, Caller caller, Paging paging) {
        return Page.of(store.page(kind, caller.organizationId(), paging.after(), paging.rows()), paging, ProjectRow::id)
                .map(ThingView::of);
    }

    private ThingView create(Kind kind, Actor actor, ThingForm form) {
        return change.make(actor, (_, now) -> {
            ProjectRow row = new ProjectRow(
                    Ids.next(kind.prefix()),
                    ThingName.checked(form.name()),
                    ThingName.description(form.description()),
                    1);
            store.insert(kind, actor.organizationId(), row, actor.principalId(), now);
            log.append(
                    actor,
                    kind == Kind.PROJECT
                            ? new DirectoryEntry.ProjectCreated(row.id(), row.name())
                            : new DirectoryEntry.ClusterCreated(row.id(), row.name()),
                    null);
            return ThingView.of(row);
        });
    }

    private ResponseEntity<Object> passed(Kind kind, OwnCall call, String name, ThingPatch patch) {
        long version = EntityTag.demanded(call.ifMatch());
        Actor actor = Actor.of(call.caller(), call.origin());
        return door.pass(
                        call,
                        image -> renamed(image, find(kind, actor.organizationId(), name), patch),
                        () -> changed(kind, actor, name, version, patch))
                .respond();
    }

    private Reply changed(Kind kind, Actor actor, String name, long version, ThingPatch patch) {
        return change.make(actor, (_, now) -> {
            ProjectRow before = find(kind, actor.organizationId(), name);
            EntityTag.demandSame(version, before.version());
            ProjectRow after = new ProjectRow(
                    before.id(),
                    patch.name() == null ? before.name() : ThingName.checked(patch.name()),
                    patch.description() == null ? before.description() : ThingName.description(patch.description()),
                    version + 1);
            List<FieldChange> changes = new Differences()
                    .field("name", before.name(), after.name())
                    .field("description", before.description(), after.description())
                    .list();
            store.update(kind, actor.organizationId(), after, now);
            log.append(
                    actor,
                    kind == Kind.PROJECT
                            ? new DirectoryEntry.ProjectChanged(before.id(), changes)
                            : new DirectoryEntry.ClusterChanged(before.id(), changes),
                    null);
            return Reply.edited(ThingView.of(after), after.version());
        });
    }

    private ProjectRow find(Kind kind, String orgId, String idOrName) {
        return store.find(kind, orgId, idOrName).orElseThrow(() -> ProblemException.notFound(kind.word(), idOrName));
    }

    private static ResponseEntity<ThingView> one(ProjectRow row) {
        return EntityTag.answer(ThingView.of(row), row.version());
    }
}
