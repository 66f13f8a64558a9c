package io.countersign.core.breakglass;

/** What ended a session. */
public enum EndCause {
    TIME,
    REVOKED,
    OWNER_DISABLED,
    PERMISSION_TAKEN,
    MAXIMUM_LOWERED
}
