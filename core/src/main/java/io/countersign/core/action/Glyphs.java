package io.countersign.core.action;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a character looks like to somebody who reads what is asked: whether it can be seen at all, whether it can pass for
 * another. Every place that shows a text somebody else wrote asks here what it has to mark. The dangers are those of
 * Unicode Technical Standard 39 and of Unicode Technical Report 36.
 */
public final class Glyphs {

    /** So many marks may be stacked on one letter; no written language needs more. */
    public static final int MOST_STACKED = 3;

    private static final int IDEOGRAPHIC_SPACE = 0x3000;

    private static final Set<UnicodeScript> LOOK_LATIN = EnumSet.of(
            UnicodeScript.CYRILLIC,
            UnicodeScript.GREEK,
            UnicodeScript.ARMENIAN,
            UnicodeScript.CHEROKEE,
            UnicodeScript.COPTIC,
            UnicodeScript.LISU,
            UnicodeScript.DESERET);

    private Glyphs() {}

    /** Whether a code point is invisible, changes the direction of reading, or has no agreed look; so it is of line breaks too. */
    public static boolean hides(int codePoint) {
        return isUndrawn(codePoint)
                || (Character.getType(codePoint) == Character.SPACE_SEPARATOR
                        && codePoint != ' '
                        && codePoint != IDEOGRAPHIC_SPACE)
                || blank(codePoint);
    }

    /** Whether a text is one line of characters that are drawn, spaces of any kind among them; the empty one is. */
    public static boolean isLine(String text) {
        return text.codePoints().noneMatch(Glyphs::isUndrawn);
    }

    /** Whether a code point is of a kind that is never drawn, or has no agreed look. */
    private static boolean isUndrawn(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Whether a code point is drawn upon the one before it; see {@link #MOST_STACKED}. */
    public static boolean combines(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** Whether a code point is of a script some letters of which cannot be told from Latin ones. */
    public static boolean looksLatin(int codePoint) {
        return LOOK_LATIN.contains(UnicodeScript.of(codePoint));
    }

    /**
     * The end of the run of letters and digits that begins at a place of a text; where none does, the end of the one
     * character there.
     *
     * @param from an index below the text's length
     */
    public static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isLetterOrDigit(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at > from ? at : from + Character.charCount(text.codePointAt(from));
    }

    /** Whether a part of a text has a Latin letter, among which one that only looks so would pass. */
    public static boolean anyLatin(String text, int from, int to) {
        for (int at = from; at < to; at += Character.charCount(text.codePointAt(at))) {
            if (UnicodeScript.of(text.codePointAt(at)) == UnicodeScript.LATIN) {
                return true;
            }
        }
        return false;
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
