package io.countersign.core.approval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A maximum matching of people to distinct teams: nobody stands for two teams, no team is counted twice. It stops growing at
 * the size that is wanted.
 */
final class TeamMatching {

    private final int wanted;
    private final List<Set<String>> matched;
    private final Map<String, Integer> taken;

    TeamMatching(int wanted) {
        this(wanted, new ArrayList<>(), new HashMap<>());
    }

    private TeamMatching(int wanted, List<Set<String>> matched, Map<String, Integer> taken) {
        this.wanted = wanted;
        this.matched = matched;
        this.taken = taken;
    }

    TeamMatching copy() {
        return new TeamMatching(wanted, new ArrayList<>(matched), new HashMap<>(taken));
    }

    /** How many more teams are wanted. */
    int lacking() {
        return wanted - taken.size();
    }

    /** Takes in one more person of these teams; answers whether one more team is covered now. */
    boolean add(Set<String> teams) {
        if (lacking() <= 0 || teams.isEmpty()) {
            return false;
        }
        matched.add(teams);
        if (place(matched.size() - 1, new HashSet<>())) {
            return true;
        }
        matched.removeLast();
        return false;
    }

    /** Finds the person a team, moving others to other teams of theirs where that helps (an augmenting path). */
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
