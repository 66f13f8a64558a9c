package io.countersign.cli.terminal;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Makes text safe to look at: whatever would be invisible, would reorder the line or would steer the terminal is shown
 * as a mark such as {@code ⟨U+202E⟩} instead, and so is a letter of another script within a Latin word.
 *
 * @param unicode whether the terminal shows more than ASCII; where not, all other characters are marked
 */
public record Visible(boolean unicode) {

    private static final int COMBINING_ALLOWED = 3;
    private static final int ESCAPE = 0x1b;
    private static final int IDEOGRAPHIC_SPACE = 0x3000;
    private static final Set<UnicodeScript> LOOK_LATIN = EnumSet.of(
            UnicodeScript.CYRILLIC,
            UnicodeScript.GREEK,
            UnicodeScript.ARMENIAN,
            UnicodeScript.CHEROKEE,
            UnicodeScript.COPTIC,
            UnicodeScript.LISU,
            UnicodeScript.DESERET);

    /** One line: line breaks and tabs are marked too. */
    public String line(String text) {
        return show(text, false);
    }

    /** Several lines: line feeds and tabs stay, everything else is as in {@link #line}. */
    public String block(String text) {
        return show(text, true);
    }

    /** Whether the character is shown as it is, wherever it stands. */
    public boolean harmless(int codePoint) {
        if (codePoint >= ' ' && codePoint <= '~') {
            return true;
        }
        return unicode && codePoint > '~' && !hides(codePoint);
    }

    private String show(String text, boolean block) {
        StringBuilder shown = new StringBuilder(text.length());
        int combining = 0;
        int wordEnd = 0;
        boolean latin = false;
        for (int at = 0; at < text.length(); ) {
            if (at >= wordEnd) {
                wordEnd = word(text, at);
                latin = isLatin(text, at, wordEnd);
            }
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            combining = combines(codePoint) ? combining + 1 : 0;
            boolean layout = block && (codePoint == '\n' || codePoint == '\t');
            boolean poses = latin && LOOK_LATIN.contains(UnicodeScript.of(codePoint));
            if (layout || (harmless(codePoint) && combining <= COMBINING_ALLOWED && !poses)) {
                shown.appendCodePoint(codePoint);
            } else {
                mark(shown, codePoint);
            }
        }
        return shown.toString();
    }

    /** The end of the run of letters and digits that begins here; of one character where none does. */
    private static int word(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isLetterOrDigit(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return Math.max(at, from + 1);
    }

    private static boolean isLatin(String text, int from, int to) {
        return text.substring(from, to)
                .codePoints()
                .anyMatch(codePoint -> UnicodeScript.of(codePoint) == UnicodeScript.LATIN);
    }

    private void mark(StringBuilder shown, int codePoint) {
        shown.append(unicode ? '⟨' : '<');
        switch (codePoint) {
            case ESCAPE -> shown.append("ESC");
            case '\r' -> shown.append("CR");
            case '\n' -> shown.append("LF");
            case '\t' -> shown.append("TAB");
            default -> shown.append("U+%04X".formatted(codePoint));
        }
        shown.append(unicode ? '⟩' : '>');
    }

    private static boolean combines(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** Whether the character is invisible, changes the direction, or has no agreed look. */
    static boolean hides(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> codePoint != ' ' && codePoint != IDEOGRAPHIC_SPACE;
            default -> blank(codePoint);
        };
    }

    /** Letters and marks that are drawn as nothing: fillers, joiners and variation selectors. */
    private static boolean blank(int codePoint) {
        return codePoint == 0x034f
                || codePoint == 0x115f
                || codePoint == 0x1160
                || codePoint == 0x17b4
                || codePoint == 0x17b5
                || within(codePoint, 0x180b, 0x180f)
                || codePoint == 0x2800
                || codePoint == 0x3164
                || codePoint == 0xffa0
                || within(codePoint, 0xfe00, 0xfe0f)
                || within(codePoint, 0xe0100, 0xe01ef);
    }

    private static boolean within(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }
}
