package io.countersign.cli.terminal;

/**
 * Makes text safe to look at: whatever would be invisible, would reorder the line or would steer the terminal is shown
 * as a mark such as {@code ⟨U+202E⟩} instead.
 *
 * @param unicode whether the terminal shows more than ASCII; where not, all other characters are marked
 */
public record Visible(boolean unicode) {

    private static final int COMBINING_ALLOWED = 3;
    private static final int ESCAPE = 0x1b;
    private static final int IDEOGRAPHIC_SPACE = 0x3000;

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
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            combining = combines(codePoint) ? combining + 1 : 0;
            boolean layout = block && (codePoint == '\n' || codePoint == '\t');
            if (layout || (harmless(codePoint) && combining <= COMBINING_ALLOWED)) {
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
