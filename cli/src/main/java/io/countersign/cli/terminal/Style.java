package io.countersign.cli.terminal;

/** How a piece of text stands out; the words alone must always be enough. */
public enum Style {
    PLAIN(""),
    STRONG("1"),
    DIM("2"),
    GOOD("32"),
    BAD("31"),
    CAUTION("33"),
    ACCENT("36");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
