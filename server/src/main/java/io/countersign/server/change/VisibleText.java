package io.countersign.server.change;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;

/**
 * Text in which nothing can hide: what would be invisible, would change the direction of reading or has no agreed look is
 * written as a mark such as {@code ⟦U+202E⟧}, and so is a letter that only looks like a Latin one beside it. A payload
 * cannot write a mark itself, because its own brackets of this kind are marked. Tabs stay as they are.
 *
 * @param text what is shown
 * @param hidden how many invisible, reordering or undefined characters are marked in it
 * @param lookalikes how many characters are marked because they pass for others
 */
record VisibleText(String text, int hidden, int lookalikes) {

    private static final int COMBINING_ALLOWED = 3;
    private static final int IDEOGRAPHIC_SPACE = 0x3000;
    private static final Set<UnicodeScript> LOOK_LATIN = EnumSet.of(
            UnicodeScript.CYRILLIC,
            UnicodeScript.GREEK,
            UnicodeScript.ARMENIAN,
            UnicodeScript.CHEROKEE,
            UnicodeScript.COPTIC,
            UnicodeScript.LISU,
            UnicodeScript.DESERET);

    static VisibleText of(String raw) {
        if (isPlain(raw)) {
            return new VisibleText(raw, 0, 0);
        }
        return new Marking(raw).marked();
    }

    private static boolean isPlain(String raw) {
        for (int at = 0; at < raw.length(); at++) {
            char unit = raw.charAt(at);
            if ((unit < ' ' && unit != '\t') || unit > '~') {
                return false;
            }
        }
        return true;
    }

    /** Walks once over a text and writes it down again. */
    private static final class Marking {

        private final String raw;
        private final StringBuilder shown;
        private int combining;
        private int hidden;
        private int lookalikes;

        Marking(String raw) {
            this.raw = raw;
            shown = new StringBuilder(raw.length() + 16);
        }

        VisibleText marked() {
            int at = 0;
            while (at < raw.length()) {
                int end = word(at);
                boolean latin = has(at, end, UnicodeScript.LATIN);
                while (at < end) {
                    int codePoint = raw.codePointAt(at);
                    at += Character.charCount(codePoint);
                    one(codePoint, latin, at == raw.length());
                }
            }
            return new VisibleText(shown.toString(), hidden, lookalikes);
        }

        /** The end of the run of letters and digits that begins here; of one character where none does. */
        private int word(int from) {
            int at = from;
            while (at < raw.length() && Character.isLetterOrDigit(raw.codePointAt(at))) {
                at += Character.charCount(raw.codePointAt(at));
            }
            return at > from ? at : from + Character.charCount(raw.codePointAt(from));
        }

        private boolean has(int from, int to, UnicodeScript script) {
            for (int at = from; at < to; at += Character.charCount(raw.codePointAt(at))) {
                if (UnicodeScript.of(raw.codePointAt(at)) == script) {
                    return true;
                }
            }
            return false;
        }

        private void one(int codePoint, boolean amongLatin, boolean last) {
            combining = combines(codePoint) ? combining + 1 : 0;
            if (codePoint == '\t' || (codePoint >= ' ' && codePoint <= '~')) {
                shown.append((char) codePoint);
            } else if (codePoint == '\r' && last) {
                shown.append("⟦CR⟧"); // the end of a line as Windows writes it: to be seen, but nothing that hides
            } else if (hides(codePoint) || combining > COMBINING_ALLOWED) {
                mark(codePoint);
                hidden++;
            } else if (poses(codePoint, amongLatin)) {
                mark(codePoint);
                lookalikes++;
            } else {
                shown.appendCodePoint(codePoint);
            }
        }

        private void mark(int codePoint) {
            boolean strayByte = codePoint >= 0xdc80 && codePoint <= 0xdcff;
            shown.append('⟦')
                    .append(
                            strayByte
                                    ? "0x%02X".formatted(codePoint - 0xdc00)
                                    : switch (codePoint) {
                                        case 0x1b -> "ESC";
                                        case '\r' -> "CR";
                                        case '\n' -> "LF";
                                        default -> "U+%04X".formatted(codePoint);
                                    })
                    .append('⟧');
        }
    }

    private static boolean combines(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** Whether the character is invisible, changes the direction, has no agreed look, or is a bracket of our marks. */
    private static boolean hides(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> codePoint != ' ' && codePoint != IDEOGRAPHIC_SPACE;
            default -> blank(codePoint) || codePoint == '⟦' || codePoint == '⟧';
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

    /** A foreign letter within a Latin word, or another form of an ASCII character, such as a mathematical letter. */
    private static boolean poses(int codePoint, boolean amongLatin) {
        if (amongLatin && LOOK_LATIN.contains(UnicodeScript.of(codePoint))) {
            return true;
        }
        if (codePoint < 0x250) {
            return false;
        }
        String same = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
        return same.length() == 1 && same.charAt(0) > ' ' && same.charAt(0) <= '~';
    }

    private static boolean within(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }
}
