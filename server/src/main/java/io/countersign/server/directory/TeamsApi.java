package io.countersign.server.directory;

import io.countersign.server.audit.Actor;
import io.countersign.server.directory.MembershipStore.HolderRow;
import io.countersign.server.directory.TeamStore.TeamRow;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
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
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The teams of the organization; the members of a team are members of the team above it too. */
@RestController
@RequestMapping("/api/v1/teams")
@Tag(name = "Directory")
final class TeamsApi {

    private final TeamChanges changes;
    private final TeamStore teams;
    private final MembershipStore memberships;
    private final HandleStore handles;
    private final Idempotency idempotency;

    TeamsApi(
            TeamChanges changes,
            TeamStore teams,
            MembershipStore memberships,
            HandleStore handles,
            Idempotency idempotency) {
        this.changes = changes;
        this.teams = teams;
        this.memberships = memberships;
        this.handles = handles;
        this.idempotency = idempotency;
    }

    /** A team; the parent also by its handle. */
    record TeamView(
            String id,
            String handle,
            String name,
            @Nullable String parentId,
            @Nullable String parent,
            boolean countsAsDistinct,
            long memberCount,
            String createdBy,
            Instant createdAt,
            long version) {}

    /** Somebody who was given a place in a team or a role. */
    record HolderView(String id, String handle, String name, String grantedBy, Instant grantedAt) {

        static HolderView of(HolderRow row) {
            return new HolderView(row.id(), row.handle(), row.name(), row.grantedBy(), row.grantedAt());
        }
    }

    @GetMapping
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listTeams", summary = "Teams by handle")
    Page<TeamView> list(Caller caller, Paging paging) {
        return Page.of(teams.list(caller.organizationId(), paging.after(), paging.rows()), paging, TeamRow::handle)
                .map(TeamsApi::view);
    }

    @GetMapping("/{id}")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "readTeam", summary = "A team by id or @handle")
    ResponseEntity<TeamView> read(Caller caller, @PathVariable String id) {
        TeamRow team = teams.find(caller.organizationId(), teamId(caller, id))
                .orElseThrow(() -> ProblemException.notFound("team", id));
        return EntityTag.answer(view(team), team.version());
    }

    @PostMapping
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "addTeam", summary = "Add a team")
    @AnswersWith(TeamView.class)
    ResponseEntity<Object> add(
            Caller caller, Origin origin, IdempotencyKey key, @RequestBody TeamChanges.NewTeam body) {
        return idempotency.once(caller, key, () -> Reply.of(201, view(changes.add(Actor.of(caller, origin), body))));
    }

    @PatchMapping("/{id}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "editTeam", summary = "Edit a team, or put it below another one")
    ResponseEntity<TeamView> edit(
            Caller caller,
            Origin origin,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody TeamChanges.TeamEdit body) {
        TeamRow team = changes.edit(Actor.of(caller, origin), teamId(caller, id), EntityTag.demanded(ifMatch), body);
        return EntityTag.answer(view(team), team.version());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "removeTeam", summary = "Remove a team; its people stay")
    void remove(
            Caller caller,
            Origin origin,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        changes.delete(Actor.of(caller, origin), teamId(caller, id), EntityTag.offered(ifMatch));
    }

    @GetMapping("/{id}/members")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listTeamMembers", summary = "Who is directly in a team, and who put them there")
    Page<HolderView> members(Caller caller, Paging paging, @PathVariable String id) {
        return Page.of(
                        memberships.members(caller.organizationId(), teamId(caller, id), paging.after(), paging.rows()),
                        paging,
                        HolderRow::handle)
                .map(HolderView::of);
    }

    @PutMapping("/{id}/members/{personId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "addTeamMember", summary = "Put a person into a team")
    void join(Caller caller, Origin origin, @PathVariable String id, @PathVariable String personId) {
        changes.join(Actor.of(caller, origin), teamId(caller, id), personId(caller, personId));
    }

    @DeleteMapping("/{id}/members/{personId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "removeTeamMember", summary = "Take a person out of a team")
    void leave(Caller caller, Origin origin, @PathVariable String id, @PathVariable String personId) {
        changes.leave(Actor.of(caller, origin), teamId(caller, id), personId(caller, personId));
    }

    private String teamId(Caller caller, String idOrAtHandle) {
        return handles.find(caller.organizationId(), HandleStore.TEAM, idOrAtHandle)
                .orElseThrow(() -> ProblemException.notFound("team", idOrAtHandle));
    }

    private String personId(Caller caller, String idOrAtHandle) {
        return handles.find(caller.organizationId(), HandleStore.PERSON, idOrAtHandle)
                .orElseThrow(() -> ProblemException.notFound("person", idOrAtHandle));
    }

    private static TeamView view(TeamRow row) {
        return new TeamView(
                row.id(),
                row.handle(),
                row.name(),
                row.parentId(),
                row.parentHandle() == null ? null : "@" + row.parentHandle(),
                row.countsAsDistinct(),
                row.memberCount(),
                row.createdBy(),
                row.createdAt(),
                row.version());
    }
}
