package io.countersign.core.approval;

import io.countersign.core.policy.Requirement;
import java.util.Map;
import java.util.Set;

/**
 * What the asking side itself changed shortly before or since the ask; eligibility that rests on any of it does not count
 * on its request.
 *
 * @param accounts people it created or activated
 * @param teams memberships it gave
 * @param roles roles it gave
 * @param nestings teams it put below another team
 * @param makers principals of the asking side; the enrolment and reset links they made never age
 * @param rulesBefore for each requirement whose rule it edited, by the requirement's id, what that rule demanded before
 */
public record OwnChanges(
        Set<String> accounts,
        Set<Membership> teams,
        Set<Membership> roles,
        Set<String> nestings,
        Set<String> makers,
        Map<String, Requirement> rulesBefore) {

    /** A person's place in a team or hold of a role. */
    public record Membership(String personId, String groupId) {}

    public OwnChanges {
        accounts = Set.copyOf(accounts);
        teams = Set.copyOf(teams);
        roles = Set.copyOf(roles);
        nestings = Set.copyOf(nestings);
        makers = Set.copyOf(makers);
        rulesBefore = Map.copyOf(rulesBefore);
    }

    /** The same, with what the rules the asking side edited demanded before. */
    public OwnChanges withRulesBefore(Map<String, Requirement> before) {
        return new OwnChanges(accounts, teams, roles, nestings, makers, before);
    }

    /** The asking side changed nothing. */
    public static OwnChanges none() {
        return new OwnChanges(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Map.of());
    }
}
