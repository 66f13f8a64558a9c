package io.countersign.core.breakglass;

import java.time.Duration;
import java.time.Instant;

/** Where a session is in its life; it goes forward only. */
public sealed interface SessionState {

    /** Its opening waits for approval. */
    record Requested() implements SessionState {}

    /** Its opening came to nothing. */
    record NotOpened(String why) implements SessionState {}

    /** It lets its owner pass. */
    record Active(Instant start, Instant end) implements SessionState {}

    /** It is over, and owes a closure and a review. */
    record Ended(Instant start, Instant end, EndCause cause) implements SessionState {

        /** How long it was active. */
        public Duration lasted() {
            return Duration.between(start, end);
        }
    }
}
