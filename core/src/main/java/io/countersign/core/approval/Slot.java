package io.countersign.core.approval;

import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Requirement;
import java.util.ArrayList;
import java.util.List;

/** An empty signature line: one further approval that a requirement still waits for. */
public sealed interface Slot {

    /** For this very person. */
    record OfPerson(String personId) implements Slot {}

    /** For somebody in this team, which the quorum requires. */
    record OfTeam(String teamId) implements Slot {}

    /** For somebody who holds this role, which the quorum requires. */
    record OfRole(String role) implements Slot {}

    /**
     * For any further person among the approvers.
     *
     * @param anotherTeam whether he must come from a team that nobody stands for yet
     */
    record OfAnyone(Approvers listed, boolean anotherTeam) implements Slot {}

    /**
     * The lines of one requirement, those that name somebody first. So many people are enough, where each fills one line;
     * somebody who fits several may spare one.
     */
    static List<Slot> of(Tally tally) {
        List<Slot> slots = new ArrayList<>();
        int approvals = 0;
        int teams = 0;
        for (Missing lack : tally.missing()) {
            switch (lack) {
                case Missing.Approvals more -> approvals = more.more();
                case Missing.DistinctTeams more -> teams = more.more();
                case Missing.RequiredUser user -> slots.add(new OfPerson(user.personId()));
                case Missing.RequiredTeam team -> slots.add(new OfTeam(team.teamId()));
                case Missing.RequiredRole role -> slots.add(new OfRole(role.role()));
            }
        }
        int named = slots.size();
        for (int i = named; i < Math.max(approvals, teams); i++) {
            slots.add(new OfAnyone(listed(tally.requirement()), i < teams));
        }
        return slots;
    }

    private static Approvers listed(Requirement requirement) {
        return requirement.approvers().isEmpty() ? requirement.quorum().named() : requirement.approvers();
    }
}
