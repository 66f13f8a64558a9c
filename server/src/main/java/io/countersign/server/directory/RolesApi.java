package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.MembershipStore.HolderRow;
import io.countersign.server.directory.RoleStore.RoleRow;
import io.countersign.server.directory.TeamsApi.HolderView;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The roles of the organization: six built in, and its own, which carry what every working role carries. */
@RestController
@RequestMapping("/api/v1/roles")
@Tag(name = "Directory")
final class RolesApi {

    private final OwnDoor door;
    private final RoleChanges changes;
    private final RoleStore roles;
    private final MembershipStore memberships;
    private final Idempotency idempotency;

    RolesApi(OwnDoor door, RoleChanges changes, RoleStore roles, MembershipStore memberships, Idempotency idempotency) {
        this.door = door;
        this.changes = changes;
        this.roles = roles;
        this.memberships = memberships;
        this.idempotency = idempotency;
    }

    /** A role and what it carries. */
    record RoleView(
            String id,
            String name,
            String description,
            boolean builtIn,
            List<String> permissions,
            long holderCount,
            long version) {}

    /** A role to be added; the id is what policies name. */
    record NewRole(String id, String name, @Nullable String description) {}

    /** What is to change about a role; what is null stays. */
    record RoleEdit(@Nullable String name, @Nullable String description) {}

    @GetMapping
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listRoles", summary = "Roles by id")
    Page<RoleView> list(Caller caller, Paging paging) {
        return Page.of(
                        roles.list(caller.organizationId(), paging.after(), paging.rows()),
                        paging,
                        row -> row.role().id())
                .map(RolesApi::view);
    }

    @GetMapping("/{id}")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "readRole", summary = "A role")
    ResponseEntity<RoleView> read(Caller caller, @PathVariable String id) {
        RoleRow row = found(caller, id);
        return EntityTag.answer(view(row), row.version());
    }

    @PostMapping
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "addRole", summary = "Add a role of your own")
    @AnswersWith(RoleView.class)
    ResponseEntity<Object> add(Caller caller, Origin origin, IdempotencyKey key, @RequestBody NewRole body) {
        return idempotency.once(
                caller,
                key,
                () -> Reply.of(
                        201, view(changes.add(Actor.of(caller, origin), body.id(), body.name(), body.description()))));
    }

    @PatchMapping("/{id}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "editRole", summary = "Edit a role of your own")
    ResponseEntity<RoleView> edit(
            Caller caller,
            Origin origin,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody RoleEdit body) {
        RoleRow row = changes.edit(
                Actor.of(caller, origin), id, EntityTag.demanded(ifMatch), body.name(), body.description());
        return EntityTag.answer(view(row), row.version());
    }

    @DeleteMapping("/{id}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "removeRole", summary = "Remove a role of your own")
    ResponseEntity<Object> remove(OwnCall call, @PathVariable String id) {
        @Nullable Long version = EntityTag.offered(call.ifMatch());
        return pass(call, actor -> changes.delete(actor, id, version));
    }

    @GetMapping("/{id}/holders")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listRoleHolders", summary = "Who holds a role, and who gave it")
    Page<HolderView> holders(Caller caller, Paging paging, @PathVariable String id) {
        found(caller, id);
        return Page.of(
                        memberships.holders(caller.organizationId(), id, paging.after(), paging.rows()),
                        paging,
                        HolderRow::handle)
                .map(HolderView::of);
    }

    @PutMapping("/{id}/holders/{personId}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "giveRole", summary = "Give a role to a person or account")
    ResponseEntity<Object> give(OwnCall call, @PathVariable String id, @PathVariable String personId) {
        return pass(call, actor -> changes.give(actor, id, personId));
    }

    @DeleteMapping("/{id}/holders/{personId}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "takeRole", summary = "Take a role from a person or account")
    ResponseEntity<Object> take(OwnCall call, @PathVariable String id, @PathVariable String personId) {
        return pass(call, actor -> changes.take(actor, id, personId));
    }

    private ResponseEntity<Object> pass(OwnCall call, Consumer<Actor> change) {
        return door.pass(call, RolesApi::aims, () -> {
                    change.accept(Actor.of(call.caller(), call.origin()));
                    return Reply.nothing();
                })
                .respond();
    }

    /** What a change of who may do what is, to the rules. */
    static List<OwnDoor.Aim> aims(DirectoryImage image) {
        return List.of(OwnDoor.Aim.onOrganization("role.change", image));
    }

    private RoleRow found(Caller caller, String id) {
        return roles.find(caller.organizationId(), id).orElseThrow(() -> ProblemException.notFound("role", id));
    }

    private static RoleView view(RoleRow row) {
        return new RoleView(
                row.role().id(),
                row.role().name(),
                row.role().description(),
                row.role().builtIn(),
                Rights.of(PrincipalKind.PERSON, List.of(row.role().id())).stream()
                        .filter(permission -> permission != Permission.PUBLIC && permission != Permission.SIGNED_IN)
                        .map(Permission::id)
                        .toList(),
                row.holderCount(),
                row.version());
    }
}
