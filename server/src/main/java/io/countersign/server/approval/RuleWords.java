package io.countersign.server.approval;

import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says what a requirement demands, for example {@code 2 people from 2 teams, one from SRE}. */
final class RuleWords {

    private RuleWords() {}

    static String of(Requirement requirement, Wording words) {
        Quorum quorum = requirement.quorum();
        Approvers listed = requirement.approvers();
        List<String> each = new ArrayList<>();
        names(quorum.requiredTeamIds(), words).forEach(team -> each.add("one from " + team));
        names(quorum.requiredOrgRoles(), words).forEach(role -> each.add("one who is " + role));
        names(quorum.requiredUserIds(), words).forEach(each::add);
        int people = quorum.minApprovals();
        if (people == 1 && quorum.minDistinctTeams() < 2 && each.size() == 1) {
            return "1 person"
                    + (quorum.requiredUserIds().isEmpty() ? each.getFirst().substring(3) : ": " + each.getFirst());
        }
        StringBuilder rule = new StringBuilder();
        rule.append(people == 1 ? "1 person" : people + " people");
        if (quorum.minDistinctTeams() > 1) {
            rule.append(" from ").append(quorum.minDistinctTeams()).append(" teams");
        }
        if (!listed.isEmpty() && !named(listed, quorum)) {
            String among = words.label(listed);
            rule.append(quorum.minDistinctTeams() > 1 ? " among " : " from ")
                    .append(among.equals(Wording.ANYONE) ? "the listed approvers" : among);
        }
        if (!each.isEmpty()) {
            rule.append(", ").append(Wording.joined(each, "and"));
        }
        return rule.toString();
    }

    /** Whether the list says no more than what the quorum requires anyway. */
    private static boolean named(Approvers listed, Quorum quorum) {
        return quorum.requiredUserIds().containsAll(listed.users())
                && quorum.requiredTeamIds().containsAll(listed.teams())
                && quorum.requiredOrgRoles().containsAll(listed.orgRoles());
    }

    private static List<String> names(Set<String> ids, Wording words) {
        return ids.stream().map(words::name).sorted().toList();
    }
}
