package io.countersign.core.approval;

import static io.countersign.core.approval.Standing.ELIGIBLE;

import io.countersign.core.approval.OwnChanges.Membership;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Team;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who may approve what: listed, active, and not on the asking side; judged for each requirement by itself. */
final class SeparationOfDuties {

    private final People people;
    private final People peopleBefore;
    private final Parties parties;
    private final OwnChanges own;

    SeparationOfDuties(People people, Parties parties, OwnChanges own) {
        this.people = people;
        this.parties = parties;
        this.own = own;
        this.peopleBefore = without(people, own);
    }

    People people() {
        return people;
    }

    Standing standing(Person person, Requirement requirement, boolean escalated) {
        if (!person.active()) {
            return Standing.INACTIVE;
        }
        if (!person.mayApproveAtAll()) {
            return Standing.VIEWER_ONLY;
        }
        if (!listed(people, person, requirement.approvers(), requirement, escalated)) {
            return Standing.NOT_LISTED;
        }
        Standing side = side(person, requirement);
        return side == ELIGIBLE ? independence(person, requirement, escalated) : side;
    }

    private Standing side(Person person, Requirement requirement) {
        String id = person.id();
        if (parties.onBehalf() && parties.caller().id().equals(id)) {
            return Standing.CALLER;
        }
        if (id.equals(parties.accountable())) {
            return Standing.ACCOUNTABLE_FOR_CALLER;
        }
        if (parties.asks(id)) {
            boolean lifted = requirement.requesterCanApprove();
            Standing barred = parties.subject().isPerson() ? Standing.REQUESTER : Standing.OWNER_OF_REQUESTER;
            return lifted ? ELIGIBLE : barred;
        }
        if (parties.owners().contains(id)) {
            return Standing.OWNER_OF_REQUESTER;
        }
        if (id.equals(parties.tokenMaker())) {
            return Standing.TOKEN_MAKER;
        }
        return parties.authors().contains(id) ? Standing.AUTHOR : ELIGIBLE;
    }

    private Standing independence(Person person, Requirement requirement, boolean escalated) {
        if (parties.asks(person.id())) {
            return ELIGIBLE;
        }
        String maker = person.credentialMaker();
        if (maker != null && own.makers().contains(maker)) {
            return Standing.CREDENTIAL_FROM_REQUESTER;
        }
        Approvers before = own.approversBefore().getOrDefault(requirement.id(), requirement.approvers());
        boolean stands = peopleBefore
                .person(person.id())
                .filter(Person::mayApproveAtAll)
                .filter(same -> listed(peopleBefore, same, before, requirement, escalated))
                .isPresent();
        return stands ? ELIGIBLE : Standing.RESTS_ON_REQUESTERS_CHANGE;
    }

    private static boolean listed(
            People people, Person person, Approvers approvers, Requirement requirement, boolean escalated) {
        Set<String> teams = people.teamsOf(person);
        return names(approvers, person, teams)
                || names(requirement.quorum().named(), person, teams)
                || (escalated
                        && requirement.escalation() != null
                        && names(requirement.escalation().approvers(), person, teams));
    }

    private static boolean names(Approvers approvers, Person person, Set<String> teams) {
        return approvers.users().contains(person.id())
                || intersects(approvers.teams(), teams)
                || intersects(approvers.orgRoles(), person.orgRoles());
    }

    private static boolean intersects(Set<String> some, Set<String> others) {
        return !some.isEmpty() && others.stream().anyMatch(some::contains);
    }

    private static People without(People people, OwnChanges own) {
        if (own.accounts().isEmpty()
                && own.teams().isEmpty()
                && own.roles().isEmpty()
                && own.nestings().isEmpty()) {
            return people;
        }
        return new People(
                people.all().stream()
                        .filter(person -> !own.accounts().contains(person.id()))
                        .map(person -> new Person(
                                person.id(),
                                person.active(),
                                keep(person.teams(), team -> !own.teams().contains(new Membership(person.id(), team))),
                                keep(
                                        person.orgRoles(),
                                        role -> !own.roles().contains(new Membership(person.id(), role))),
                                person.credentialMaker()))
                        .toList(),
                people.teams().stream()
                        .map(team -> own.nestings().contains(team.id()) ? unnested(team) : team)
                        .toList());
    }

    private static Team unnested(Team team) {
        @Nullable String none = null;
        return new Team(team.id(), none, team.countsAsDistinct());
    }

    private static Set<String> keep(Set<String> groups, Predicate<String> stays) {
        Set<String> kept = new HashSet<>();
        groups.stream().filter(stays).forEach(kept::add);
        return kept;
    }
}
