package io.countersign.core.approval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A maximum matching of people to distinct teams: nobody stands for two teams, no team is counted twice. */
final class TeamMatching {

    private final List<Set<String>> matched = new ArrayList<>();
    private final Map<String, Integer> taken = new HashMap<>();

    TeamMatching() {}

    TeamMatching(Collection<Ballot> ballots) {
        ballots.forEach(this::add);
    }

    TeamMatching copy() {
        TeamMatching copy = new TeamMatching();
        copy.matched.addAll(matched);
        copy.taken.putAll(taken);
        return copy;
    }

    int size() {
        return taken.size();
    }

    /** Takes one more person in, answers whether one more team is covered (an augmenting path exists). */
    boolean add(Ballot ballot) {
        if (ballot.distinctTeams().isEmpty()) {
            return false;
        }
        matched.add(ballot.distinctTeams());
        if (place(matched.size() - 1, new HashSet<>())) {
            return true;
        }
        matched.removeLast();
        return false;
    }

    private boolean place(int person, Set<String> tried) {
        for (String team : matched.get(person)) {
            if (tried.add(team)) {
                Integer holder = taken.get(team);
                if (holder == null || place(holder, tried)) {
                    taken.put(team, person);
                    return true;
                }
            }
        }
        return false;
    }
}
