package io.countersign.core.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened at the doors: sign-ins, links, tokens. */
public sealed interface AccessEntry extends Entry {

    /** A caller was refused because he may not: 403. */
    record CallRefused(String method, String path, String code, String detail) implements AccessEntry {}

    /** So many more refusals of one principal within so many seconds, beyond those that have an entry each. */
    record CallsRefused(String principalId, long calls, long seconds) implements AccessEntry {}

    /** A person signed in. */
    record SignedIn(String personId, String sessionId, String transport, Instant expiresAt) implements AccessEntry {}

    /** Somebody failed to sign in; the person is named where there is one of that handle. */
    record SignInFailed(String handle, @Nullable String personId, String address) implements AccessEntry {}

    /** A person gave the password once more in a session that stands. */
    record SignInConfirmed(String personId, String sessionId) implements AccessEntry {}

    /** A person signed out of one session. */
    record SignedOut(String personId, String sessionId) implements AccessEntry {}

    /** A person signed out everywhere. */
    record SignedOutEverywhere(String personId, int sessions) implements AccessEntry {}

    /** A one-time link was made, with which a person sets a password. */
    record LinkMade(String linkId, String personId, String kind, Instant expiresAt) implements AccessEntry {}

    /** A one-time link was used up and a password set. */
    record LinkOpened(String linkId, String personId, String kind, String makerId, int endedSessions)
            implements AccessEntry {}

    /** A person changed the password. */
    record PasswordChanged(String personId, int endedSessions) implements AccessEntry {}

    /** Somebody independent of the link's maker confirmed that the right person uses the credential. */
    record CredentialConfirmed(String personId, String makerId) implements AccessEntry {}

    /** An API token was made. */
    record TokenMade(String tokenId, String principalId, String name, List<String> scopes, Instant expiresAt)
            implements AccessEntry {}

    /** An API token was revoked before its time. */
    record TokenRevoked(String tokenId, String principalId, boolean compromised) implements AccessEntry {

        @Override
        public boolean prominent() {
            return compromised;
        }
    }
}
