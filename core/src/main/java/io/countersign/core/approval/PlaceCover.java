package io.countersign.core.approval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The fewest people who together fill a set of required places: a place is a bit, a person the places he fills. */
final class PlaceCover {

    /** How many choices are tried; where that is not enough, the answer is one that works and may not be the very fewest. */
    private static final int MOST_CHOICES = 3_000_000;

    private final List<Long> fills;
    private final Map<Long, List<Long>> filling = new HashMap<>();
    private final Map<Long, Integer> known = new HashMap<>();
    private final Map<Long, Integer> tooFew = new HashMap<>();
    private final int mostChoices;
    private final int most;
    private final long all;
    private int choices;

    PlaceCover(Collection<Long> fills) {
        this(fills, MOST_CHOICES);
    }

    PlaceCover(Collection<Long> fills, int mostChoices) {
        this.mostChoices = mostChoices;
        List<Long> largestFirst = new ArrayList<>(new LinkedHashSet<>(fills));
        largestFirst.sort(
                Comparator.comparingInt((Long filled) -> Long.bitCount(filled)).reversed());
        this.fills = new ArrayList<>();
        for (long filled : largestFirst) {
            if (this.fills.stream().noneMatch(more -> (filled & ~more) == 0)) {
                this.fills.add(filled);
            }
        }
        this.all = this.fills.stream().reduce(0L, (some, more) -> some | more);
        this.most = this.fills.isEmpty() ? 0 : Long.bitCount(this.fills.getFirst());
    }

    /** The fewest that fill these places; more than there are places when not even all of them together can. */
    int fewest(long places) {
        if ((places & ~all) != 0) {
            return Long.SIZE + 1;
        }
        Integer fewest = known.get(places);
        if (fewest == null) {
            fewest = 0;
            while (choices <= mostChoices && !enough(places, fewest)) {
                fewest++;
            }
            if (choices > mostChoices) {
                fewest = greedy(places);
            }
            known.put(places, fewest);
        }
        return fewest;
    }

    /** Of these places the one that the fewest kinds of people fill: from there the search branches least. */
    long rarest(long places) {
        long rarest = 0;
        for (long left = places; left != 0; left &= left - 1) {
            long place = Long.lowestOneBit(left);
            if (rarest == 0 || filling(place).size() < filling(rarest).size()) {
                rarest = place;
            }
        }
        return rarest;
    }

    /** How many choices all answers so far have taken. */
    int tried() {
        return choices;
    }

    private boolean enough(long places, int people) {
        if (places == 0) {
            return true;
        }
        if (Long.bitCount(places) > people * most
                || tooFew.getOrDefault(places, 0) >= people
                || ++choices > mostChoices) {
            return false;
        }
        for (long filled : filling(rarest(places))) {
            if (enough(places & ~filled, people - 1)) {
                return true;
            }
        }
        tooFew.put(places, people);
        return false;
    }

    private int greedy(long places) {
        int people = 0;
        for (long open = places; open != 0; people++) {
            long best = 0;
            for (long filled : fills) {
                if (Long.bitCount(open & filled) > Long.bitCount(open & best)) {
                    best = filled;
                }
            }
            open &= ~best;
        }
        return people;
    }

    private List<Long> filling(long place) {
        return filling.computeIfAbsent(place, wanted -> {
            List<Long> those = new ArrayList<>();
            for (long filled : fills) {
                if ((filled & wanted) != 0) {
                    those.add(filled);
                }
            }
            return those;
        });
    }
}
