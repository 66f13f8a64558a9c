package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.server.directory.SessionStore.SignIn;
import io.countersign.server.directory.TokenStore.Token;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Credential;
import io.countersign.server.platform.CredentialKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session or token as it was when the organization's credentials were last to be forgotten.
 *
 * @param epoch the credential epoch it was read at
 * @param endedAt when it was ended before its time, or null
 * @param lastSeenAt when its use was last written down; null for a token that was never used
 * @param idleEndsAt when it ends because nobody uses it; null for a token
 */
record KnownCredential(
        Caller caller,
        long epoch,
        Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable Instant lastSeenAt,
        @Nullable Instant idleEndsAt) {

    static KnownCredential of(SignIn signIn, Duration idle, long epoch) {
        Credential credential = new Credential(
                signIn.id(),
                CredentialKind.SESSION,
                Set.of(),
                signIn.personId(),
                signIn.signedInAt(),
                signIn.expiresAt());
        return new KnownCredential(
                new Caller(signIn.orgId(), signIn.personId(), PrincipalKind.PERSON, credential),
                epoch,
                signIn.expiresAt(),
                signIn.endedAt(),
                signIn.lastSeenAt(),
                signIn.lastSeenAt().plus(idle));
    }

    static KnownCredential of(Token token, PrincipalKind kind, long epoch) {
        Credential credential = new Credential(
                token.id(),
                CredentialKind.TOKEN,
                Set.copyOf(token.scopes()),
                token.makerId(),
                token.madeAt(),
                token.expiresAt());
        return new KnownCredential(
                new Caller(token.orgId(), token.principalId(), kind, credential),
                epoch,
                token.expiresAt(),
                token.revokedAt(),
                token.lastUsedAt(),
                null);
    }

    /** Whether it still lets in at this instant. */
    boolean stands(Instant now) {
        return endedAt == null && now.isBefore(expiresAt) && (idleEndsAt == null || now.isBefore(idleEndsAt));
    }

    /** Whether its use is to be written down again. */
    boolean toBeTouched(Instant now, Duration every) {
        return lastSeenAt == null || !now.isBefore(lastSeenAt.plus(every));
    }

    /** The same, used just now. */
    KnownCredential seen(Instant now) {
        if (lastSeenAt == null || idleEndsAt == null) {
            return new KnownCredential(caller, epoch, expiresAt, endedAt, now, idleEndsAt);
        }
        Duration idle = Duration.between(lastSeenAt, idleEndsAt);
        return new KnownCredential(caller, epoch, expiresAt, endedAt, now, now.plus(idle));
    }
}
