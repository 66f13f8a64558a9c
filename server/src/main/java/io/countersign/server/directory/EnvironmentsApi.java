package io.countersign.server.directory;

import io.countersign.core.action.Reason;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.audit.FieldChange;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.EnvironmentStore.EnvironmentRow;
import io.countersign.server.directory.ThingViews.EnvironmentView;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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

    private final OwnDoor door;
    private final PlaceChanges change;
    private final Directory directory;
    private final EnvironmentStore store;
    private final AuditLog log;
    private final Idempotency idempotency;

    EnvironmentsApi(
            OwnDoor door,
            PlaceChanges change,
            Directory directory,
            EnvironmentStore store,
            AuditLog log,
            Idempotency idempotency) {
        this.door = door;
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
    @AnswersWith(EnvironmentView.class)
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
    @AnswersWith(value = EnvironmentView.class, status = 200)
    ResponseEntity<Object> patch(OwnCall call, @PathVariable String environment, @RequestBody EnvironmentPatch patch) {
        long version = EntityTag.demanded(call.ifMatch());
        return pass(call, "environment.policy.update", environment, () -> patched(call, environment, version, patch));
    }

    private Reply patched(OwnCall call, String environment, long version, EnvironmentPatch patch) {
        Actor actor = Actor.of(call.caller(), call.origin());
        return change.rearrange(actor, (image, now) -> {
            EnvironmentRow before = find(image, environment);
            EntityTag.demandSame(version, before.version());
            EnvironmentRow after = patched(before, patch, image);
            List<FieldChange> changes = new Differences()
                    .field("name", before.name(), after.name())
                    .field("tier", before.tier(), after.tier())
                    .field("clusterId", before.clusterId(), after.clusterId())
                    .list();
            store.update(actor.organizationId(), after, now);
            log.append(actor, new DirectoryEntry.EnvironmentChanged(before.id(), changes), null);
            return Reply.edited(EnvironmentView.of(after, image), after.version());
        });
    }

    @DeleteMapping("/environments/{environment}")
    @Requires(Permission.PROJECTS_WRITE)
    @Operation(operationId = "deleteEnvironment", summary = "Remove an environment")
    ResponseEntity<Object> delete(OwnCall call, @PathVariable String environment) {
        Actor actor = Actor.of(call.caller(), call.origin());
        return pass(
                call,
                "environment.policy.update",
                environment,
                () -> change.rearrange(actor, (image, now) -> {
                    EnvironmentRow row = find(image, environment);
                    store.delete(actor.organizationId(), row.id(), now);
                    log.append(
                            actor, new DirectoryEntry.EnvironmentDeleted(row.id(), row.projectId(), row.name()), null);
                    return Reply.nothing();
                }));
    }

    @PostMapping("/environments/{environment}/freeze")
    @Requires(Permission.ENVIRONMENTS_FREEZE)
    @Operation(operationId = "freezeEnvironment", summary = "Let nothing be deployed to an environment")
    @AnswersWith(value = EnvironmentView.class, status = 200)
    ResponseEntity<Object> freeze(
            OwnCall call,
            @Nullable IdempotencyKey key,
            @PathVariable String environment,
            @RequestBody FreezeForm form) {
        String reason = Reason.of(form.reason())
                .filter(text -> !Reason.tooLong(text))
                .orElseThrow(() -> ProblemException.badField(
                        "reason-required", "reason", "a freeze needs a reason of 1 to 4,000 characters"));
        return pass(
                call.once(key).because(reason),
                "environment.freeze",
                environment,
                () -> frozen(call, environment, reason));
    }

    private Reply frozen(OwnCall call, String environment, String reason) {
        Actor actor = Actor.of(call.caller(), call.origin());
        return change.make(actor, (image, now) -> {
            EnvironmentRow row = find(image, environment);
            if (row.frozenAt() != null) {
                throw ProblemException.conflict("already-frozen", "the environment was frozen at " + row.frozenAt());
            }
            log.append(actor, new DirectoryEntry.EnvironmentFrozen(row.id(), row.name(), reason), null);
            EnvironmentRow frozen = row.frozen(now, actor.principalId(), reason);
            return Reply.of(200, saved(actor, frozen, now, image));
        });
    }

    @PostMapping("/environments/{environment}/unfreeze")
    @Requires(Permission.ENVIRONMENTS_FREEZE)
    @Operation(operationId = "unfreezeEnvironment", summary = "Let deployments go on")
    @AnswersWith(value = EnvironmentView.class, status = 200)
    ResponseEntity<Object> unfreeze(
            OwnCall call,
            @Nullable IdempotencyKey key,
            @PathVariable String environment,
            @RequestBody FreezeForm form) {
        @Nullable String reason = Reason.of(form.reason()).orElse(null);
        return pass(
                call.once(key).because(reason),
                "environment.unfreeze",
                environment,
                () -> unfrozen(call, environment, reason));
    }

    private Reply unfrozen(OwnCall call, String environment, @Nullable String reason) {
        Actor actor = Actor.of(call.caller(), call.origin());
        return change.make(actor, (image, now) -> {
            EnvironmentRow row = find(image, environment);
            if (row.frozenAt() == null) {
                throw ProblemException.conflict("not-frozen", "the environment is not frozen");
            }
            log.append(actor, new DirectoryEntry.EnvironmentUnfrozen(row.id(), row.name(), reason), null);
            return Reply.of(200, saved(actor, row.frozen(null, null, null), now, image));
        });
    }

    private ResponseEntity<Object> pass(OwnCall call, String action, String environment, Supplier<Reply> act) {
        return door.pass(
                        call,
                        image -> List.of(new OwnDoor.Aim(
                                action,
                                ResourceLevel.ENVIRONMENT,
                                find(image, environment).id())),
                        act)
                .respond();
    }

    private EnvironmentView saved(Actor actor, EnvironmentRow row, Instant now, DirectoryImage image) {
        store.update(actor.organizationId(), row, now);
        return EnvironmentView.of(row, image);
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
