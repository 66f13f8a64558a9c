package io.countersign.core.approval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The search for the fewest further approvals that meet a quorum, and for the people each of whom brings it nearer.
 *
 * <p>Whoever is required by name must approve in any case. The required teams and roles that are then still open are places
 * to be filled; people who fill the same places and stand for the same teams are of one kind, and a kind that does no more
 * than another is left out, so the search is over few kinds and not over people. Distinct teams need no search: sets of people
 * that can stand for different teams form a matroid, so as long as the teams can be reached at all, there is always one more
 * person who adds one; what matters is only how many teams those who fill the places bring along.
 */
final class FurtherApprovals {

    /**
     * How many choices are tried; where that is not enough, the answer is one that works and may not be the fewest.
     *
     * @param each for one question
     * @param all for all questions together
     */
    record Patience(int each, int all) {
        static final Patience ORDINARY = new Patience(50_000, 500_000);
    }

    private final QuorumSolver solver;
    private final List<Belonging> candidates;
    private final Patience patience;
    private final boolean possible;
    private final int named;
    private final int people;
    private final TeamMatching matching;
    private final Map<String, Long> teamPlaces = new HashMap<>();
    private final Map<String, Long> rolePlaces = new HashMap<>();
    private final long open;
    private final List<Kind> kinds;
    private final PlaceCover cover;
    private final Set<Dead> dead = new HashSet<>();
    private final PlaceCover bringers;
    private final int unnamed;
    private final Map<Long, List<Kind>> filling = new HashMap<>();
    private final Map<Long, Set<String>> teamsOfPlace = new HashMap<>();
    private int choices;
    private int choicesInAll;

    FurtherApprovals(QuorumSolver solver, List<Belonging> given, List<Belonging> candidates) {
        this(solver, given, candidates, Patience.ORDINARY);
    }

    FurtherApprovals(QuorumSolver solver, List<Belonging> given, List<Belonging> candidates, Patience patience) {
        this.solver = solver;
        this.candidates = candidates;
        this.patience = patience;
        List<Belonging> everybody = new ArrayList<>(given);
        everybody.addAll(candidates);
        this.possible = solver.missing(everybody).isEmpty();
        List<Belonging> sure = new ArrayList<>(given);
        candidates.stream().filter(this::isNamed).forEach(sure::add);
        this.named = sure.size() - given.size();
        this.people = sure.size();
        this.matching = solver.matching(sure);
        for (Missing lack : solver.missing(sure)) {
            switch (lack) {
                case Missing.RequiredTeam team -> teamPlaces.put(team.teamId(), nextPlace());
                case Missing.RequiredRole role -> rolePlaces.put(role.role(), nextPlace());
                case Missing.Approvals _, Missing.DistinctTeams _, Missing.RequiredUser _ -> {}
            }
        }
        this.open = nextPlace() - 1;
        this.kinds = strongest();
        this.cover = new PlaceCover(kinds.stream().map(Kind::fills).toList());
        this.bringers = new PlaceCover(kinds.stream()
                .filter(kind -> !kind.teams().isEmpty())
                .map(Kind::fills)
                .toList());
        this.unnamed = possible ? unnamed() : 0;
    }

    /** The smallest number of candidates whose approvals meet the quorum, or nothing when all of them together do not. */
    OptionalInt fewest() {
        return possible ? OptionalInt.of(named + unnamed) : OptionalInt.empty();
    }

    /** The candidates each of whose approval alone leaves fewer to go. */
    Set<String> closers() {
        Set<String> closers = new LinkedHashSet<>();
        if (!possible) {
            return closers;
        }
        Map<Kind, Boolean> judged = new HashMap<>();
        for (Belonging candidate : candidates) {
            if (isNamed(candidate) || judged.computeIfAbsent(kind(candidate), this::nearer)) {
                closers.add(candidate.personId());
            }
        }
        return closers;
    }

    /** How many choices all answers so far have taken. */
    int tried() {
        return choicesInAll;
    }

    private boolean nearer(Kind kind) {
        TeamMatching with = matching.copy();
        List<Set<String>> joined = with.add(kind.teams()) ? List.of(kind.teams()) : List.of();
        choices = 0;
        return enough(open & ~kind.fills(), with, joined, unnamed - 1);
    }

    private int unnamed() {
        int budget =
                Math.max(solver.quorum().minApprovals() - people, Math.max(cover.fewest(open), matching.lacking()));
        // all of them together are enough, whatever a search that is cut short has not found
        while (budget < candidates.size() - named && !enough(open, matching, List.of(), budget)) {
            choices = 0;
            budget++;
        }
        return budget;
    }

