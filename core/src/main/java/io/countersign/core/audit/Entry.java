package io.countersign.core.audit;

import org.jspecify.annotations.Nullable;

/** One thing that happened; every kind is a record with named fields. */
public sealed interface Entry
        permits AccessEntry,
                ApprovalEntry,
                BreakglassEntry,
                DirectoryEntry,
                GateEntry,
                NotificationEntry,
                OperationEntry,
                PolicyEntry,
                SigningEntry {

    /** Whether it stands out in every listing, and cannot be filtered away by default. */
    default boolean prominent() {
        return false;
    }

    /** The number of the request it is about, such as {@code AR-42}, if it is about one. */
    default @Nullable String requestNumber() {
        return null;
    }
}
