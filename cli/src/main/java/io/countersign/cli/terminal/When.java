package io.countersign.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Moments in a person's words.
 *
 * @param now the moment they are told from
 * @param zone the reader's own zone
 */
public record When(Instant now, ZoneId zone) {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

    /** How far away the moment is: {@code 3 h ago}, {@code in 6 d}. */
    public String relative(Instant moment) {
        Duration away = Duration.between(now, moment);
        String size = size(away.abs());
        if (away.abs().compareTo(Duration.ofSeconds(5)) < 0) {
            return "now";
        }
        return away.isNegative() ? size + " ago" : "in " + size;
    }

    /** The moment in UTC, in the reader's own time where that differs, and how far away it is. */
    public String full(Instant moment) {
        return relative(moment) + " (" + clock(moment) + ")";
    }

    /** The same behind a word such as {@code until}: the moment first, and then how far away it is. */
    public String end(Instant moment) {
        return clock(moment) + " (" + relative(moment) + ")";
    }

    private String clock(Instant moment) {
        String local = zone.getRules().getOffset(moment).equals(ZoneOffset.UTC)
                ? ""
                : ", " + LOCAL.format(moment.atZone(zone)) + " here";
        return UTC.format(moment) + local;
    }

    /** A span by its largest unit, and the next one where it says something. */
    public static String size(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        if (seconds < 86_400) {
            long minutes = seconds % 3600 / 60;
            return seconds / 3600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
        }
        long hours = seconds % 86_400 / 3600;
        return seconds / 86_400 + " d" + (hours == 0 ? "" : " " + hours + " h");
    }
}
