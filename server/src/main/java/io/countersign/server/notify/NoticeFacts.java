package io.countersign.server.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gathers what is told of an entry, each value made one line that shows what it is: nothing in it is hidden or too long. */
final class NoticeFacts {

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}]+");
    private static final int LONGEST = 1_000;

    private final Map<String, String> facts = new LinkedHashMap<>();

    NoticeFacts add(String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.put(name, line(value));
        }
        return this;
    }

    NoticeFacts add(String name, @Nullable Instant value) {
        return add(
                name,
                value == null ? null : value.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    NoticeFacts add(String name, Duration value) {
        return add(name, value.toString());
    }

    NoticeFacts add(String name, long value) {
        return add(name, Long.toString(value));
    }

    NoticeFacts add(String name, Collection<String> values) {
        return add(name, String.join(", ", values));
    }

    Map<String, String> all() {
        return facts;
    }

    /** The text as one visible line of at most 1,000 characters. */
    static String line(String text) {
        String visible = UNSEEN.matcher(text).replaceAll(" ").strip();
        if (visible.length() <= LONGEST) {
            return visible;
        }
        int end = Character.isHighSurrogate(visible.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return visible.substring(0, end) + " ...";
    }
}
