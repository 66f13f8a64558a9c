package io.countersign.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headings. A person sees aligned columns that fit the terminal, the widest cut first; a program gets every
 * cell whole, separated by tabs, without headings.
 */
record Table(List<String> headings, List<List<Text>> rows) {

    private static final String GAP = "  ";
    private static final int NARROWEST = 8;

    void print(Screen screen) {
        if (!screen.terminal()) {
            rows.forEach(row -> screen.raw(String.join(
                    "\t",
                    row.stream()
                            .map(cell -> screen.visible().line(cell.words()))
                            .toList())));
            return;
        }
        int[] widths = widths(screen);
        screen.raw(line(
                screen, headings.stream().map(name -> Text.of(Style.DIM, name)).toList(), widths));
        rows.forEach(row -> screen.raw(line(screen, row, widths)));
    }

    private int[] widths(Screen screen) {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = DisplayWidth.of(headings.get(column));
            for (List<Text> row : rows) {
                String cell = screen.visible().line(row.get(column).words());
                widths[column] = Math.max(widths[column], DisplayWidth.of(cell));
            }
        }
        int room = screen.columns() - GAP.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() > room) {
            int widest = widest(widths);
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int widest(int[] widths) {
        int widest = 0;
        for (int column = 1; column < widths.length; column++) {
            if (widths[column] > widths[widest]) {
                widest = column;
            }
        }
        return widest;
    }

    private static String line(Screen screen, List<Text> row, int[] widths) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            Text cell = row.get(column);
            String words = screen.visible().line(cell.words());
            int padding = widths[column] - DisplayWidth.of(words);
            String shown = padding >= 0
                    ? screen.painted(cell)
                    : DisplayWidth.cut(words, widths[column], screen.unicode() ? "…" : "...");
            boolean last = column == widths.length - 1;
            cells.add(last || padding <= 0 ? shown : shown + " ".repeat(padding));
        }
        return String.join(GAP, cells).stripTrailing();
    }
}
