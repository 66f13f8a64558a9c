package io.countersign.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads spans of time as people type them. */
public final class Spans {

    private static final Pattern SHORT = Pattern.compile("([1-9][0-9]{0,8})(s|m|min|h|d)");

    private Spans() {}

    /** Reads {@code 30d}, {@code 12h}, {@code 45m}, {@code 10s} or ISO 8601 ({@code PT45M}). */
    public static Duration read(String option, String text) {
        Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> Duration.ofMinutes(count);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw new CommandFailure(
                    ExitCode.USAGE, option + ": `" + text + "` is no span of time", "write it like 45m, 12h or 30d");
        }
    }

    /** A span as the server reads it; whole days stay days. */
    public static String iso(Duration span) {
        boolean wholeDays =
                span.toSeconds() > 0 && span.toSeconds() % Duration.ofDays(1).toSeconds() == 0;
        return wholeDays ? "P" + span.toDays() + "D" : span.toString();
    }
}
