package io.countersign.server.change;

import io.countersign.core.action.Glyphs;
import java.text.Normalizer;

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
                int end = Glyphs.wordEnd(raw, at);
                boolean latin = Glyphs.anyLatin(raw, at, end);
                while (at < end) {
                    int codePoint = raw.codePointAt(at);
                    at += Character.charCount(codePoint);
                    one(codePoint, latin, at == raw.length());
                }
            }
            return new VisibleText(shown.toString(), hidden, lookalikes);
        }

        private void one(int codePoint, boolean amongLatin, boolean last) {
            combining = Glyphs.combines(codePoint) ? combining + 1 : 0;
            if (codePoint == '\t' || (codePoint >= ' ' && codePoint <= '~')) {
                shown.append((char) codePoint);
            } else if (codePoint == '\r' && last) {
                shown.append("⟦CR⟧"); // the end of a line as Windows writes it: to be seen, but nothing that hides
            } else if (hides(codePoint) || combining > Glyphs.MOST_STACKED) {
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

    /** What cannot be seen, and the brackets of our marks. */
    private static boolean hides(int codePoint) {
        return Glyphs.hides(codePoint) || codePoint == '⟦' || codePoint == '⟧';
    }

    /** A foreign letter within a Latin word, or another form of an ASCII character, such as a mathematical letter. */
    private static boolean poses(int codePoint, boolean amongLatin) {
        if (amongLatin && Glyphs.looksLatin(codePoint)) {
            return true;
        }
        if (codePoint < 0x250) {
            return false;
        }
        String same = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
        return same.length() == 1 && same.charAt(0) > ' ' && same.charAt(0) <= '~';
    }
}
