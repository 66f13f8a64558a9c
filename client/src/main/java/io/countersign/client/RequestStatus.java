package io.countersign.client;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a request stands.
 *
 * @param number for example {@code AR-42}
 * @param deadline from when on no vote is accepted
 * @param payloadDigest the payload it is about
 * @param grant the grant that approval made, where there is one
 */
public record RequestStatus(
        String number, Stage stage, Instant deadline, String payloadDigest, Optional<Verdict.GrantReference> grant) {

    /** Where a request is in its life. */
    public enum Stage {
        /** People may vote. */
        PENDING,
        /** The grant waits to be redeemed. */
        APPROVED,
        /** The grant was redeemed; the outcome is awaited. */
        EXECUTING,
        /** Done, for better or worse. */
        EXECUTED,
        /** Somebody eligible said no. */
        DENIED,
        /** Nobody met it in time. */
        EXPIRED,
        /** Given up by its requester, or superseded. */
        CANCELLED,
        /** Approved, and not redeemed in time. */
        GRANT_EXPIRED,
        /** Approved, and taken back. */
        REVOKED,
        /** A word that a newer server says and this client does not know: never taken for an approval. */
        UNKNOWN;

        static Stage of(String word) {
            return Arrays.stream(values())
                    .filter(stage -> stage.name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-')
                            .equals(word))
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }

    /** Whether the grant waits to be redeemed. */
    public boolean approved() {
        return stage == Stage.APPROVED;
    }
}
