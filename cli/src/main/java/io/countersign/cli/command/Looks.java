package io.countersign.cli.command;

import io.countersign.cli.terminal.Screen;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/** Works out what the terminal can show. */
record Looks(Surroundings surroundings) {

    Screen screen(boolean colourAllowed) {
        Surroundings.Terminals terminals = surroundings.terminals();
        boolean colour = colourAllowed
                && surroundings.variable("NO_COLOR").isEmpty()
                && !surroundings.variable("TERM").equals("dumb");
        return new Screen(
                surroundings.out(),
                surroundings.err(),
                new Screen.Look(
                        terminals.out(),
                        colour && terminals.out(),
                        colour && terminals.err(),
                        unicode(),
                        terminals.out() ? columns() : 0));
    }

    private boolean unicode() {
        return surroundings.out().charset().equals(StandardCharsets.UTF_8);
    }

    private int columns() {
        String told = surroundings.variable("COLUMNS");
        if (told.matches("[1-9][0-9]{0,3}")) {
            return Integer.parseInt(told);
        }
        try {
            Process size = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            String[] rowsAndColumns = new String(size.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", 2);
            return rowsAndColumns.length == 2 && rowsAndColumns[1].matches("[1-9][0-9]{0,3}")
                    ? Integer.parseInt(rowsAndColumns[1])
                    : 0;
        } catch (IOException noStty) {
            return 0;
        }
    }
}
