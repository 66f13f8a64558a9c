package io.countersign.server.directory;

import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Credential;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.countersign.server.platform.ServerClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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
    private final ServerClock clock;

    MeApi(Directory directory, ServerClock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** What the caller came with. */
    record CredentialView(
            String id,
            String kind,
            List<String> scopes,
            Instant signedInAt,
            @Nullable Instant expiresAt) {}

    /** The caller; the permissions are those that role and credential both reach. */
    record MeView(
            String id,
            String kind,
            String handle,
            String name,
            List<String> roles,
            List<String> teams,
            List<String> permissions,
            CredentialView credential,
            OrganizationInShort organization) {}

    /** The caller's organization; the set-up is shown on every page while it lasts. */
    record OrganizationInShort(String id, String handle, String name, SetUpView setUp) {}

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
                new OrganizationInShort(
                        image.organizationId(),
                        image.settings().handle(),
                        image.settings().name(),
                        SetUpView.of(image.setUp(), clock.nearly())));
    }
}
