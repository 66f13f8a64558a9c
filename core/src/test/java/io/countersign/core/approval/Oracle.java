package io.countersign.core.approval;

import io.countersign.core.action.Subject;
import io.countersign.core.approval.OwnChanges.Membership;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Team;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * What the rules of eligibility and tally say, written down a second time, in quantifiers over sets: slow, plain, and sharing
 * nothing with the classes it is compared with.
 */
final class Oracle {

    private final ApprovalRequest request;
    private final People people;
    private final OwnChanges own;
    private final Instant now;

    Oracle(ApprovalRequest request, Circumstances circumstances) {
        this.request = request;
        this.people = circumstances.people();
        this.own = circumstances.own();
        this.now = circumstances.now();
    }

    /** Whether this person's vote for the requirement would be accepted now. */
    boolean mayVote(String id, Requirement requirement) {
        return people.all().stream()
                .anyMatch(person -> person.id().equals(id)
                        && person.active()
                        && person.orgRoles().stream().anyMatch(role -> !role.equals("viewer"))
                        && among(person, requirement, now, this::inTeam, this::holds)
                        && notBarred(id, requirement)
                        && credentialIsIndependent(person)
                        && standsWithoutTheAskingSide(person, requirement));
    }

    /** Those whose recorded approvals count for the requirement now. */
    Set<String> counted(Requirement requirement) {
        return request.votes().stream()
                .filter(vote -> counts(vote, requirement))
                .map(Vote::personId)
                .collect(Collectors.toSet());
    }

    /** Whether every requirement here is met by the approvals that count. */
    boolean allMet(List<Requirement> requirements) {
        return requirements.stream().allMatch(this::met);
    }

    boolean met(Requirement requirement) {
        return met(requirement, List.of());
    }

    /** Those eligible who have not voted. */
    List<Person> candidates(Requirement requirement) {
        return people.all().stream()
                .filter(person -> request.votes().stream()
                        .noneMatch(vote -> vote.personId().equals(person.id())))
                .filter(person -> mayVote(person.id(), requirement))
                .toList();
    }

    /** The size of the smallest set of candidates whose approvals would meet the requirement. */
    OptionalInt fewestFurther(Requirement requirement) {
        return subsets(candidates(requirement)).stream()
                .filter(subset -> met(requirement, subset))
                .mapToInt(List::size)
                .min();
    }

    /** Each candidate who, having approved alone, leaves fewer to go. */
    Set<String> closers(Requirement requirement) {
        OptionalInt fewest = fewestFurther(requirement);
        return candidates(requirement).stream()
                .filter(one -> fewest.isPresent()
                        && subsets(candidates(requirement)).stream()
                                .anyMatch(subset -> subset.contains(one)
                                        && subset.size() == fewest.getAsInt()
                                        && met(requirement, subset)))
                .map(Person::id)
                .collect(Collectors.toSet());
    }

    private boolean met(Requirement requirement, List<Person> further) {
        List<Approving> all = new ArrayList<>();
        request.votes().stream()
                .filter(vote -> counts(vote, requirement))
                .forEach(vote -> all.add(new Approving(
                        person(vote.personId()),
                        team -> inTeamWithoutOwn(person(vote.personId()), team)
                                && vote.allTeams().contains(team),
                        team -> directlyWithoutOwn(person(vote.personId()), team)
                                && vote.teams().contains(team),
                        role -> holdsWithoutOwn(person(vote.personId()), role)
                                && vote.orgRoles().contains(role))));
        further.forEach(person -> all.add(new Approving(
                person,
                team -> inTeamWithoutOwn(person, team),
                team -> directlyWithoutOwn(person, team),
                role -> holdsWithoutOwn(person, role))));
        Quorum quorum = requirement.quorum();
        return all.stream().map(approving -> approving.person.id()).distinct().count() >= quorum.minApprovals()
                && quorum.requiredUserIds().stream()
                        .allMatch(user -> all.stream()
                                .anyMatch(approving -> approving.person.id().equals(user)))
                && quorum.requiredTeamIds().stream()
                        .allMatch(team -> all.stream().anyMatch(approving -> approving.in.test(team)))
                && quorum.requiredOrgRoles().stream()
                        .allMatch(role -> all.stream().anyMatch(approving -> approving.holds.test(role)))
                && distinctTeams(requirement, all) >= quorum.minDistinctTeams();
    }

    private record Approving(
            Person person,
            java.util.function.Predicate<String> in,
            java.util.function.Predicate<String> directlyIn,
            java.util.function.Predicate<String> holds) {}

    /** The largest matching is the smallest, over all groups of people, of those outside it and the teams of those inside (König). */
    private int distinctTeams(Requirement requirement, List<Approving> all) {
        Set<String> listed = new HashSet<>(requirement.approvers().teams());
        listed.addAll(requirement.quorum().requiredTeamIds());
        return subsets(all).stream()
                .mapToInt(group -> all.size()
                        - group.size()
                        + (int) people.teams().stream()
                                .filter(Team::countsAsDistinct)
                                .map(Team::id)
                                .filter(team -> group.stream()
                                        .anyMatch(one -> listed.isEmpty()
                                                ? one.directlyIn.test(team)
                                                : listed.contains(team) && one.in.test(team)))
                                .count())
                .min()
                .orElse(0);
    }

