package io.countersign.core.approval;

import static io.countersign.core.approval.Standing.ELIGIBLE;

import io.countersign.core.approval.OwnChanges.Membership;
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

    /**
     * A person as he is now, worked out once for all requirements.
     *
     * @param independent what he belongs to without what the asking side gave him; nothing at all when it made his account
     * @param unfit why he approves nothing at all, or {@code ELIGIBLE}
     * @param bar why he does not count on this request, or {@code ELIGIBLE}
     * @param asks whether a requirement may lift that bar
     */
    record Member(
            Person person,
            Belonging present,
            Belonging independent,
            Standing unfit,
            Standing bar,
            boolean asks,
            boolean credentialFromTheAskingSide) {}

    Member member(Person person) {
        Belonging present = Belonging.of(person, people);
        Standing bar = bar(person.id());
        boolean asks = bar == Standing.REQUESTER || bar == Standing.OWNER_OF_REQUESTER;
        String maker = person.credentialMaker();
        boolean made =
                maker != null && !maker.equals(person.id()) && own.makers().contains(maker);
        return new Member(person, present, independent(present), unfit(person), bar, asks, made);
    }

    /** Whether any rule but being listed could keep the person out: a look that costs less than a judgement. */
    boolean mayBeKeptOut(Person person) {
        boolean changed = !own.nestings().isEmpty()
                || !own.rulesBefore().isEmpty()
                || !own.teams().isEmpty()
                || !own.roles().isEmpty()
                || own.accounts().contains(person.id());
        String maker = person.credentialMaker();
        return changed || (maker != null && own.makers().contains(maker)) || bar(person.id()) != ELIGIBLE;
    }

    Electorate electorate(Requirement requirement) {
        Requirement before =
                own.rulesBefore().isEmpty() ? null : own.rulesBefore().get(requirement.id());
        return new Electorate(requirement, before, openedAt);
    }

    /** Whether the person may vote for the requirement at that moment, and if not, by which rule. */
    Standing standing(Member member, Electorate electorate, Instant at) {
        if (member.unfit() != ELIGIBLE) {
            return member.unfit();
        }
        if (!electorate.includes(member.present(), at)) {
            return Standing.NOT_LISTED;
        }
        if (member.bar() != ELIGIBLE && !(member.asks() && electorate.liftsTheAskingSide())) {
            return member.bar();
        }
        if (member.credentialFromTheAskingSide()) {
            return Standing.CREDENTIAL_FROM_REQUESTER;
        }
        return counts(member, member.independent(), electorate, at) ? ELIGIBLE : Standing.RESTS_ON_REQUESTERS_CHANGE;
    }

    /**
     * Whether the person counts, being among the approvers by nothing but {@code kept}: what he belongs to independently, or
     * what is left of that since his vote.
     */
    boolean counts(Member member, Belonging kept, Electorate electorate, Instant at) {
        return member.unfit() == ELIGIBLE
                && (member.bar() == ELIGIBLE || (member.asks() && electorate.liftsEitherWay()))
                && !member.credentialFromTheAskingSide()
                && member.independent().holdsMoreThanViewer()
                && electorate.includesEitherWay(kept, at);
    }

    private static Standing unfit(Person person) {
        if (!person.active()) {
            return Standing.INACTIVE;
        }
        return person.mayApproveAtAll() ? ELIGIBLE : Standing.VIEWER_ONLY;
    }

    /** The place on the asking side that keeps somebody out, or {@code ELIGIBLE}. */
    Standing bar(String id) {
        if (parties.onBehalf() && parties.caller().id().equals(id)) {
            return Standing.CALLER;
        }
        if (id.equals(parties.accountable())) {
            return Standing.ACCOUNTABLE_FOR_CALLER;
        }
        if (parties.asks(id)) {
            return parties.subject().isPerson() ? Standing.REQUESTER : Standing.OWNER_OF_REQUESTER;
        }
        if (id.equals(parties.tokenMaker())) {
            return Standing.TOKEN_MAKER;
        }
        return parties.authors().contains(id) ? Standing.AUTHOR : ELIGIBLE;
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
