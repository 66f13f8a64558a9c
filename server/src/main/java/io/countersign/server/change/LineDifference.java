package io.countersign.server.change;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import io.countersign.server.change.ChangeLine.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where two lists differ: of lines, or of the words of two lines. */
final class LineDifference {

    /** More than this, together, is compared only at both ends; what lies between counts as replaced. */
    private static final int MOST = 10_000;

    private static final int MOST_WORDS = 200;

    private static final Pattern WORD = Pattern.compile("⟦[^⟧]*⟧|[\\p{L}\\p{N}_.-]+|\\s+|.", Pattern.DOTALL);

    /** A stretch of the old list that is replaced by one of the new; either may be empty. */
    record Step(int oldFrom, int oldTo, int newFrom, int newTo) {}

    /** The parts of two lines that differ. */
    record Words(List<Segment> before, List<Segment> after) {}

    private LineDifference() {}

    static List<Step> between(List<String> before, List<String> after) {
        return between(before, after, _ -> true);
    }

    /**
     * Compares.
     *
     * @param allowed whether so many lines that differ somewhere may still be compared one by one
     */
    static List<Step> between(List<String> before, List<String> after, IntPredicate allowed) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<String> old = before.subList(head, before.size() - tail);
        List<String> young = after.subList(head, after.size() - tail);
        if (old.isEmpty() && young.isEmpty()) {
            return List.of();
        }
        int size = old.size() + young.size();
        if (old.isEmpty() || young.isEmpty() || size > MOST || !allowed.test(size)) {
            return List.of(new Step(head, head + old.size(), head, head + young.size()));
        }
        List<Step> steps = new ArrayList<>();
        for (AbstractDelta<String> delta : DiffUtils.diff(old, young, new MyersDiffWithLinearSpace<String>(), null)
                .getDeltas()) {
            int oldAt = head + delta.getSource().getPosition();
            int newAt = head + delta.getTarget().getPosition();
            join(
                    steps,
                    new Step(
                            oldAt,
                            oldAt + delta.getSource().size(),
                            newAt,
                            newAt + delta.getTarget().size()));
        }
        return steps;
    }

    /** What follows the step before it without a common line is one with it. */
    private static void join(List<Step> steps, Step next) {
        Step last = steps.isEmpty() ? null : steps.getLast();
        if (last != null && last.oldTo() == next.oldFrom() && last.newTo() == next.newFrom()) {
            steps.removeLast();
            steps.add(new Step(last.oldFrom(), next.oldTo(), last.newFrom(), next.newTo()));
        } else {
            steps.add(next);
        }
    }

    /** The words that differ; none where the two have too little in common for this to tell anything. */
    static Words words(String before, String after) {
        List<String> old = split(before);
        List<String> young = split(after);
        if (old.size() > MOST_WORDS || young.size() > MOST_WORDS) {
            return new Words(List.of(), List.of());
        }
        List<Segment> oldParts = new ArrayList<>();
        List<Segment> newParts = new ArrayList<>();
        int[] oldPlaces = places(old);
        int[] newPlaces = places(young);
        int changed = 0;
        for (Step step : between(old, young)) {
            if (step.oldTo() > step.oldFrom()) {
                oldParts.add(new Segment(oldPlaces[step.oldFrom()], oldPlaces[step.oldTo()]));
            }
            if (step.newTo() > step.newFrom()) {
                newParts.add(new Segment(newPlaces[step.newFrom()], newPlaces[step.newTo()]));
            }
            changed += Math.max(
                    oldPlaces[step.oldTo()] - oldPlaces[step.oldFrom()],
                    newPlaces[step.newTo()] - newPlaces[step.newFrom()]);
        }
        boolean telling = changed * 10L <= Math.max(before.length(), after.length()) * 8L;
        return telling ? new Words(oldParts, newParts) : new Words(List.of(), List.of());
    }

    private static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (words.size() <= MOST_WORDS && matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    private static int[] places(List<String> words) {
        int[] places = new int[words.size() + 1];
        for (int i = 0; i < words.size(); i++) {
            places[i + 1] = places[i] + words.get(i).length();
        }
        return places;
    }

    /** Marks the words that differ in lines that replace each other: as many added ones right after the removed ones. */
    static void mark(List<ChangeLine> lines) {
        int at = 0;
        while (at < lines.size()) {
            int removed = run(lines, at, ChangeLine.REMOVED);
            int added = run(lines, removed, ChangeLine.ADDED);
            if (removed - at == added - removed) {
                for (int i = 0; i < removed - at; i++) {
                    ChangeLine old = lines.get(at + i);
                    ChangeLine young = lines.get(removed + i);
                    Words words = words(old.text(), young.text());
                    lines.set(at + i, old.marked(words.before()));
                    lines.set(removed + i, young.marked(words.after()));
                }
            }
            at = Math.max(added, at + 1);
        }
    }

    private static int run(List<ChangeLine> lines, int from, String kind) {
        int at = from;
        while (at < lines.size() && lines.get(at).kind().equals(kind)) {
            at++;
        }
        return at;
    }
}
