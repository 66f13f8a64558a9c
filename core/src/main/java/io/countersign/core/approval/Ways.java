package io.countersign.core.approval;

import io.countersign.core.policy.People;
import io.countersign.core.policy.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * In how many ways a requirement can be met: the groups of the fewest people whose approvals meet it. People who fill the same
 * places and stand for the same teams are interchangeable, so kinds of people are tried and not people.
 */
public final class Ways {

    /** Counting stops here: nobody reads a larger number differently. */
    public static final long MOST = 1_000_000;

    private static final int MOST_TRIED = 20_000;

    /**
     * How many ways there are.
     *
     * @param exact whether these are all; else there are at least so many
     */
    public record Count(long ways, boolean exact) {}

    /** What makes people interchangeable: being required by name, the wanted teams and roles, the distinct teams. */
    private record Kind(String named, Set<String> teams, Set<String> roles, Set<String> distinct) {}

    private final QuorumSolver solver;
    private final List<List<Belonging>> kinds;
    private final List<Belonging> chosen = new ArrayList<>();
    private int tried;
    private long ways;

    private Ways(QuorumSolver solver, List<List<Belonging>> kinds) {
        this.solver = solver;
        this.kinds = kinds;
    }

    /** The groups of {@code fewest} among the eligible that meet the requirement. */
    public static Count of(Requirement requirement, People people, Set<String> eligible, int fewest) {
        QuorumSolver solver = new QuorumSolver(requirement.quorum(), new DistinctTeams(requirement, people));
        Map<Kind, List<Belonging>> kinds = new LinkedHashMap<>();
        Map<String, Belonging> sorted = new TreeMap<>();
        eligible.forEach(id -> people.person(id).ifPresent(person -> sorted.put(id, Belonging.of(person, people))));
        sorted.values()
                .forEach(one -> kinds.computeIfAbsent(kind(one, solver), any -> new ArrayList<>())
                        .add(one));
        Ways ways = new Ways(solver, List.copyOf(kinds.values()));
        ways.choose(0, fewest, 1);
        boolean exact = ways.tried <= MOST_TRIED && ways.ways < MOST;
        return new Count(Math.min(ways.ways, MOST), exact);
    }

    private static Kind kind(Belonging one, QuorumSolver solver) {
        boolean named = solver.quorum().requiredUserIds().contains(one.personId());
        return new Kind(
                named ? one.personId() : "",
                Set.copyOf(Belonging.both(one.allTeams(), solver.quorum().requiredTeamIds())),
                Set.copyOf(Belonging.both(one.orgRoles(), solver.quorum().requiredOrgRoles())),
                Set.copyOf(solver.distinct().of(one)));
    }

    /** Chooses so many from the kinds that are left, each kind's people in as many ways as there are. */
    private void choose(int kind, int left, long combinations) {
        if (tried > MOST_TRIED || ways >= MOST) {
            return;
        }
        if (left == 0) {
            tried++;
            if (solver.missing(chosen).isEmpty()) {
                ways += combinations;
            }
            return;
        }
        if (kind == kinds.size()) {
            tried++;
            return;
        }
        List<Belonging> same = kinds.get(kind);
        int before = chosen.size();
        for (int some = Math.min(left, same.size()); some >= 0; some--) {
            chosen.addAll(same.subList(0, some));
            choose(kind + 1, left - some, times(combinations, chosen(same.size(), some)));
            chosen.subList(before, chosen.size()).clear();
        }
    }

    /** How many groups of so many there are among them, at most {@link #MOST}. */
    private static long chosen(int among, int some) {
        int fewer = Math.min(some, among - some);
        long groups = 1;
        for (int i = 1; i <= fewer; i++) {
            groups = groups * (among - fewer + i) / i;
            if (groups > MOST) {
                return MOST;
            }
        }
        return groups;
    }

    private static long times(long one, long other) {
        return Math.min(MOST, one * other);
    }
}
