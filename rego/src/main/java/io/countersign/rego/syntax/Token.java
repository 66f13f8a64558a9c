package io.countersign.rego.syntax;

import java.util.List;

/**
 * A word of the language.
 *
 * @param text the name, symbol, number, or content of a string
 * @param start where it begins in the source
 * @param end where it ends
 * @param holes the tokens of the parts of a template string
 */
record Token(Kind kind, String text, Location loc, int start, int end, boolean newLine, List<Object> holes) {

    /** What kinds of words there are. */
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        RAW_STRING,
        TEMPLATE,
        RAW_TEMPLATE,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbol);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    String shown() {
        return switch (kind) {
            case END -> "eof";
            case NUMBER -> "number";
            case STRING, RAW_STRING, TEMPLATE, RAW_TEMPLATE -> "string";
            case NAME, SYMBOL -> text;
        };
    }
}
