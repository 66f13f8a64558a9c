package io.countersign.core.policy;

/** When a vote must carry a note. */
public enum VoteReason {
    NEVER,
    ON_DENY,
    ALWAYS
}
