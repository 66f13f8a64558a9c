package io.countersign.core.audit;

/** One thing that happened; every kind is a record with named fields. */
public sealed interface Entry permits AccessEntry, ApprovalEntry, DirectoryEntry, GateEntry, PolicyEntry {

    /** Whether it stands out in every listing, and cannot be filtered away by default. */
    default boolean prominent() {
        return false;
    }
}
