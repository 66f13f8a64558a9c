package io.countersign.core.approval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a request is in its life; every request has exactly one end, and no end is ever left. */
public sealed interface RequestState {

    /** Name of the request that took its place, or nothing where none did. */
    default @Nullable String successor() {
        return null;
    }

    /** A state that is never left. */
    sealed interface End extends RequestState {}

    /** Waiting for votes. */
    record Pending() implements RequestState {}

    /** Every requirement was met; the grant waits to be used. */
    record Approved(Grant grant) implements RequestState {}

    /** The grant was used; the outcome is awaited. */
    record Executing(Grant grant, Execution execution) implements RequestState {}

    /** Done, for better or worse. */
    record Executed(Grant grant, Execution execution, Outcome outcome) implements End {}

    /** Somebody eligible said no. */
    record Denied(String personId, Instant at) implements End {}

    /** Nobody met it in time. */
    record Expired(Instant at) implements End {}

    /** Withdrawn by its requester, or superseded by another ask. */
    record Cancelled(Instant at, @Nullable String successor) implements End {}

    /** Approved, and not used in time. */
    record GrantExpired(Grant grant, Instant at) implements End {}

    /** Approved, and taken back before use; by another ask when there is a successor. */
    record Revoked(
            Grant grant, String by, Instant at, @Nullable String successor) implements End {}
}
