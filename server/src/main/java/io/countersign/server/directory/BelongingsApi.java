package io.countersign.server.directory;

import io.countersign.server.directory.MembershipStore.BelongingRow;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.countersign.server.platform.ServerClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a person belongs, with who decided it, and where he is signed in. */
@RestController
@RequestMapping("/api/v1/people/{id}")
@Tag(name = "Directory")
final class BelongingsApi {

    private final MembershipStore memberships;
    private final SessionStore sessions;
    private final HandleStore handles;
    private final ServerClock clock;

    BelongingsApi(MembershipStore memberships, SessionStore sessions, HandleStore handles, ServerClock clock) {
        this.memberships = memberships;
        this.sessions = sessions;
        this.handles = handles;
        this.clock = clock;
    }

    /** The roles a person holds and the teams he is directly in. */
    record Belongings(List<BelongingRow> roles, List<BelongingRow> teams) {}

    /** A sign-in of somebody that still stands. */
    record StandingSession(String id, Instant signedInAt, Instant lastSeenAt, Instant expiresAt) {}

    /** All of them. */
    record StandingSessions(List<StandingSession> items) {}

    @GetMapping("/memberships")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listMemberships", summary = "A person's roles and teams, with who gave each and when")
    Belongings memberships(Caller caller, @PathVariable String id) {
        String personId = personId(caller, id);
        return new Belongings(
                memberships.rolesOf(caller.organizationId(), personId),
                memberships.teamsOf(caller.organizationId(), personId));
    }

    @GetMapping("/sessions")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "listSessionsOfPerson", summary = "Where a person is signed in")
    StandingSessions sessions(Caller caller, @PathVariable String id) {
        return new StandingSessions(
                sessions.standing(caller.organizationId(), personId(caller, id), clock.now()).stream()
                        .map(one -> new StandingSession(one.id(), one.signedInAt(), one.lastSeenAt(), one.expiresAt()))
                        .toList());
    }

    private String personId(Caller caller, String idOrAtHandle) {
        return handles.find(caller.organizationId(), HandleStore.PERSON, idOrAtHandle)
                .orElseThrow(() -> ProblemException.notFound("person", idOrAtHandle));
    }
}
