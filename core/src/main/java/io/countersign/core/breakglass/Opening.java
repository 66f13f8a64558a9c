package io.countersign.core.breakglass;

import java.time.Instant;

/** How a session began, or why it has not. */
public sealed interface Opening {

    /** No rule gated it. */
    record AtOnce(Instant at) implements Opening {}

    /** Its request waits for votes. */
    record Awaited() implements Opening {}

    /** Its request was approved; from then on it runs, without any further act. */
    record Approved(Instant at) implements Opening {}

    /** Its request came to nothing: {@code denied}, {@code expired} or {@code cancelled}. */
    record Refused(String how) implements Opening {}
}
