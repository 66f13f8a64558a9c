package io.countersign.core.approval;

import io.countersign.core.policy.Quorum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Answers exactly what a quorum still lacks, the fewest further approvals that meet it, and who brings it nearer.
 *
 * <p>People who are alike to the quorum form one class, so the search is over classes and not over people. Required places
 * are covered by iterative deepening; what then remains is a count and a matching, and because matchable sets of people are
 * a matroid, any free pick that can still raise the matching raises it by one: no search is needed there.
 */
final class QuorumSolver {

    private final Quorum quorum;

    QuorumSolver(Quorum quorum) {
        this.quorum = quorum;
    }

    List<Missing> missing(Collection<Ballot> approvals) {
        List<Missing> missing = new ArrayList<>();
        Set<String> people = new HashSet<>();
        Set<String> teams = new HashSet<>();
        Set<String> roles = new HashSet<>();
        for (Ballot ballot : approvals) {
            people.add(ballot.personId());
            teams.addAll(ballot.teams());
            roles.addAll(ballot.orgRoles());
        }
        if (people.size() < quorum.minApprovals()) {
            missing.add(new Missing.Approvals(quorum.minApprovals() - people.size()));
        }
        if (quorum.minDistinctTeams() > 0) {
            int covered = new TeamMatching(approvals).size();
            if (covered < quorum.minDistinctTeams()) {
                missing.add(new Missing.DistinctTeams(quorum.minDistinctTeams() - covered));
            }
        }
        lacking(quorum.requiredUserIds(), people).forEach(id -> missing.add(new Missing.RequiredUser(id)));
        lacking(quorum.requiredTeamIds(), teams).forEach(id -> missing.add(new Missing.RequiredTeam(id)));
        lacking(quorum.requiredOrgRoles(), roles).forEach(id -> missing.add(new Missing.RequiredRole(id)));
        return missing;
    }

    /** The fewest further approvals out of {@code candidates}, or nothing when all of them together do not do. */
    OptionalInt fewestFurther(Collection<Ballot> approvals, Collection<Ballot> candidates) {
        List<Ballot> everybody = new ArrayList<>(approvals);
        everybody.addAll(candidates);
        if (!missing(everybody).isEmpty()) {
            return OptionalInt.empty();
        }
        List<Ballot> given = new ArrayList<>(approvals);
        List<Ballot> open = new ArrayList<>();
        int forced = 0;
        for (Ballot candidate : candidates) {
            if (quorum.requiredUserIds().contains(candidate.personId())) {
                given.add(candidate);
                forced++;
            } else {
                open.add(candidate);
            }
        }
        return OptionalInt.of(forced + new Search(given, open).fewest());
    }

    /** The candidates each of whose approval alone leaves fewer to go. */
    Set<String> closers(Collection<Ballot> approvals, Collection<Ballot> candidates) {
        Set<String> closers = new LinkedHashSet<>();
        OptionalInt now = fewestFurther(approvals, candidates);
        if (now.isEmpty() || now.getAsInt() == 0) {
            return closers;
        }
        Map<Likeness, Boolean> judged = new HashMap<>();
        for (Ballot candidate : candidates) {
            boolean nearer = judged.computeIfAbsent(likeness(candidate), _ -> {
                List<Ballot> with = new ArrayList<>(approvals);
                with.add(candidate);
                List<Ballot> rest = new ArrayList<>(candidates);
                rest.remove(candidate);
                OptionalInt then = fewestFurther(with, rest);
                return then.isPresent() && then.getAsInt() < now.getAsInt();
            });
            if (nearer) {
                closers.add(candidate.personId());
            }
        }
        return closers;
    }

    /** What makes two candidates interchangeable to this quorum. */
    private record Likeness(Set<String> user, Set<String> teams, Set<String> roles, Set<String> distinct) {}

    private Likeness likeness(Ballot ballot) {
        return new Likeness(
                quorum.requiredUserIds().contains(ballot.personId()) ? Set.of(ballot.personId()) : Set.of(),
                common(quorum.requiredTeamIds(), ballot.teams()),
                common(quorum.requiredOrgRoles(), ballot.orgRoles()),
                quorum.minDistinctTeams() > 0 ? ballot.distinctTeams() : Set.of());
    }

    private static Set<String> common(Set<String> wanted, Set<String> present) {
        Set<String> both = new HashSet<>(wanted);
        both.retainAll(present);
        return both;
    }

    private static List<String> lacking(Set<String> wanted, Set<String> present) {
        return wanted.stream().filter(id -> !present.contains(id)).sorted().toList();
    }

    /** The search for the smallest set of open candidates that completes what is given. */
    private final class Search {
        private final List<Ballot> given;
        private final List<List<Ballot>> classes;
        private final int reachableTeams;
        private final List<Missing> places = new ArrayList<>();

        Search(List<Ballot> given, List<Ballot> open) {
            this.given = given;
            Map<Likeness, List<Ballot>> alike = new LinkedHashMap<>();
            open.forEach(candidate -> alike.computeIfAbsent(likeness(candidate), _ -> new ArrayList<>())
                    .add(candidate));
            this.classes = List.copyOf(alike.values());
            TeamMatching all = new TeamMatching(given);
            open.forEach(all::add);
            this.reachableTeams = all.size();
            for (Missing lack : missing(given)) {
                switch (lack) {
                    case Missing.RequiredTeam team -> places.add(team);
                    case Missing.RequiredRole role -> places.add(role);
                    case Missing.Approvals _, Missing.DistinctTeams _, Missing.RequiredUser _ -> {}
                }
            }
        }

        int fewest() {
            int people = (int) given.stream().map(Ballot::personId).distinct().count();
            int wanted = Math.max(0, quorum.minApprovals() - people);
            while (!reaches(wanted, new ArrayList<>(), places, new int[classes.size()])) {
                wanted++;
            }
            return wanted;
        }

        private boolean reaches(int budget, List<Ballot> picked, List<Missing> open, int[] used) {
            if (open.isEmpty()) {
                if (quorum.minDistinctTeams() == 0) {
                    return true;
                }
                TeamMatching matching = new TeamMatching(given);
                picked.forEach(matching::add);
                int rest = budget - picked.size();
                return Math.min(matching.size() + rest, reachableTeams) >= quorum.minDistinctTeams();
            }
            if (picked.size() >= budget) {
                return false;
            }
            Missing place = open.getFirst();
            for (int i = 0; i < classes.size(); i++) {
                List<Ballot> alike = classes.get(i);
                if (used[i] < alike.size() && fills(alike.getFirst(), place)) {
                    Ballot pick = alike.get(used[i]++);
                    picked.add(pick);
                    List<Missing> left =
                            open.stream().filter(other -> !fills(pick, other)).toList();
                    if (reaches(budget, picked, left, used)) {
                        return true;
                    }
                    picked.removeLast();
                    used[i]--;
                }
            }
            return false;
        }

        private static boolean fills(Ballot ballot, Missing place) {
            return switch (place) {
                case Missing.RequiredTeam team -> ballot.teams().contains(team.teamId());
                case Missing.RequiredRole role -> ballot.orgRoles().contains(role.role());
                case Missing.Approvals _, Missing.DistinctTeams _, Missing.RequiredUser _ -> false;
            };
        }
    }
}
