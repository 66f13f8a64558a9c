package io.countersign.core.approval;

import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import java.util.HashSet;
import java.util.Set;

/**
 * What one person belongs to: at one moment, or throughout two.
 *
 * @param teams the teams he is directly in
 * @param allTeams the teams he is in, nesting included
 * @param orgRoles the roles he holds
 */
record Belonging(String personId, Set<String> teams, Set<String> allTeams, Set<String> orgRoles) {

    static Belonging of(Person person, People people) {
        return new Belonging(person.id(), person.teams(), people.teamsOf(person), person.orgRoles());
    }

    static Belonging nothing(String personId) {
        return new Belonging(personId, Set.of(), Set.of(), Set.of());
    }

    static Belonging at(Vote vote) {
        return new Belonging(vote.personId(), vote.teams(), vote.allTeams(), vote.orgRoles());
    }

    /** What he belonged to at both moments. */
    Belonging and(Belonging other) {
        return new Belonging(
                personId, both(teams, other.teams), both(allTeams, other.allTeams), both(orgRoles, other.orgRoles));
    }

    /** Whether he holds a role with which people may approve at all. */
    boolean holdsMoreThanViewer() {
        return Person.holdsMoreThanViewer(orgRoles);
    }

    /** Whether the list names him, one of his teams or one of his roles. */
    boolean isAmong(Approvers approvers) {
        return approvers.users().contains(personId)
                || intersect(approvers.teams(), allTeams)
                || intersect(approvers.orgRoles(), orgRoles);
    }

    private static boolean intersect(Set<String> some, Set<String> others) {
        if (!some.isEmpty()) {
            for (String other : others) {
                if (some.contains(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What is in both; the first one itself when all of it is in the other. */
    static Set<String> both(Set<String> some, Set<String> others) {
        if (others.containsAll(some)) {
            return some;
        }
        Set<String> common = Set.of();
        for (String one : some) {
            if (others.contains(one)) {
                // Mostly there is none: a set is made for the first one only.
                common = common.isEmpty() ? new HashSet<>() : common;
                common.add(one);
            }
        }
        return common;
    }
}
