package io.countersign.server.change;

import io.countersign.server.change.LineDifference.Step;
import java.util.ArrayList;
import java.util.List;

/** The difference of two texts as lines: what stayed, what went, what came. */
final class TextDifference {

    private TextDifference() {}

    static List<ChangeLine> between(String before, String after, Sheet sheet) {
        return between(lines(before), lines(after), sheet);
    }

    static List<ChangeLine> between(List<String> before, List<String> after, Sheet sheet) {
        List<ChangeLine> lines = new ArrayList<>();
        int oldAt = 0;
        int newAt = 0;
        for (Step step : LineDifference.between(before, after, sheet::affords)) {
            while (oldAt < step.oldFrom()) {
                sheet.line(ChangeLine.CONTEXT, oldAt + 1, newAt + 1, before.get(oldAt), lines);
                oldAt++;
                newAt++;
            }
            while (oldAt < step.oldTo()) {
                sheet.line(ChangeLine.REMOVED, oldAt + 1, null, before.get(oldAt), lines);
                oldAt++;
            }
            while (newAt < step.newTo()) {
                sheet.line(ChangeLine.ADDED, null, newAt + 1, after.get(newAt), lines);
                newAt++;
            }
        }
        while (oldAt < before.size()) {
            sheet.line(ChangeLine.CONTEXT, oldAt + 1, newAt + 1, before.get(oldAt), lines);
            oldAt++;
            newAt++;
        }
        LineDifference.mark(lines);
        return lines;
    }

    /** The lines of a text; a line feed at its end ends the last one. */
    static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }
}
