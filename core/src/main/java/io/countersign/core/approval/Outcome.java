package io.countersign.core.approval;

import java.time.Instant;

/** How an execution ended, as its redeemer reported it; the first report stands. */
public record Outcome(Result result, Instant at) {

    /** What became of it. */
    public enum Result {
        SUCCEEDED,
        FAILED,
        NOT_REPORTED
    }
}
