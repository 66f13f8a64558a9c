package io.countersign.client;

import java.io.Serial;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when what was to be done may not be done: it was denied, or nobody approved it in time. */
public final class NotPermittedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Verdict.@Nullable Deny denial;
    private final transient @Nullable RequestStatus status;

    NotPermittedException(Verdict.Deny denial) {
        super(denial.code() + ": " + denial.sentence());
        this.denial = denial;
        this.status = null;
    }

    NotPermittedException(RequestStatus status) {
        super(status.number() + " is "
                + status.stage().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        this.denial = null;
        this.status = status;
    }

    /** The gate's no, where it said one at once. */
    public Optional<Verdict.Deny> denial() {
        return Optional.ofNullable(denial);
    }

    /** The request that was not approved, or not in time, where there is one. */
    public Optional<RequestStatus> status() {
        return Optional.ofNullable(status);
    }
}
