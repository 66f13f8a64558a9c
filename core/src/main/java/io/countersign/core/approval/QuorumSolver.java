package io.countersign.core.approval;

import io.countersign.core.policy.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Answers what the approvals of some people lack for a quorum. */
final class QuorumSolver {

    private final Quorum quorum;
    private final DistinctTeams distinct;

    QuorumSolver(Quorum quorum, DistinctTeams distinct) {
        this.quorum = quorum;
        this.distinct = distinct;
    }

    Quorum quorum() {
        return quorum;
    }

    DistinctTeams distinct() {
        return distinct;
    }

    /** What the approvals of these people, each another one, lack; always told in the same order; nothing when they meet the quorum. */
    List<Missing> missing(List<Belonging> approvals) {
        List<Missing> missing = new ArrayList<>();
        if (approvals.size() < quorum.minApprovals()) {
            missing.add(new Missing.Approvals(quorum.minApprovals() - approvals.size()));
        }
        TeamMatching teams = matching(approvals);
        if (teams.lacking() > 0) {
            missing.add(new Missing.DistinctTeams(teams.lacking()));
        }
        for (String user :
                lacking(quorum.requiredUserIds(), id -> anyone(approvals, one -> Set.of(one.personId()), id))) {
            missing.add(new Missing.RequiredUser(user));
        }
        for (String team : lacking(quorum.requiredTeamIds(), id -> anyone(approvals, Belonging::allTeams, id))) {
            missing.add(new Missing.RequiredTeam(team));
        }
        for (String role : lacking(quorum.requiredOrgRoles(), id -> anyone(approvals, Belonging::orgRoles, id))) {
            missing.add(new Missing.RequiredRole(role));
        }
        return missing;
    }

    /** As many of the wanted distinct teams as these people cover. */
    TeamMatching matching(List<Belonging> approvals) {
        TeamMatching teams = new TeamMatching(quorum.minDistinctTeams());
        for (Belonging approval : approvals) {
            if (teams.lacking() <= 0) {
                break;
            }
            teams.add(distinct.of(approval));
        }
        return teams;
    }

    private static List<String> lacking(Set<String> wanted, Predicate<String> present) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        return wanted.stream().filter(present.negate()).sorted().toList();
    }

    private static boolean anyone(List<Belonging> approvals, Function<Belonging, Set<String>> groups, String wanted) {
        for (Belonging approval : approvals) {
            if (groups.apply(approval).contains(wanted)) {
                return true;
            }
        }
        return false;
    }
}
