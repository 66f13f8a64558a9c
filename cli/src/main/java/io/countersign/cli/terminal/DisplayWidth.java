package io.countersign.cli.terminal;

/** How many columns of a terminal characters take. */
final class DisplayWidth {

    private DisplayWidth() {}

    static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    /** As much of the start as fits into so many columns, with an ellipsis where something was cut. */
    static String cut(String text, int columns, String ellipsis) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = of(ellipsis);
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            used += of(codePoint);
            if (used > columns) {
                break;
            }
            kept.appendCodePoint(codePoint);
            at += Character.charCount(codePoint);
        }
        return kept.append(ellipsis).toString();
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return wide(codePoint) ? 2 : 1;
    }

    /** The blocks that East Asian terminals and emoji draw two columns wide (Unicode TR 11, roughly). */
    private static boolean wide(int codePoint) {
        return within(codePoint, 0x1100, 0x115f)
                || within(codePoint, 0x2e80, 0xa4cf)
                || within(codePoint, 0xac00, 0xd7a3)
                || within(codePoint, 0xf900, 0xfaff)
                || within(codePoint, 0xfe30, 0xfe6f)
                || within(codePoint, 0xff00, 0xff60)
                || within(codePoint, 0x1f300, 0x1faff)
                || within(codePoint, 0x20000, 0x3fffd);
    }

    private static boolean within(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }
}
