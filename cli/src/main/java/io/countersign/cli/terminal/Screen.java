package io.countersign.cli.terminal;

import java.io.PrintStream;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where output goes: data to standard output, everything said to the person to standard error. Nothing reaches either
 * but through {@link Visible}.
 */
public final class Screen {

    private static final int WIDTH_OF_A_PIPE = 100;
    private static final String ERASE_THE_REST = "\u001b[K";

    private final PrintStream out;
    private final PrintStream err;
    private final Look look;
    private final Visible visible;

    /**
     * What the two streams can show.
     *
     * @param outIsTerminal whether a person reads standard output
     * @param colourOut whether standard output takes colours
     * @param colourErr whether standard error takes colours
     * @param unicode whether both show more than ASCII
     * @param columns the terminal's width; 0 where it is unknown
     */
    public record Look(boolean outIsTerminal, boolean colourOut, boolean colourErr, boolean unicode, int columns) {}

    public Screen(PrintStream out, PrintStream err, Look look) {
        this.out = out;
        this.err = err;
        this.look = look;
        this.visible = new Visible(look.unicode());
    }

    /** Whether a person reads standard output, so that tables and words are better than fields. */
    public boolean terminal() {
        return look.outIsTerminal();
    }

    /** Whether standard output takes colours. */
    public boolean colourful() {
        return look.colourOut();
    }

    public boolean unicode() {
        return look.unicode();
    }

    /** How many columns a line may have. */
    public int columns() {
        return look.columns() > 0 ? look.columns() : WIDTH_OF_A_PIPE;
    }

    /** One line of data. */
    public void print(Text text) {
        out.println(paint(text, look.colourOut(), visible::line));
    }

    /** One line of data without style. */
    public void print(String words) {
        print(Text.of(words));
    }

    /** Lines of data, each kept as it is but for what would be hidden. */
    public void block(Text text) {
        out.println(paint(text, look.colourOut(), visible::block));
    }

    /**
     * A whole document whose lines end as they are given: a person sees nothing hidden, a program gets every character as
     * it is.
     */
    public void document(String text) {
        out.print(look.outIsTerminal() ? visible.block(text) : text);
        out.flush();
    }

    /** A JSON text; characters that would be hidden are written as their JSON escapes, so that it means the same. */
    public void json(String json) {
        StringBuilder shown = new StringBuilder(json.length());
        json.codePoints().forEach(codePoint -> {
            if (codePoint == '\n' || visible.harmless(codePoint)) {
                shown.appendCodePoint(codePoint);
            } else {
                for (char unit : Character.toChars(codePoint)) {
                    shown.append("\\u%04x".formatted((int) unit));
                }
            }
        });
        out.println(shown);
    }

    /** One line to the person. */
    public void say(Text text) {
        err.println(paint(text, look.colourErr(), visible::line));
    }

    /** Lines to the person, each kept as it is but for what would be hidden. */
    public void sayBlock(Text text) {
        err.println(paint(text, look.colourErr(), visible::block));
    }

    /** One line to the person, without style. */
    public void say(String words) {
        say(Text.of(words));
    }

    /** Words to the person without the end of the line: a question. */
    public void ask(String words) {
        err.print(visible.line(words));
        err.flush();
    }

    /** How far something has come, in place of what was shown before; only for a person at a terminal. */
    public void progress(Text text) {
        err.print("\r" + paint(text, look.colourErr(), visible::line) + ERASE_THE_REST);
        err.flush();
    }

    /** What would be a good next command. */
    public void next(String command, String why) {
        say(Text.of(Style.DIM, look.unicode() ? "→ " : "> ")
                .and(Style.ACCENT, command)
                .and(Style.DIM, "  " + why));
    }

    /** Prints rows in columns for a person, or separated by tabs for a program. */
    public void table(List<String> headings, List<List<Text>> rows) {
        new Table(headings, rows).print(this);
    }

    String painted(Text text) {
        return paint(text, look.colourOut(), visible::line);
    }

    void raw(String painted) {
        out.println(painted);
    }

    Visible visible() {
        return visible;
    }

    private static String paint(Text text, boolean colour, UnaryOperator<String> neutral) {
        StringBuilder all = new StringBuilder();
        for (Text.Piece piece : text.pieces()) {
            String words = neutral.apply(piece.words());
            all.append(colour ? piece.style().paint(words) : words);
        }
        return all.toString();
    }
}
