package io.countersign.core.approval;

import static io.countersign.core.approval.Standing.ELIGIBLE;

import io.countersign.core.approval.OwnChanges.Membership;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Team;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Who may approve what: listed, active, and not on the asking side; judged for each requirement by itself. */
final class SeparationOfDuties {

    private final People people;
    private final Parties parties;
    private final OwnChanges own;
    private final Instant openedAt;

    /** Escalations count from {@code openedAt}, the first opening. */
    SeparationOfDuties(People people, Parties parties, OwnChanges own, Instant openedAt) {
        this.people = people;
        this.parties = parties;
        this.own = own;
        this.openedAt = openedAt;
    }

    /** The person with what he belongs to, worked out once for all requirements. */
    Member member(Person person) {
        Belonging present = Belonging.of(person, people);
        return new Member(person, present, independent(present));
    }

    /**
     * A person as he is now.
     *
     * @param independent what he belongs to without what the asking side gave him; nothing at all when it made his account
     */
    record Member(Person person, Belonging present, Belonging independent) {}

    Standing standing(Member member, Requirement requirement, Instant at) {
        if (!member.person().active()) {
            return Standing.INACTIVE;
        }
        if (!member.present().holdsMoreThanViewer()) {
            return Standing.VIEWER_ONLY;
        }
        if (!listed(member.present(), requirement, at)) {
            return Standing.NOT_LISTED;
        }
        Standing side = side(member.person().id(), requirement);
        return side == ELIGIBLE ? independence(member, requirement, at) : side;
    }

    /**
     * Whether somebody who belongs so is among the approvers, by the rule as it is and, where the asking side edited it,
     * as it was.
     */
    boolean listedEitherWay(Belonging belonging, Requirement requirement, Instant at) {
        Requirement before = own.rulesBefore().get(requirement.id());
        return listed(belonging, requirement, at) && (before == null || listed(belonging, before, at));
    }

    private Standing side(String id, Requirement requirement) {
        if (parties.onBehalf() && parties.caller().id().equals(id)) {
            return Standing.CALLER;
        }
        if (id.equals(parties.accountable())) {
            return Standing.ACCOUNTABLE_FOR_CALLER;
        }
        if (parties.asks(id)) {
            Standing barred = parties.subject().isPerson() ? Standing.REQUESTER : Standing.OWNER_OF_REQUESTER;
            return requirement.requesterCanApprove() ? ELIGIBLE : barred;
        }
        if (id.equals(parties.tokenMaker())) {
            return Standing.TOKEN_MAKER;
        }
        return parties.authors().contains(id) ? Standing.AUTHOR : ELIGIBLE;
    }

    private Standing independence(Member member, Requirement requirement, Instant at) {
        String id = member.person().id();
        String maker = member.person().credentialMaker();
        if (maker != null && !maker.equals(id) && own.makers().contains(maker)) {
            return Standing.CREDENTIAL_FROM_REQUESTER;
        }
        Requirement before = own.rulesBefore().get(requirement.id());
        boolean stands = member.independent().holdsMoreThanViewer()
                && listedEitherWay(member.independent(), requirement, at)
                && (before == null || side(id, before) == ELIGIBLE);
        return stands ? ELIGIBLE : Standing.RESTS_ON_REQUESTERS_CHANGE;
    }

    private boolean listed(Belonging belonging, Requirement requirement, Instant at) {
        if (belonging.isAmong(requirement.approvers())
                || belonging.isAmong(requirement.quorum().named())) {
            return true;
        }
        Escalation escalation = requirement.escalation();
        return escalation != null && requirement.escalated(openedAt, at) && belonging.isAmong(escalation.approvers());
    }

    private Belonging independent(Belonging present) {
        String id = present.personId();
        if (own.accounts().contains(id)) {
            return Belonging.nothing(id);
        }
        if (own.teams().isEmpty() && own.roles().isEmpty() && own.nestings().isEmpty()) {
            return present;
        }
        Set<String> teams = new HashSet<>(present.teams());
        teams.removeIf(team -> own.teams().contains(new Membership(id, team)));
        Set<String> allTeams = new HashSet<>();
        teams.forEach(team -> climb(team, allTeams));
        Set<String> roles = new HashSet<>(present.orgRoles());
        roles.removeIf(role -> own.roles().contains(new Membership(id, role)));
        return new Belonging(id, teams, allTeams, roles);
    }

    /** All teams from this one upwards, without the steps that the asking side put in. */
    private void climb(String teamId, Set<String> reached) {
        Optional<Team> team = people.team(teamId);
        if (team.isPresent() && reached.add(teamId)) {
            String parent = team.get().parentId();
            if (parent != null && !own.nestings().contains(teamId)) {
                climb(parent, reached);
            }
        }
    }
}
