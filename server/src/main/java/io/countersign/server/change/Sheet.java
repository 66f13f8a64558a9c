package io.countersign.server.change;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a rendering goes into one answer: it sees every row of it, keeps those from some row on for as long as they fit,
 * and counts the rest, so that nothing is left out unsaid.
 */
final class Sheet {

    static final int MOST_ROWS = 5_000;
    static final int MOST_CHARACTERS = 256 * 1024;

    /** Longer lines go on in the next row. */
    static final int LONGEST_ROW = 2_000;

    private static final int LONGEST_WORD = 1_000;
    private static final int MOST_REMARKS = 20;

    /** The sum of the squares of how many lines are compared with each other. */
    private static final long MOST_EFFORT = 300_000_000;

    private final int from;
    private int rows;
    private int shown;
    private int characters;
    private int next = -1;
    private int hidden;
    private int lookalikes;
    private int cut;
    private long effort;
    private int unsaid;
    private final List<String> remarks = new ArrayList<>();
    private final List<ChangeView.Folded> folded = new ArrayList<>();

    /** From this row on, counted from 0. */
    Sheet(int from) {
        this.from = from;
    }

    /** A short text within a row, such as a name; what is too long is cut and counted. */
    String word(String raw) {
        boolean fits = raw.length() <= LONGEST_WORD;
        String start = fits ? raw : raw.substring(0, whole(raw, LONGEST_WORD));
        VisibleText visible = count(VisibleText.of(start));
        if (fits) {
            return visible.text();
        }
        cut++;
        VisibleText rest = count(VisibleText.of(raw.substring(start.length())));
        return visible.text() + " … " + rest.text().length() + " more characters";
    }

    @Nullable
    String wordOrNone(@Nullable String raw) {
        return raw == null ? null : word(raw);
    }

    /** Counts a row made of these words, which {@link #word} gave; answers whether it belongs into this answer. */
    boolean row(@Nullable String... words) {
        int length = 0;
        for (String word : words) {
            length += word == null ? 0 : word.length();
        }
        return take(length);
    }

    /** One line, in as many rows as it takes. */
    void line(String kind, @Nullable Integer oldLine, @Nullable Integer newLine, String raw, List<ChangeLine> into) {
        int at = 0;
        do {
            int end = raw.length() - at <= LONGEST_ROW ? raw.length() : whole(raw, at + LONGEST_ROW);
            String text = count(VisibleText.of(raw.substring(at, end))).text();
            if (take(text.length())) {
                into.add(new ChangeLine(
                        kind, at == 0 ? oldLine : null, at == 0 ? newLine : null, text, List.of(), at > 0));
            }
            at = end;
        } while (at < raw.length());
    }

    /** A text of lines, as context with the numbers they have. */
    List<ChangeLine> text(String kind, String text) {
        List<ChangeLine> lines = new ArrayList<>();
        int number = 1;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            boolean ends = end >= 0;
            line(kind, null, number++, text.substring(at, ends ? end : text.length()), lines);
            at = ends ? end + 1 : text.length();
        }
        if (number > 2 && !text.endsWith("\n")) {
            line(ChangeLine.NOTE, null, null, "no line break at the end", lines);
        }
        return lines;
    }

    /** Something worth knowing about the whole. */
    void remark(String sentence) {
        if (remarks.size() < MOST_REMARKS) {
            remarks.add(sentence);
        } else {
            unsaid++;
        }
    }

    /** What stands in full elsewhere, or the start of it; nothing of it is counted. */
    static String glimpse(String raw) {
        return raw.length() <= LONGEST_WORD
                ? VisibleText.of(raw).text()
                : VisibleText.of(raw.substring(0, whole(raw, LONGEST_WORD))).text() + "…";
    }

    /** Whether so many lines may still be compared with each other; the same answers in every part. */
    boolean affords(int lines) {
        long cost = (long) lines * lines;
        if (effort + cost > MOST_EFFORT) {
            return false;
        }
        effort += cost;
        return true;
    }

    /** A part of the payload that is named and not shown. */
    void fold(ChangeView.Folded part) {
        if (row(part.what())) {
            folded.add(part);
        }
    }

    private boolean take(int length) {
        int row = rows++;
        if (row < from || next >= 0) {
            return false;
        }
        if (shown == MOST_ROWS || (shown > 0 && characters + length > MOST_CHARACTERS)) {
            next = row;
            return false;
        }
        shown++;
        characters += length;
        return true;
    }

    private VisibleText count(VisibleText visible) {
        hidden += visible.hidden();
        lookalikes += visible.lookalikes();
        return visible;
    }

    /** This place, or the one before it where a character would be torn. */
    private static int whole(String raw, int at) {
        return Character.isHighSurrogate(raw.charAt(at - 1)) ? at - 1 : at;
    }

    int hidden() {
        return hidden;
    }

    int lookalikes() {
        return lookalikes;
    }

    List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        if (unsaid > 0) {
            all.add("and %,d more remarks of this kind".formatted(unsaid));
        }
        return all;
    }

    List<ChangeView.Folded> folded() {
        return List.copyOf(folded);
    }

    boolean isComplete() {
        return from == 0 && next < 0 && cut == 0;
    }

    ChangeView.Rows rows() {
        return new ChangeView.Rows(from, shown, rows, next < 0 ? null : next);
    }

    /** What of the whole is not in this answer, in words; nothing where all is. */
    @Nullable
    String leftOut() {
        List<String> parts = new ArrayList<>();
        if (from > 0) {
            parts.add(
                    from == 1
                            ? "the first line is not in this part"
                            : "the first %,d lines are not in this part".formatted(Math.min(from, rows)));
        }
        if (next >= 0) {
            parts.add("%,d of %,d lines follow and are not shown here".formatted(rows - next, rows));
        }
        if (cut > 0) {
            parts.add(
                    cut == 1
                            ? "a long text is cut; the raw view has all of it"
                            : "%,d long texts are cut; the raw view has all of them".formatted(cut));
        }
        return parts.isEmpty() ? null : String.join("; ", parts);
    }
}
