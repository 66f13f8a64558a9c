package io.countersign.server.directory;

import io.countersign.core.action.Glyphs;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the fields of a body must be like; all that is wrong is told at once. */
final class Fields {

    private static final Pattern HANDLE = Pattern.compile("[a-z0-9._-]{1,63}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,189}");
    private static final int NAME = 120;
    private static final int DESCRIPTION = 1_000;
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 256;

    private final List<Fault> faults = new ArrayList<>();

    /** Notes that something is wrong with a field. */
    Fields wrong(String field, String code, String message) {
        faults.add(Fault.of(code, field, message));
        return this;
    }

    /** A handle in its one spelling: lower case, without a leading {@code @}. */
    String handle(String field, String value) {
        String bare = value.startsWith("@") ? value.substring(1) : value;
        String handle = bare.toLowerCase(Locale.ROOT);
        if (!HANDLE.matcher(handle).matches()) {
            wrong(field, "wrong-value", "a handle is 1 to 63 of the characters a-z 0-9 . _ -, not `" + value + "`");
        }
        return handle;
    }

    /** A trimmed name of 1 to 120 visible characters. */
    String name(String field, String value) {
        String name = value.strip();
        if (name.isEmpty() || length(name) > NAME || !Glyphs.isLine(name)) {
            wrong(field, "wrong-value", "`" + field + "` is 1 to " + NAME + " visible characters");
        }
        return name;
    }

    /** A trimmed text of at most 1,000 characters. */
    String description(String field, @Nullable String value) {
        String text = value == null ? "" : value.strip();
        if (length(text) > DESCRIPTION) {
            wrong(field, "wrong-value", "`" + field + "` is at most " + DESCRIPTION + " characters");
        }
        return text;
    }

    /** An e-mail address, or none for an absent or empty one. */
    @Nullable
    String email(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String email = value.strip();
        if (!EMAIL.matcher(email).matches() || !Glyphs.isLine(email)) {
            wrong(field, "wrong-value", "`" + value + "` is no e-mail address");
        }
        return email;
    }

    /** One of the words. */
    String oneOf(String field, String value, Set<String> words) {
        if (!words.contains(value)) {
            String known = String.join(", ", words.stream().sorted().toList());
            wrong(field, "wrong-value", "`" + field + "` is one of " + known + ", not `" + value + "`");
        }
        return value;
    }

    /** A whole number within bounds. */
    long number(String field, long value, long least, long most) {
        if (value < least || value > most) {
            wrong(field, "wrong-value", "`" + field + "` is a number from " + least + " to " + most);
        }
        return value;
    }

    /** Refuses a password that is too short, too long, or one of the words everybody tries first. */
    Fields password(String field, String password, String... known) {
        int length = length(password);
        if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
            wrong(
                    field,
                    length < SHORTEST_PASSWORD ? "password-too-short" : "password-too-long",
                    "a password has " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters");
        }
        for (String word : known) {
            if (password.strip().equalsIgnoreCase(word)) {
                wrong(field, "password-guessable", "a password is neither the handle nor the organization's name");
            }
        }
        return this;
    }

    /** Ends the call with 400 when anything is wrong. */
    void check() {
        if (!faults.isEmpty()) {
            Fault first = faults.getFirst();
            throw Problem.of(400, first.code(), first.message()).faults(faults).raise();
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
