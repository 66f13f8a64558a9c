package io.countersign.server.approval;

import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Slot;
import io.countersign.core.approval.Standing;
import io.countersign.core.approval.Tally;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.SheetViews.SlotView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request's signature lines as one reader sees them. */
final class SignatureSheet {

    /** An empty line of one requirement. */
    record Line(Slot slot, SlotView view) {}

    private final Counting counting;
    private final Wording words;
    private final String readerId;
    private final boolean readerCan;
    private final boolean looksForNobody;

    /**
     * {@code looksForNobody} says that the request was found to be impossible, so that it is worth looking at everybody for
     * the lines that nobody can fill.
     */
    SignatureSheet(Counting counting, Wording words, String readerId, boolean readerCan, boolean looksForNobody) {
        this.counting = counting;
        this.words = words;
        this.readerId = readerId;
        this.readerCan = readerCan;
        this.looksForNobody = looksForNobody;
    }

    /** The empty lines of one requirement. */
    List<Line> lines(Tally tally) {
        Requirement requirement = tally.requirement();
        List<Slot> slots = Slot.of(tally);
        if (slots.isEmpty()) {
            return List.of();
        }
        boolean fits = readerCan && counting.standing(readerId, requirement) == Standing.ELIGIBLE;
        Set<String> eligible = looksForNobody ? counting.eligible(requirement) : Set.of();
        boolean placed = false;
        List<Line> lines = new ArrayList<>();
        for (Slot slot : slots) {
            boolean mine = fits && counting.fills(slot, readerId) && !(placed && slot instanceof Slot.OfAnyone);
            placed |= mine;
            boolean impossible = looksForNobody
                    && counting.fillers(slot, eligible).size() <= (slot instanceof Slot.OfAnyone ? lines.size() : 0);
            lines.add(new Line(slot, new SlotView(words.label(slot), Wording.kind(slot), mine, impossible)));
        }
        return lines;
    }

    /**
     * The empty lines of all requirements; lines of several that are for the same people are one, because one approval fills
     * them all.
     */
    List<SlotView> lines(List<Tally> tallies) {
        Map<String, List<SlotView>> together = new LinkedHashMap<>();
        for (Tally tally : tallies) {
            Map<String, List<SlotView>> own = new LinkedHashMap<>();
            lines(tally)
                    .forEach(line -> own.computeIfAbsent(
                                    line.view().kind() + line.view().label(), _ -> new ArrayList<>())
                            .add(line.view()));
            own.forEach((key, views) -> together.merge(key, views, SignatureSheet::merged));
        }
        return together.values().stream().flatMap(List::stream).toList();
    }

    private static List<SlotView> merged(List<SlotView> some, List<SlotView> others) {
        List<SlotView> more = some.size() >= others.size() ? some : others;
        List<SlotView> fewer = some.size() >= others.size() ? others : some;
        List<SlotView> merged = new ArrayList<>(more);
        for (int i = 0; i < fewer.size(); i++) {
            SlotView one = more.get(i);
            SlotView other = fewer.get(i);
            merged.set(
                    i,
                    new SlotView(
                            one.label(),
                            one.kind(),
                            one.mine() || other.mine(),
                            one.impossible() || other.impossible()));
        }
        return merged;
    }

    /** Everybody whose approval counts for some requirement, in the order they voted. */
    static Set<String> signed(List<String> voters, List<Tally> tallies) {
        Set<String> signed = new LinkedHashSet<>();
        for (String voter : voters) {
            if (tallies.stream().anyMatch(tally -> tally.counted().contains(voter))) {
                signed.add(voter);
            }
        }
        return Collections.unmodifiableSet(signed);
    }
}
