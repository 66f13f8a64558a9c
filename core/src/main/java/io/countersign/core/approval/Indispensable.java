package io.countersign.core.approval;

import io.countersign.core.policy.People;
import io.countersign.core.policy.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The people without each of whom alone a requirement could no longer be met. */
public final class Indispensable {

    private Indispensable() {}

    /**
     * Those among the eligible without whom all others together could not meet the requirement; none when it cannot be met
     * as it is.
     */
    public static Set<String> of(Requirement requirement, People people, Set<String> eligible) {
        List<Belonging> candidates = eligible.stream()
                .sorted()
                .flatMap(id -> people.person(id).stream())
                .map(person -> Belonging.of(person, people))
                .toList();
        return among(
                new QuorumSolver(requirement.quorum(), new DistinctTeams(requirement, people)), List.of(), candidates);
    }

    static Set<String> among(QuorumSolver solver, List<Belonging> given, List<Belonging> candidates) {
        Set<String> indispensable = new TreeSet<>();
        List<Belonging> enough = enough(solver, given, candidates);
        for (Belonging one : enough) {
            List<Belonging> others = new ArrayList<>(given);
            candidates.stream()
                    .filter(candidate -> !candidate.personId().equals(one.personId()))
                    .forEach(others::add);
            if (!solver.missing(others).isEmpty()) {
                indispensable.add(one.personId());
            }
        }
        return indispensable;
    }

    /**
     * Some few who are enough together, nobody when even all are not: whoever is not among them is dispensable. One pass
     * finds them, because somebody who brings nothing to fewer people brings nothing to more.
     */
    private static List<Belonging> enough(QuorumSolver solver, List<Belonging> given, List<Belonging> candidates) {
        List<Belonging> chosen = new ArrayList<>(given);
        int lack = lack(solver.missing(chosen));
        for (Belonging candidate : candidates) {
            if (lack == 0) {
                break;
            }
            chosen.add(candidate);
            int then = lack(solver.missing(chosen));
            if (then < lack) {
                lack = then;
            } else {
                chosen.removeLast();
            }
        }
        return lack == 0 ? chosen.subList(given.size(), chosen.size()) : List.of();
    }

    private static int lack(List<Missing> missing) {
        int lack = 0;
        for (Missing one : missing) {
            lack += switch (one) {
                case Missing.Approvals approvals -> approvals.more();
                case Missing.DistinctTeams teams -> teams.more();
                case Missing.RequiredUser _, Missing.RequiredTeam _, Missing.RequiredRole _ -> 1;
            };
        }
        return lack;
    }
}
