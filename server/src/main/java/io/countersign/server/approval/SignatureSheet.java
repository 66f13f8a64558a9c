package io.countersign.server.approval;

import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Slot;
import io.countersign.core.approval.Standing;
import io.countersign.core.approval.Tally;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.SheetViews.SlotView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** A request's signature lines as one reader sees them. */
final class SignatureSheet {

    /** An empty line. */
    record Line(Slot slot, SlotView view) {

        private boolean isLike(Line other) {
            return view.kind().equals(other.view.kind()) && view.label().equals(other.view.label());
        }

        /** Whether everybody who fills the other line is listed for this one. */
        private boolean contains(Line other) {
            return slot instanceof Slot.OfAnyone anyone
                    && switch (other.slot) {
                        case Slot.OfPerson person -> anyone.listed().users().contains(person.personId());
                        case Slot.OfTeam team -> anyone.listed().teams().contains(team.teamId());
                        case Slot.OfRole role -> anyone.listed().orgRoles().contains(role.role());
                        case Slot.OfAnyone _ -> false;
                    };
        }

        /** The line that is filled by whoever fills both. */
        private Line and(Line other) {
            Line narrow = contains(other) ? other : this;
            boolean mine = isLike(other) ? view.mine() || other.view.mine() : narrow.view.mine();
            boolean impossible = view.impossible() || other.view.impossible();
            return new Line(narrow.slot, new SlotView(narrow.view.label(), narrow.view.kind(), mine, impossible));
        }
    }

    /** When lines of two requirements are one, the best fit first: the reader stays where he is, if he can. */
    private static final List<BiPredicate<Line, Line>> JOINED = List.of(
            Line::isLike,
            (a, b) -> (a.contains(b) || b.contains(a)) && a.view.mine() == b.view.mine(),
            (a, b) -> a.contains(b) || b.contains(a));

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
     * The empty lines of all requirements. Lines of several requirements are one where one approval fills them all: those
     * for the same people, and a line for many with a line of another requirement for some of them. Lines for many come last.
     */
    List<Line> lines(List<Tally> tallies) {
        List<Line> all = new ArrayList<>();
        for (Tally tally : tallies) {
            List<Line> own = new ArrayList<>(lines(tally));
            Set<Integer> used = new HashSet<>();
            for (BiPredicate<Line, Line> together : JOINED) {
                own.removeIf(line -> joined(all, line, together, used));
            }
            all.addAll(own);
        }
        all.sort(Comparator.comparing(line -> line.slot() instanceof Slot.OfAnyone));
        return all;
    }

    /** Whether a line is filled together with one that no other line of its requirement was joined with. */
    private static boolean joined(List<Line> all, Line line, BiPredicate<Line, Line> together, Set<Integer> used) {
        for (int i = 0; i < all.size(); i++) {
            Line before = all.get(i);
            if (!used.contains(i) && together.test(line, before)) {
                used.add(i);
                all.set(i, line.and(before));
                return true;
            }
        }
        return false;
    }

    /** The names of teams and roles by which the reader fills lines: of a line for many, those he belongs to. */
    List<String> fits(List<Line> lines) {
        return lines.stream()
                .filter(line -> line.view().mine())
                .flatMap(line -> fits(line).stream())
                .distinct()
                .toList();
    }

    private List<String> fits(Line line) {
        if (!(line.slot() instanceof Slot.OfAnyone anyone)) {
            return List.of(line.view().label());
        }
        Stream<Slot> teams = anyone.listed().teams().stream().map(Slot.OfTeam::new);
        Stream<Slot> roles = anyone.listed().orgRoles().stream().map(Slot.OfRole::new);
        return Stream.concat(teams, roles)
                .filter(slot -> counting.fills(slot, readerId))
                .map(words::label)
                .sorted()
                .toList();
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
