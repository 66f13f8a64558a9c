package io.countersign.server.directory;

import io.countersign.core.action.Reason;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.EnvironmentStore.EnvironmentRow;
import io.countersign.server.directory.ThingViews.EnvironmentView;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.EntityTag;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Environments and their freezes over HTTP; an environment is named by id or by {@code project~environment}. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Directory")
class EnvironmentsApi {

    /** A new environment; tier is production, staging or development. */
    record EnvironmentForm(
            String projectId,
            String name,
            String tier,
            @Nullable String clusterId) {}

    /** What is to change; what is left out stays, an empty clusterId takes it off its cluster. */
    record EnvironmentPatch(
            @Nullable String name,
            @Nullable String tier,
            @Nullable String clusterId) {}

    /** Why an environment is frozen or unfrozen. */
    record FreezeForm(@Nullable String reason) {}

    private final PlaceChanges change;
    private final Directory directory;
    private final EnvironmentStore store;
    private final AuditLog log;
    private final Idempotency idempotency;

    EnvironmentsApi(
            PlaceChanges change, Directory directory, EnvironmentStore store, AuditLog log, Idempotency idempotency) {
        this.change = change;
        this.directory = directory;
        this.store = store;
        this.log = log;
        this.idempotency = idempotency;
    }

    @GetMapping("/environments")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listEnvironments", summary = "Environments by id, of one project on demand")
    Page<EnvironmentView> environments(
            Caller caller, @RequestParam(required = false) @Nullable String project, Paging paging) {
        DirectoryImage image = directory.fresh(caller.organizationId());
        @Nullable String projectId = project == null ? null : known(image, ResourceLevel.PROJECT, project);
        return Page.of(
                        store.page(caller.organizationId(), projectId, paging.after(), paging.rows()),
                        paging,
                        EnvironmentRow::id)
                .map(row -> EnvironmentView.of(row, image));
    }

    @PostMapping("/environments")
    @Requires(Permission.PROJECTS_WRITE)
    @Operation(operationId = "createEnvironment", summary = "Add an environment to a project")
    ResponseEntity<Object> create(Caller caller, Origin origin, IdempotencyKey key, @RequestBody EnvironmentForm form) {
        return idempotency.once(caller, key, () -> Reply.of(201, created(Actor.of(caller, origin), form)));
    }

