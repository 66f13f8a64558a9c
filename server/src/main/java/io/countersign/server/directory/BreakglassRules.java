package io.countersign.server.directory;

import java.time.Duration;

/**
 * What an organization decides about its break-glass sessions.
 *
 * @param least how long a session is opened for at least
 * @param most how long at most; lowered, it ends those that have lasted longer
 * @param closureAfter how long after its end a closure may be missing
 * @param reviewAfter how long after its end a review may be missing
 * @param blocksNext whom a session without closure or review keeps from opening another one
 */
public record BreakglassRules(
        Duration least, Duration most, Duration closureAfter, Duration reviewAfter, Blocks blocksNext) {

    /** Whom an unsettled session keeps from opening another. */
    public enum Blocks {
        NOBODY,
        PERSON,
        TEAM
    }
}