    private boolean counts(Vote vote, Requirement requirement) {
        return vote.kind() == Vote.Kind.APPROVE
                && vote.digest().equals(request.ask().digest())
                && mayVote(vote.personId(), requirement)
                && amongThroughout(vote, requirement)
                && (!own.rulesBefore().containsKey(requirement.id())
                        || amongThroughout(vote, own.rulesBefore().get(requirement.id())));
    }

    private boolean amongThroughout(Vote vote, Requirement requirement) {
        return among(
                person(vote.personId()),
                requirement,
                vote.at(),
                (person, team) ->
                        inTeamWithoutOwn(person, team) && vote.allTeams().contains(team),
                (person, role) ->
                        holdsWithoutOwn(person, role) && vote.orgRoles().contains(role));
    }

    private boolean among(
            Person person,
            Requirement requirement,
            Instant at,
            BiPredicate<Person, String> in,
            BiPredicate<Person, String> holds) {
        List<Approvers> lists = new ArrayList<>();
        lists.add(requirement.approvers());
        lists.add(new Approvers(
                requirement.quorum().requiredUserIds(),
                requirement.quorum().requiredTeamIds(),
                requirement.quorum().requiredOrgRoles()));
        if (requirement.escalation() != null
                && at.compareTo(request.firstOpenedAt()
                                .plus(requirement.escalation().after()))
                        >= 0) {
            lists.add(requirement.escalation().approvers());
        }
        return lists.stream()
                .anyMatch(list -> list.users().contains(person.id())
                        || list.teams().stream().anyMatch(team -> in.test(person, team))
                        || list.orgRoles().stream().anyMatch(role -> holds.test(person, role)));
    }

    /** Not one of those who are never counted, or lifted by this very requirement. */
    private boolean notBarred(String id, Requirement requirement) {
        Parties parties = request.parties();
        Subject subject = parties.subject();
        boolean callerOnBehalf =
                !parties.caller().equals(subject) && parties.caller().id().equals(id);
        if (callerOnBehalf || id.equals(parties.accountable())) {
            return false;
        }
        boolean asks =
                subject.isPerson() ? subject.id().equals(id) : parties.owners().contains(id);
        if (asks) {
            return requirement.requesterCanApprove();
        }
        return !id.equals(parties.tokenMaker()) && !parties.authors().contains(id);
    }

    private boolean credentialIsIndependent(Person person) {
        return person.credentialMaker() == null
                || person.credentialMaker().equals(person.id())
                || !own.makers().contains(person.credentialMaker());
    }

    /** He would be eligible had the asking side changed nothing. */
    private boolean standsWithoutTheAskingSide(Person person, Requirement requirement) {
        boolean approves = !own.accounts().contains(person.id())
                && person.orgRoles().stream().anyMatch(role -> !role.equals("viewer") && holdsWithoutOwn(person, role));
        Requirement before = own.rulesBefore().get(requirement.id());
        return approves
                && among(person, requirement, now, this::inTeamWithoutOwn, this::holdsWithoutOwn)
                && (before == null
                        || (among(person, before, now, this::inTeamWithoutOwn, this::holdsWithoutOwn)
                                && notBarred(person.id(), before)));
    }

    private boolean inTeam(Person person, String team) {
        return person.teams().stream().anyMatch(direct -> reaches(direct, team, Set.of()));
    }

    private boolean inTeamWithoutOwn(Person person, String team) {
        return person.teams().stream()
                .anyMatch(direct -> directlyWithoutOwn(person, direct) && reaches(direct, team, own.nestings()));
    }

    private boolean directlyWithoutOwn(Person person, String team) {
        return person.teams().contains(team)
                && !own.accounts().contains(person.id())
                && !own.teams().contains(new Membership(person.id(), team));
    }

    private boolean holds(Person person, String role) {
        return person.orgRoles().contains(role);
    }

    private boolean holdsWithoutOwn(Person person, String role) {
        return holds(person, role)
                && !own.accounts().contains(person.id())
                && !own.roles().contains(new Membership(person.id(), role));
    }

    private boolean reaches(String from, String to, Set<String> cut) {
        return people.team(from)
                .map(team -> from.equals(to)
                        || (team.parentId() != null && !cut.contains(from) && reaches(team.parentId(), to, cut)))
                .orElse(false);
    }

    private Person person(String id) {
        return people.person(id).orElseThrow();
    }

    private static <T> List<List<T>> subsets(List<T> all) {
        List<List<T>> subsets = new ArrayList<>();
        for (int bits = 0; bits < 1 << all.size(); bits++) {
            List<T> subset = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    subset.add(all.get(i));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }
}
