package io.countersign.server.platform;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller authenticated with; never the secret itself.
 *
 * @param scopes what a token was made for; a session's are not consulted, it reaches everything its person may
 * @param maker the principal that made the token; whoever signed in, for a session
 * @param signedInAt when the sign-in happened, or when the token was made
 * @param expiresAt when it ends by itself, or never
 */
public record Credential(
        String id,
        CredentialKind kind,
        Set<String> scopes,
        String maker,
        Instant signedInAt,
        @Nullable Instant expiresAt) {

    public Credential {
        scopes = Set.copyOf(scopes);
    }
}
