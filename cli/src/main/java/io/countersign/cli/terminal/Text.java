package io.countersign.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Styled words on their way to a terminal; they are neutralised when they are printed, so that no text, whoever wrote
 * it, can steer the terminal.
 */
public record Text(List<Piece> pieces) {

    /** A run of words in one style. */
    record Piece(Style style, String words) {}

    public Text {
        pieces = List.copyOf(pieces);
    }

    public static Text of(String words) {
        return of(Style.PLAIN, words);
    }

    public static Text of(Style style, String words) {
        return new Text(List.of(new Piece(style, words)));
    }

    /** This text followed by more in a style. */
    public Text and(Style style, String words) {
        List<Piece> longer = new ArrayList<>(pieces);
        longer.add(new Piece(style, words));
        return new Text(longer);
    }

    /** This text followed by plain words. */
    public Text and(String words) {
        return and(Style.PLAIN, words);
    }

    /** The words without their styles. */
    public String words() {
        StringBuilder all = new StringBuilder();
        pieces.forEach(piece -> all.append(piece.words()));
        return all.toString();
    }
}
