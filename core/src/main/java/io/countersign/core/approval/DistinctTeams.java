package io.countersign.core.approval;

import io.countersign.core.policy.People;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Team;
import java.util.HashSet;
import java.util.Set;

/**
 * The teams that count when a requirement wants approvals from distinct teams: those the rule lists when it lists any, members
 * of nested teams included, else those a person is directly in; never a team that is marked as not distinct.
 */
final class DistinctTeams {

    private final boolean wanted;
    private final boolean listsAny;
    private final Set<String> counting = new HashSet<>();

    DistinctTeams(Requirement requirement, People people) {
        Set<String> approvers = requirement.approvers().teams();
        Set<String> required = requirement.quorum().requiredTeamIds();
        this.wanted = requirement.quorum().minDistinctTeams() > 0;
        this.listsAny = !approvers.isEmpty() || !required.isEmpty();
        if (wanted) {
            for (Team team : people.teams()) {
                boolean listed = approvers.contains(team.id()) || required.contains(team.id());
                if (team.countsAsDistinct() && (listed || !listsAny)) {
                    counting.add(team.id());
                }
            }
        }
    }

    /** Those of them that somebody who belongs so may stand for; none when distinct teams are not wanted. */
    Set<String> of(Belonging belonging) {
        if (!wanted) {
            return Set.of();
        }
        return Belonging.both(listsAny ? belonging.allTeams() : belonging.teams(), counting);
    }
}
