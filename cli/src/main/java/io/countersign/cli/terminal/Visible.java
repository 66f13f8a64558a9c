package io.countersign.cli.terminal;

import io.countersign.core.action.Glyphs;

/**
 * Makes text safe to look at: whatever would be invisible, would reorder the line or would steer the terminal is shown
 * as a mark such as {@code ⟨U+202E⟩} instead, and so is a letter of another script within a Latin word.
 *
 * @param unicode whether the terminal shows more than ASCII; where not, all other characters are marked
 */
public record Visible(boolean unicode) {

    private static final int ESCAPE = 0x1b;

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
        return unicode && codePoint > '~' && !Glyphs.hides(codePoint);
    }

    private String show(String text, boolean block) {
        StringBuilder shown = new StringBuilder(text.length());
        int combining = 0;
        int wordEnd = 0;
        boolean latin = false;
        for (int at = 0; at < text.length(); ) {
            if (at >= wordEnd) {
                wordEnd = Glyphs.wordEnd(text, at);
                latin = Glyphs.anyLatin(text, at, wordEnd);
            }
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            combining = Glyphs.combines(codePoint) ? combining + 1 : 0;
            boolean layout = block && (codePoint == '\n' || codePoint == '\t');
            boolean poses = latin && Glyphs.looksLatin(codePoint);
            if (layout || (harmless(codePoint) && combining <= Glyphs.MOST_STACKED && !poses)) {
                shown.appendCodePoint(codePoint);
            } else {
                mark(shown, codePoint);
            }
        }
        return shown.toString();
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
}
