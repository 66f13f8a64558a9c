package io.countersign.server.directory;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Releases over HTTP; a release is never changed. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Directory")
class ReleasesApi {

    /** A new release; the source reference is immutable, for example a commit id or an image digest. */
    record ReleaseForm(String projectId, String name, String sourceReference) {}

    private final PlaceChanges change;
    private final Directory directory;
    private final ProjectStore store;
    private final AuditLog log;
    private final Idempotency idempotency;

    ReleasesApi(PlaceChanges change, Directory directory, ProjectStore store, AuditLog log, Idempotency idempotency) {
        this.change = change;
        this.directory = directory;
        this.store = store;
        this.log = log;
        this.idempotency = idempotency;
    }

    @GetMapping("/releases")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listReleases", summary = "Releases by id, of one project on demand")
    Page<Release> releases(Caller caller, @RequestParam(required = false) @Nullable String project, Paging paging) {
        @Nullable
        String projectId = project == null ? null : project(directory.fresh(caller.organizationId()), project);
        return Page.of(
                store.releases(caller.organizationId(), projectId, paging.after(), paging.rows()), paging, Release::id);
    }

    @PostMapping("/releases")
    @Requires(Permission.PROJECTS_WRITE)
    @Operation(operationId = "createRelease", summary = "Make a release of a project known")
    @AnswersWith(Release.class)
    ResponseEntity<Object> create(Caller caller, Origin origin, IdempotencyKey key, @RequestBody ReleaseForm form) {
        SourceReference.checked(form.sourceReference());
        return idempotency.once(caller, key, () -> Reply.of(201, created(Actor.of(caller, origin), form)));
    }

    @GetMapping("/releases/{release}")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "getRelease", summary = "One release by id")
    Release one(Caller caller, @PathVariable String release) {
        return directory
                .release(caller.organizationId(), release)
                .orElseThrow(() -> ProblemException.notFound("release", release));
    }

    private Release created(Actor actor, ReleaseForm form) {
        return change.make(actor, (image, now) -> {
            Release release = new Release(
                    Ids.next(IdPrefix.RELEASE),
                    project(image, form.projectId()),
                    ThingName.checked(form.name()),
                    form.sourceReference());
            store.insertRelease(actor.organizationId(), release, actor.principalId(), now);
            log.append(
                    actor,
                    new DirectoryEntry.ReleaseCreated(
                            release.id(), release.projectId(), release.name(), release.sourceReference()),
                    null);
            return release;
        });
    }

    private static String project(DirectoryImage image, String name) {
        return image.resourceId(ResourceLevel.PROJECT, name)
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-project", "projectId", "there is no project `" + name + "`"));
    }
}