    /**
     * Whether so many further people can fill the places and bring what distinct teams lack.
     *
     * @param joined the teams of those chosen so far who brought one more team
     */
    private boolean enough(long places, TeamMatching standing, List<Set<String>> joined, int budget) {
        int fill = cover.fewest(places);
        int lack = standing.lacking();
        if (fill + lack <= budget) {
            return true;
        }
        if (Math.max(fill, lack) > budget || cutShort()) {
            return false;
        }
        // When everybody must bring a team, only those who can are left to fill the places.
        if (lack == budget && bringers.fewest(places) > budget) {
            return false;
        }
        if (fill + lack - Math.min(fill, atMostBrought(places, standing)) > budget) {
            return false;
        }
        Dead state = new Dead(places, sorted(joined), budget);
        if (dead.contains(state)) {
            return false;
        }
        for (Kind kind : mostHelpfulFirst(places)) {
            TeamMatching with = standing.copy();
            List<Set<String>> then = with.add(kind.teams()) ? plus(joined, kind.teams()) : joined;
            if (enough(places & ~kind.fills(), with, then, budget - 1)) {
                return true;
            }
        }
        if (choices <= patience.each()) {
            dead.add(state);
        }
        return false;
    }

    private boolean cutShort() {
        choices++;
        choicesInAll++;
        return choices > patience.each() || choicesInAll > patience.all();
    }

    /** Those who fill the place that the fewest fill: first who fills most besides, and who has the fewest teams to choose. */
    private List<Kind> mostHelpfulFirst(long places) {
        List<Kind> helpful = new ArrayList<>(filling(cover.rarest(places)));
        helpful.sort(Comparator.comparingInt((Kind kind) -> -Long.bitCount(kind.fills() & places))
                .thenComparingInt(kind -> kind.teams().size()));
        return helpful;
    }

    /**
     * A bound for the distinct teams that those who fill the places can bring along: none of the fewest who fill them is
     * idle, each fills some place that no other does, and so each team stands with a place of its own.
     */
    private int atMostBrought(long places, TeamMatching standing) {
        TeamMatching most = standing.copy();
        for (long left = places; left != 0; left &= left - 1) {
            most.add(teamsOf(Long.lowestOneBit(left)));
        }
        return standing.lacking() - most.lacking();
    }

    /** The teams of all who fill a place. */
    private Set<String> teamsOf(long place) {
        return teamsOfPlace.computeIfAbsent(place, wanted -> {
            Set<String> teams = new HashSet<>();
            filling(wanted).forEach(kind -> teams.addAll(kind.teams()));
            return teams;
        });
    }

    /** A state from which the budget does not do. Who brought no further team has left no trace in it. */
    private record Dead(long places, List<Set<String>> joined, int budget) {}

    /** What makes people interchangeable here. */
    private record Kind(long fills, Set<String> teams) {

        boolean doesAllOf(Kind other) {
            return (other.fills & ~fills) == 0 && teams.containsAll(other.teams);
        }
    }

    private Kind kind(Belonging belonging) {
        long fills = 0;
        for (Map.Entry<String, Long> place : teamPlaces.entrySet()) {
            fills |= belonging.allTeams().contains(place.getKey()) ? place.getValue() : 0;
        }
        for (Map.Entry<String, Long> place : rolePlaces.entrySet()) {
            fills |= belonging.orgRoles().contains(place.getKey()) ? place.getValue() : 0;
        }
        return new Kind(fills, solver.distinct().of(belonging));
    }

    /** The kinds that fill any place and of which no other does as much and more. */
    private List<Kind> strongest() {
        Map<Kind, Kind> all = new LinkedHashMap<>();
        for (Belonging candidate : candidates) {
            Kind kind = kind(candidate);
            if (kind.fills() != 0) {
                all.put(kind, kind);
            }
        }
        List<Kind> sorted = new ArrayList<>(all.keySet());
        sorted.sort(Comparator.comparingInt((Kind kind) -> Long.bitCount(kind.fills()))
                .thenComparingInt(kind -> kind.teams().size())
                .reversed());
        List<Kind> strongest = new ArrayList<>();
        for (Kind kind : sorted) {
            if (!isWithinOneOf(strongest, kind)) {
                strongest.add(kind);
            }
        }
        return strongest;
    }

    private static boolean isWithinOneOf(List<Kind> others, Kind kind) {
        for (Kind other : others) {
            if (other.doesAllOf(kind)) {
                return true;
            }
        }
        return false;
    }

    private List<Kind> filling(long place) {
        return filling.computeIfAbsent(
                place,
                wanted -> kinds.stream()
                        .filter(kind -> (kind.fills() & wanted) != 0)
                        .toList());
    }

    private boolean isNamed(Belonging candidate) {
        return solver.quorum().requiredUserIds().contains(candidate.personId());
    }

    private long nextPlace() {
        return 1L << (teamPlaces.size() + rolePlaces.size());
    }

    private static List<Set<String>> plus(List<Set<String>> some, Set<String> one) {
        List<Set<String>> all = new ArrayList<>(some);
        all.add(one);
        return all;
    }

    private static List<Set<String>> sorted(List<Set<String>> sets) {
        return sets.stream().sorted(Comparator.comparingInt(Set::hashCode)).toList();
    }
}
