package io.countersign.core.breakglass;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an owner is reminded of while his session is active. */
public enum Reminder {
    ENDS_SOON,
    IDLE;

    /** How long before its end the owner is reminded. */
    public static final Duration BEFORE_END = Duration.ofMinutes(10);

    /** How long nothing may be done in it before he is reminded to close it. */
    public static final Duration IDLE_FOR = Duration.ofMinutes(15);

    /** Whether it is time for it; {@code lastUse} is when something was done in the session last, or none. */
    public boolean dueAt(Instant now, SessionState.Active active, @Nullable Instant lastUse) {
        return switch (this) {
            case ENDS_SOON -> !now.isBefore(active.end().minus(BEFORE_END));
            case IDLE -> !now.isBefore(quietSince(active, lastUse).plus(IDLE_FOR));
        };
    }

    /** Since when nothing has been done in it. */
    public static Instant quietSince(SessionState.Active active, @Nullable Instant lastUse) {
        return lastUse == null || lastUse.isBefore(active.start()) ? active.start() : lastUse;
    }
}
