package io.countersign.server.gate;

import io.countersign.server.platform.Problem;

/** What the transaction of an ask came to; refusals are values here, so that what they wrote is kept. */
sealed interface Judged {

    /**
     * An answer of the gate.
     *
     * @param opened whether a request was opened by this very ask
     */
    record Told(GateAnswer answer, boolean opened) implements Judged {}

    record Refused(Problem problem) implements Judged {}

    /** An equal ask was faster by a moment; all of this one must be undone, and then it finds that one's request. */
    record AskedAtOnce() implements Judged {}
}
