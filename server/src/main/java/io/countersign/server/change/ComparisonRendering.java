package io.countersign.server.change;

import io.countersign.server.change.DiffContent.Hunk;
import io.countersign.server.change.LineDifference.Step;
import java.util.ArrayList;
import java.util.List;

/** Renders how the lines of two payloads differ, with three lines of what stays around each difference. */
final class ComparisonRendering {

    private static final int CONTEXT = 3;

    private final List<String> before;
    private final List<String> after;
    private final Sheet sheet;

    ComparisonRendering(List<String> before, List<String> after, Sheet sheet) {
        this.before = before;
        this.after = after;
        this.sheet = sheet;
    }

    ComparisonContent of(String against, String againstDigest, boolean same, SummaryLines summary) {
        List<Step> steps = LineDifference.between(before, after, sheet::affords);
        List<Hunk> hunks = new ArrayList<>();
        List<Step> together = new ArrayList<>();
        for (Step step : steps) {
            if (!together.isEmpty() && step.oldFrom() - together.getLast().oldTo() > 2 * CONTEXT) {
                hunk(together, hunks);
                together.clear();
            }
            together.add(step);
            summary.ofLines(
                    before.subList(step.oldFrom(), step.oldTo()),
                    after.subList(step.newFrom(), step.newTo()),
                    step.oldFrom() == 0 ? "" : before.get(step.oldFrom() - 1));
        }
        if (!together.isEmpty()) {
            hunk(together, hunks);
        }
        return new ComparisonContent(
                "comparison",
                against,
                againstDigest,
                same,
                steps.stream().mapToInt(step -> step.newTo() - step.newFrom()).sum(),
                steps.stream().mapToInt(step -> step.oldTo() - step.oldFrom()).sum(),
                hunks);
    }

    private void hunk(List<Step> steps, List<Hunk> into) {
        int lead = Math.min(CONTEXT, steps.getFirst().oldFrom());
        int oldAt = steps.getFirst().oldFrom() - lead;
        int newAt = steps.getFirst().newFrom() - lead;
        int oldStart = oldAt;
        int newStart = newAt;
        boolean here = sheet.row();
        List<ChangeLine> lines = new ArrayList<>();
        for (Step step : steps) {
            for (; oldAt < step.oldFrom(); oldAt++, newAt++) {
                sheet.line(ChangeLine.CONTEXT, oldAt + 1, newAt + 1, before.get(oldAt), lines);
            }
            for (; oldAt < step.oldTo(); oldAt++) {
                sheet.line(ChangeLine.REMOVED, oldAt + 1, null, before.get(oldAt), lines);
            }
            for (; newAt < step.newTo(); newAt++) {
                sheet.line(ChangeLine.ADDED, null, newAt + 1, after.get(newAt), lines);
            }
        }
        int tail = Math.min(CONTEXT, before.size() - oldAt);
        for (int i = 0; i < tail; i++, oldAt++, newAt++) {
            sheet.line(ChangeLine.CONTEXT, oldAt + 1, newAt + 1, before.get(oldAt), lines);
        }
        LineDifference.mark(lines);
        if (here || !lines.isEmpty()) {
            into.add(new Hunk(oldStart + 1, oldAt - oldStart, newStart + 1, newAt - newStart, "", lines));
        }
    }
}
