package io.countersign.server.gate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of what was done at the same moment that explains every answer, in which nothing comes before what was
 * answered before it was called (Wing and Gong, 1993). A deed without an answer may have happened at any time, or never.
 */
final class Linearization {

    /** A deed with the moments between which it took effect; no answer when it got none. */
    record Done(
            Deed deed, long called, long answered, @Nullable String answer) {

        static Done unanswered(Deed deed, long called) {
            return new Done(deed, called, Long.MAX_VALUE, null);
        }
    }

    private record Visited(BitSet placed, OneRequest request) {}

    private final List<Done> history;
    private final Set<Visited> visited = new HashSet<>();
    private final List<Done> order = new ArrayList<>();
    private List<Done> longest = List.of();

    private Linearization(List<Done> history) {
        this.history = history;
    }

    /** Whether there is such an order. */
    static boolean isPossible(List<Done> history) {
        return new Linearization(history).search(new BitSet(), OneRequest.OPENED);
    }

    /** The history in words, with the most of it that could be explained. */
    static String told(List<Done> history) {
        Linearization tried = new Linearization(history);
        tried.search(new BitSet(), OneRequest.OPENED);
        return "in the order of the calls:\n"
                + lines(history.stream()
                        .sorted(Comparator.comparingLong(Done::called))
                        .toList())
                + "\nexplained at most:\n"
                + lines(tried.longest);
    }

    private static String lines(List<Done> deeds) {
        return deeds.stream()
                .map(done -> "  " + done.called() / 1_000 + " to "
                        + (done.answer() == null ? "?" : done.answered() / 1_000) + " us: " + done.deed() + " -> "
                        + done.answer())
                .collect(Collectors.joining("\n"));
    }

    private boolean search(BitSet placed, OneRequest request) {
        if (order.size() > longest.size()) {
            longest = List.copyOf(order);
        }
        if (isExplained(placed)) {
            return true;
        }
        if (!visited.add(new Visited((BitSet) placed.clone(), request))) {
            return false;
        }
        long limit = firstAnswer(placed);
        for (int i = placed.nextClearBit(0); i < history.size(); i = placed.nextClearBit(i + 1)) {
            Done done = history.get(i);
            OneRequest.Told told = request.does(done.deed());
            boolean fits = done.answer() == null || done.answer().equals(told.answer());
            if (done.called() <= limit && fits && searchAfter(placed, i, told.after())) {
                return true;
            }
        }
        return false;
    }

    private boolean searchAfter(BitSet placed, int next, OneRequest request) {
        placed.set(next);
        order.add(history.get(next));
        boolean found = search(placed, request);
        order.removeLast();
        placed.clear(next);
        return found;
    }

    private boolean isExplained(BitSet placed) {
        for (int i = placed.nextClearBit(0); i < history.size(); i = placed.nextClearBit(i + 1)) {
            if (history.get(i).answer() != null) {
                return false;
            }
        }
        return true;
    }

    /** What is called later than this has something before it that is not placed yet. */
    private long firstAnswer(BitSet placed) {
        long first = Long.MAX_VALUE;
        for (int i = placed.nextClearBit(0); i < history.size(); i = placed.nextClearBit(i + 1)) {
            first = Math.min(first, history.get(i).answered());
        }
        return first;
    }
}
