package io.countersign.server.directory;

import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Credential;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.countersign.server.platform.ServerClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a caller who he is here, and what he may do. */
@RestController
@Tag(name = "Access")
final class MeApi {

    private final Directory directory;
    private final PersonStore people;
    private final ServerClock clock;

    MeApi(Directory directory, PersonStore people, ServerClock clock) {
        this.directory = directory;
        this.people = people;
        this.clock = clock;
    }

    /** What the caller came with. */
    record CredentialView(
            String id,
            String kind,
            List<String> scopes,
            Instant signedInAt,
            @Nullable Instant expiresAt) {}

    /**
     * The caller; the permissions are those that role and credential both reach.
     *
     * @param email his address; none for accounts
     * @param bulkVoting whether he may vote on many requests at once, and why not
     */
    record MeView(
            String id,
            String kind,
            String handle,
            String name,
            @Nullable String email,
            List<String> roles,
            List<String> teams,
            List<String> permissions,
            CredentialView credential,
            BulkVoting bulkVoting,
            OrganizationInShort organization,
            ClockInShort clock) {}

    /** Whether the caller may vote on many requests at once, and why not. */
    record BulkVoting(boolean allowed, @Nullable String why) {}

    /**
     * The caller's organization; the set-up is shown on every page while it lasts.
     *
     * @param zone the time zone of windows that name none
     * @param staleAfter how long a request may be pending before it is flagged
     */
    record OrganizationInShort(
            String id, String handle, String name, String zone, Duration staleAfter, SetUpView setUp) {}

    /**
     * The server's time.
     *
     * @param simulated whether it is moved by hand, for demos and tests
     * @param recentSignIn how recent a sign-in must be for a vote on something critical
     */
    record ClockInShort(Instant now, boolean simulated, Duration recentSignIn) {}

    @GetMapping("/api/v1/me")
    @Requires(Permission.SIGNED_IN)
    @Operation(operationId = "readMe", summary = "Who you are here, and what you may do")
    MeView me(Caller caller) {
        DirectoryImage image = directory.fresh(caller.organizationId());
        Principal principal = image.principal(caller.principalId())
                .orElseThrow(() -> ProblemException.notFound("principal", caller.principalId()));
        Credential credential = caller.credential();
        return new MeView(
                principal.id(),
                JsonWords.of(principal.kind()),
                principal.handle(),
                principal.name(),
                people.find(caller.organizationId(), principal.id())
                        .map(PersonStore.PersonRow::email)
                        .orElse(null),
                principal.roles().stream().sorted().toList(),
                image.people().person(principal.id()).stream()
                        .flatMap(person -> person.teams().stream())
                        .flatMap(team -> image.handleOf(team).stream())
                        .sorted()
                        .toList(),
                Stream.of(Permission.values())
                        .filter(permission -> permission != Permission.PUBLIC && permission != Permission.SIGNED_IN)
                        .filter(permission -> permission.isWithin(credential))
                        .filter(permission -> image.holds(principal.id(), permission))
                        .map(Permission::id)
                        .toList(),
                new CredentialView(
                        credential.id(),
                        JsonWords.of(credential.kind()),
                        credential.scopes().stream().sorted().toList(),
                        credential.signedInAt(),
                        credential.expiresAt()),
                bulkVoting(image, caller),
                new OrganizationInShort(
                        image.organizationId(),
                        image.settings().handle(),
                        image.settings().name(),
                        image.settings().zone().getId(),
                        image.settings().staleAfter(),
                        SetUpView.of(image.setUp(), clock.nearly())),
                new ClockInShort(clock.nearly(), clock.simulated(), Credentials.RECENT));
    }

    private static BulkVoting bulkVoting(DirectoryImage image, Caller caller) {
        if (!image.holds(caller.principalId(), Permission.VOTE_IN_BULK)) {
            return new BulkVoting(false, "only an admin or a compliance officer votes on many requests at once");
        }
        return Permission.VOTE_IN_BULK.isWithin(caller.credential())
                ? new BulkVoting(true, null)
                : new BulkVoting(false, "this token does not name the scope `vote`");
    }
}
