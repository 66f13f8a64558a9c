package io.countersign.core.action;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rule for free words people give: trimmed, and of 1 to 4,000 characters of which at least one is visible. */
public final class Reason {

    /** The longest accepted text, in characters. */
    public static final int MAX_LENGTH = 4_000;

    private Reason() {}

    /** The trimmed text, or nothing when there is none or no character of it can be seen. */
    public static Optional<String> of(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        String trimmed = text.strip();
        for (int at = 0; at < trimmed.length(); at += Character.charCount(trimmed.codePointAt(at))) {
            if (visible(trimmed.codePointAt(at))) {
                return Optional.of(trimmed);
            }
        }
        return Optional.empty();
    }

    /** Whether the text is longer than accepted. */
    public static boolean tooLong(String text) {
        return text.codePointCount(0, text.length()) > MAX_LENGTH;
    }

    /** Whether this character, alone, would be seen. */
    public static boolean visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK -> false;
            default -> codePoint != 0x2800 && codePoint != 0x3164 && codePoint != 0x115F && codePoint != 0x1160;
        };
    }
}
