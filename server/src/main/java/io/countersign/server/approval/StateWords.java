package io.countersign.server.approval;

import io.countersign.core.approval.Execution;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.Outcome;
import io.countersign.core.approval.RequestState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words for states, in the database and in every answer. */
public final class StateWords {

    private StateWords() {}

    /** For example {@code grant-expired}. */
    public static String of(RequestState state) {
        return switch (state) {
            case RequestState.Pending _ -> "pending";
            case RequestState.Approved _ -> "approved";
            case RequestState.Executing _ -> "executing";
            case RequestState.Executed _ -> "executed";
            case RequestState.Denied _ -> "denied";
            case RequestState.Expired _ -> "expired";
            case RequestState.Cancelled _ -> "cancelled";
            case RequestState.GrantExpired _ -> "grant-expired";
            case RequestState.Revoked _ -> "revoked";
        };
    }

    /** For example {@code not-reported}. */
    static String of(Outcome.Result result) {
        return result.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static @Nullable Grant grantOf(RequestState state) {
        return switch (state) {
            case RequestState.Approved approved -> approved.grant();
            case RequestState.Executing executing -> executing.grant();
            case RequestState.Executed executed -> executed.grant();
            case RequestState.GrantExpired expired -> expired.grant();
            case RequestState.Revoked revoked -> revoked.grant();
            case RequestState.Pending _, RequestState.Denied _, RequestState.Expired _, RequestState.Cancelled _ ->
                null;
        };
    }

    public static @Nullable Execution executionOf(RequestState state) {
        return switch (state) {
            case RequestState.Executing executing -> executing.execution();
            case RequestState.Executed executed -> executed.execution();
            case RequestState.Pending _, RequestState.Approved _, RequestState.End _ -> null;
        };
    }
}
