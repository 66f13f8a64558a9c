package io.countersign.server.directory;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Risk;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.PermissionGrantStore.GivenRow;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Duplicates;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is given one by one, and kinds of action an organization adds, over HTTP. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Directory")
class PermissionGrantsApi {

    private static final Pattern ACTION_ID = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*){1,4}");
    private static final int MAX_LISTED = 100;
    private static final int MAX_TITLE = 120;

    /** A permission to give; resources are ids or names, an environment as {@code project/environment}. */
    record GivenForm(String principalId, String permission, List<String> actions, List<String> resources) {}

    /**
     * A kind of action of one's own, for example {@code tool.call}.
     *
     * @param emergency whether it is an emergency workflow's, false if not given; only a person who has signed in sets it
     */
    record ActionForm(
            String id,
            String title,
            @Nullable String description,
            String risk,
            String level,
            @Nullable Boolean deploying,
            @Nullable Boolean emergency) {}

    private final OwnDoor door;
    private final PlaceChanges change;
    private final Directory directory;
    private final PermissionGrantStore store;
    private final AuditLog log;
    private final Idempotency idempotency;

    PermissionGrantsApi(
            OwnDoor door,
            PlaceChanges change,
            Directory directory,
            PermissionGrantStore store,
            AuditLog log,
            Idempotency idempotency) {
        this.door = door;
        this.change = change;
        this.directory = directory;
        this.store = store;
        this.log = log;
        this.idempotency = idempotency;
    }

    @GetMapping("/permission-grants")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listPermissionGrants", summary = "Permissions that no role carries, given by name")
    Page<GivenRow> list(Caller caller, @RequestParam(required = false) @Nullable String principal, Paging paging) {
        @Nullable String id = principal == null ? null : principal(directory.fresh(caller.organizationId()), principal);
        return Page.of(
                store.page(caller.organizationId(), id, paging.after(), null, paging.rows()), paging, GivenRow::id);
    }

    @PostMapping("/permission-grants")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "givePermission", summary = "Give ask-on-behalf, redeem-for-others or breakglass-open")
    @AnswersWith(GivenRow.class)
    ResponseEntity<Object> give(OwnCall call, IdempotencyKey key, @RequestBody GivenForm form) {
        return door.pass(
                        call.once(key),
                        RolesApi::aims,
                        () -> Reply.of(201, given(Actor.of(call.caller(), call.origin()), form)))
                .respond();
    }

    @DeleteMapping("/permission-grants/{grant}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "takePermission", summary = "Take a permission back that was given by name")
    ResponseEntity<Object> take(OwnCall call, @PathVariable String grant) {
        Actor actor = Actor.of(call.caller(), call.origin());
        return door.pass(
                        call,
                        RolesApi::aims,
                        () -> change.make(actor, (_, _) -> {
                            GivenRow row = store.find(actor.organizationId(), grant)
                                    .orElseThrow(() -> ProblemException.notFound("permission-grant", grant));
                            store.delete(actor.organizationId(), grant);
                            log.append(
                                    actor,
                                    new DirectoryEntry.PermissionTaken(grant, row.principalId(), row.permission()),
                                    null);
                            return Reply.nothing();
                        }))
                .respond();
    }

    @PostMapping("/actions")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "addAction", summary = "Add a kind of action of the organization's own")
    @AnswersWith(ActionView.class)
    ResponseEntity<Object> addAction(Caller caller, Origin origin, IdempotencyKey key, @RequestBody ActionForm form) {
        if (Boolean.TRUE.equals(form.emergency())) {
            SessionsApi.demandSession(caller);
        }
        return idempotency.once(caller, key, () -> Reply.of(201, ActionView.of(added(Actor.of(caller, origin), form))));
    }

    private GivenRow given(Actor actor, GivenForm form) {
        Permission permission = Arrays.stream(Permission.values())
                .filter(known -> known.id().equals(form.permission()) && known.givenByName())
                .findFirst()
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-permission",
                        "permission",
                        "`" + form.permission() + "` is none of ask-on-behalf, redeem-for-others, breakglass-open"));
        return change.make(actor, (image, now) -> {
            GivenRow row = new GivenRow(
                    Ids.next(IdPrefix.PERMISSION_GRANT),
                    principal(image, form.principalId()),
                    permission.id(),
                    actions(image, form.actions()),
                    resources(image, form.resources()),
                    actor.principalId(),
                    now);
            store.insert(actor.organizationId(), row);
            log.append(
                    actor,
                    new DirectoryEntry.PermissionGiven(
                            row.id(), row.principalId(), row.permission(), row.actions(), row.resources()),
                    null);
            return row;
        });
    }

    private ActionType added(Actor actor, ActionForm form) {
        if (!ACTION_ID.matcher(form.id()).matches() || form.id().length() > MAX_TITLE) {
            throw ProblemException.badField(
                    "bad-id", "id", "an action's id is lower-case words joined by dots, for example `tool.call`");
        }
        if (form.title().isBlank() || form.title().length() > MAX_TITLE) {
            throw ProblemException.badField("bad-length", "title", "a title has 1 to 120 characters");
        }
        ActionType type = ActionType.own(
                form.id(),
                form.title().strip(),
                ThingName.description(form.description()),
                word(Risk.values(), "risk", form.risk()),
                word(ResourceLevel.values(), "level", form.level()),
                Boolean.TRUE.equals(form.deploying()),
                Boolean.TRUE.equals(form.emergency()));
        return change.make(actor, (image, now) -> {
            boolean free = image.actions().find(type.id()).isEmpty()
                    && store.insertAction(actor.organizationId(), type, actor.principalId(), now);
            if (!free) {
                throw ThingName.taken("action", type.id());
            }
            log.append(
                    actor,
                    new DirectoryEntry.ActionTypeAdded(
                            type.id(), type.title(), form.risk(), form.level(), type.deploying(), type.emergency()),
                    null);
            return type;
        });
    }

    private static String principal(DirectoryImage image, String name) {
        return image.principal(name)
                .map(Principal::id)
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-principal", "principalId", "there is no person or account `" + name + "`"));
    }

    private static List<String> actions(DirectoryImage image, List<String> names) {
        bounded("actions", names);
        for (String name : names) {
            if (image.actions().find(name).isEmpty()) {
                throw UnknownAction.named("actions", name);
            }
        }
        Duplicates.demandNone("actions", names, names);
        return names;
    }

    private static List<String> resources(DirectoryImage image, List<String> names) {
        bounded("resources", names);
        List<String> ids = names.stream()
                .map(name -> Arrays.stream(ResourceLevel.values())
                        .map(level -> image.resourceId(level, name))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseThrow(() -> ProblemException.badField(
                                "unknown-resource", "resources", "there is no resource `" + name + "`")))
                .toList();
        Duplicates.demandNone("resources", names, ids);
        return ids;
    }

    private static void bounded(String field, List<String> names) {
        if (names.isEmpty() || names.size() > MAX_LISTED) {
            throw ProblemException.badField(
                    "bad-length", field, field + " lists 1 to 100; nothing is given for everything");
        }
    }

    private static <T extends Enum<T>> T word(T[] known, String field, String word) {
        return Arrays.stream(known)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badField("unknown-word", field, "`" + word + "` is no " + field));
    }
}
