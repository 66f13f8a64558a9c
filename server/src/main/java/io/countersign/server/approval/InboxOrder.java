package io.countersign.server.approval;

import io.countersign.server.platform.ProblemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which order a list is read. */
enum InboxOrder {
    /** The newest first: falling numbers. */
    NEWEST,
    /** The soonest deadline first, and of equal ones the oldest. */
    DEADLINE;

    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})|([0-9]{1,18})\\.([0-9]{1,18})");

    /** A place in a list: the row at it, or before the first one. */
    record Mark(Instant deadline, long number) {}

    /** The place before the first row. */
    Mark start() {
        return switch (this) {
            case NEWEST -> new Mark(Instant.EPOCH, Long.MAX_VALUE);
            case DEADLINE -> new Mark(Instant.EPOCH, 0);
        };
    }

    /** The key that leads on behind a row. */
    String key(Mark mark) {
        return switch (this) {
            case NEWEST -> Long.toString(mark.number());
            case DEADLINE -> ChronoUnit.MICROS.between(Instant.EPOCH, mark.deadline()) + "." + mark.number();
        };
    }

    /** The place that a key names; the start for none. */
    Mark mark(String key) {
        if (key.isEmpty()) {
            return start();
        }
        Matcher parts = CURSOR.matcher(key);
        if (parts.matches() && (parts.group(1) != null) == (this == NEWEST)) {
            return switch (this) {
                case NEWEST -> new Mark(Instant.EPOCH, Long.parseLong(parts.group(1)));
                case DEADLINE ->
                    new Mark(
                            Instant.EPOCH.plus(Long.parseLong(parts.group(2)), ChronoUnit.MICROS),
                            Long.parseLong(parts.group(3)));
            };
        }
        throw ProblemException.badField(
                "bad-cursor", "cursor", "the cursor is none that this list gave out in this order");
    }
}