    @GetMapping("/environments/{environment}")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "getEnvironment", summary = "One environment")
    ResponseEntity<EnvironmentView> one(Caller caller, @PathVariable String environment) {
        DirectoryImage image = directory.fresh(caller.organizationId());
        return shown(find(image, environment), image);
    }

    @PatchMapping("/environments/{environment}")
    @Requires(Permission.PROJECTS_WRITE)
    @Operation(operationId = "changeEnvironment", summary = "Change an environment's name, tier or cluster")
    ResponseEntity<EnvironmentView> patch(
            Caller caller,
            Origin origin,
            @PathVariable String environment,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody EnvironmentPatch patch) {
        long version = EntityTag.demanded(ifMatch);
        return change.rearrange(Actor.of(caller, origin), (image, _) -> {
            EnvironmentRow before = find(image, environment);
            EntityTag.demandSame(version, before.version());
            EnvironmentRow after = patched(before, patch, image);
            List<String> changes = new ArrayList<>();
            ProjectsApi.note(changes, "name", before.name(), after.name());
            ProjectsApi.note(changes, "tier", before.tier(), after.tier());
            ProjectsApi.note(changes, "clusterId", before.clusterId(), after.clusterId());
            store.update(caller.organizationId(), after);
            log.append(Actor.of(caller, origin), new DirectoryEntry.EnvironmentChanged(before.id(), changes), null);
            return shown(after, image);
        });
    }

    @DeleteMapping("/environments/{environment}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.PROJECTS_WRITE)
    @Operation(operationId = "deleteEnvironment", summary = "Remove an environment")
    void delete(Caller caller, Origin origin, @PathVariable String environment) {
        change.rearrange(Actor.of(caller, origin), (image, now) -> {
            EnvironmentRow row = find(image, environment);
            store.delete(caller.organizationId(), row.id(), now);
            log.append(
                    Actor.of(caller, origin),
                    new DirectoryEntry.EnvironmentDeleted(row.id(), row.projectId(), row.name()),
                    null);
            return row;
        });
    }

    @PostMapping("/environments/{environment}/freeze")
    @Requires(Permission.ENVIRONMENTS_FREEZE)
    @Operation(operationId = "freezeEnvironment", summary = "Let nothing be deployed to an environment")
    EnvironmentView freeze(
            Caller caller, Origin origin, @PathVariable String environment, @RequestBody FreezeForm form) {
        String reason = Reason.of(form.reason())
                .filter(text -> !Reason.tooLong(text))
                .orElseThrow(() -> ProblemException.badField(
                        "reason-required", "reason", "a freeze needs a reason of 1 to 4,000 characters"));
        return change.make(Actor.of(caller, origin), (image, now) -> {
            EnvironmentRow row = find(image, environment);
            if (row.frozenAt() != null) {
                throw ProblemException.conflict("already-frozen", "the environment was frozen at " + row.frozenAt());
            }
            log.append(
                    Actor.of(caller, origin), new DirectoryEntry.EnvironmentFrozen(row.id(), row.name(), reason), null);
            return saved(
                    Actor.of(caller, origin), row, now, Actor.of(caller, origin).principalId(), reason, image);
        });
    }

    @PostMapping("/environments/{environment}/unfreeze")
    @Requires(Permission.ENVIRONMENTS_FREEZE)
    @Operation(operationId = "unfreezeEnvironment", summary = "Let deployments go on")
    EnvironmentView unfreeze(
            Caller caller, Origin origin, @PathVariable String environment, @RequestBody FreezeForm form) {
        return change.make(Actor.of(caller, origin), (image, _) -> {
            EnvironmentRow row = find(image, environment);
            if (row.frozenAt() == null) {
                throw ProblemException.conflict("not-frozen", "the environment is not frozen");
            }
            log.append(
                    Actor.of(caller, origin),
                    new DirectoryEntry.EnvironmentUnfrozen(
                            row.id(), row.name(), Reason.of(form.reason()).orElse(null)),
                    null);
            return saved(Actor.of(caller, origin), row, null, null, null, image);
        });
    }

    private EnvironmentView saved(
            Actor actor,
            EnvironmentRow row,
            @Nullable Instant frozenAt,
            @Nullable String frozenBy,
            @Nullable String reason,
            DirectoryImage image) {
        EnvironmentRow after = new EnvironmentRow(
                row.id(),
                row.projectId(),
                row.name(),
                row.tier(),
                row.clusterId(),
                frozenAt,
                frozenBy,
                reason,
                row.version() + 1);
        store.update(actor.organizationId(), after);
        return EnvironmentView.of(after, image);
    }

    private EnvironmentView created(Actor actor, EnvironmentForm form) {
        return change.rearrange(actor, (image, now) -> {
            EnvironmentRow row = new EnvironmentRow(
                    Ids.next(IdPrefix.ENVIRONMENT),
                    known(image, ResourceLevel.PROJECT, form.projectId()),
                    ThingName.checked(form.name()),
                    tier(form.tier()),
                    form.clusterId() == null ? null : known(image, ResourceLevel.CLUSTER, form.clusterId()),
                    null,
                    null,
                    null,
                    1);
            store.insert(actor.organizationId(), row, actor.principalId(), now);
            log.append(
                    actor,
                    new DirectoryEntry.EnvironmentCreated(
                            row.id(), row.projectId(), row.name(), form.tier(), row.clusterId()),
                    null);
            return EnvironmentView.of(row, image);
        });
    }

    private static EnvironmentRow patched(EnvironmentRow before, EnvironmentPatch patch, DirectoryImage image) {
        String cluster = patch.clusterId();
        @Nullable String clusterId = before.clusterId();
        if (cluster != null) {
            clusterId = cluster.isEmpty() ? null : known(image, ResourceLevel.CLUSTER, cluster);
        }
        return new EnvironmentRow(
                before.id(),
                before.projectId(),
                patch.name() == null ? before.name() : ThingName.checked(patch.name()),
                patch.tier() == null ? before.tier() : tier(patch.tier()),
                clusterId,
                before.frozenAt(),
                before.frozenBy(),
                before.freezeReason(),
                before.version() + 1);
    }

    private EnvironmentRow find(DirectoryImage image, String name) {
        return image.resourceId(ResourceLevel.ENVIRONMENT, name.replace('~', '/'))
                .flatMap(id -> store.find(image.organizationId(), id))
                .orElseThrow(() -> ProblemException.notFound("environment", name));
    }

    private static String known(DirectoryImage image, ResourceLevel level, String name) {
        String word = level.name().toLowerCase(Locale.ROOT);
        return image.resourceId(level, name)
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-" + word, word + "Id", "there is no " + word + " `" + name + "`"));
    }

    private static Tier tier(String word) {
        return Arrays.stream(Tier.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-word", "tier", "`" + word + "` is none of production, staging, development"));
    }

    private static ResponseEntity<EnvironmentView> shown(EnvironmentRow row, DirectoryImage image) {
        return EntityTag.answer(EnvironmentView.of(row, image), row.version());
    }
}
