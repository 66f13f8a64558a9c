package io.countersign.core.approval;

import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Team;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts the votes of one request in the circumstances of one moment. */
public final class Counting {

    private final ApprovalRequest request;
    private final SeparationOfDuties duties;
    private final Instant now;

    public Counting(ApprovalRequest request, Circumstances circumstances) {
        this.request = request;
        this.duties = new SeparationOfDuties(circumstances.people(), request.parties(), circumstances.own());
        this.now = circumstances.now();
    }

    /** How every requirement of the request stands. */
    public List<Tally> tallies() {
        return request.requirements().stream().map(this::tally).toList();
    }

    /** Whether this person may count for this requirement now, and if not, by which rule. */
    public Standing standing(String personId, Requirement requirement) {
        return people().person(personId)
                .map(person -> standing(person, requirement))
                .orElse(Standing.INACTIVE);
    }

    /** How one requirement stands. */
    public Tally tally(Requirement requirement) {
        Set<String> lapsed = new LinkedHashSet<>();
        List<Ballot> ballots = ballots(requirement, lapsed);
        Set<String> counted = new LinkedHashSet<>();
        ballots.forEach(ballot -> counted.add(ballot.personId()));
        return new Tally(requirement, counted, lapsed, new QuorumSolver(requirement.quorum()).missing(ballots));
    }

    /** Who could close a requirement; reads everybody, so it is for showing and not for deciding. */
    public Outlook outlook(Requirement requirement) {
        List<Ballot> given = ballots(requirement, new HashSet<>());
        Tally tally = tally(requirement);
        List<Ballot> candidates = new ArrayList<>();
        Set<String> eligible = new LinkedHashSet<>();
        for (Person person : people().all()) {
            if (request.voteOf(person.id()).isEmpty() && standing(person, requirement) == Standing.ELIGIBLE) {
                eligible.add(person.id());
                candidates.add(
                        ballot(requirement, person, people().teamsOf(person), person.teams(), person.orgRoles()));
            }
        }
        QuorumSolver solver = new QuorumSolver(requirement.quorum());
        return new Outlook(tally, eligible, solver.fewestFurther(given, candidates), solver.closers(given, candidates));
    }

    /** The votes that count for some requirement now; a reopened request keeps these. */
    List<Vote> counting(Collection<Tally> tallies) {
        return request.votes().stream()
                .filter(vote ->
                        tallies.stream().anyMatch(tally -> tally.counted().contains(vote.personId())))
                .toList();
    }

    private Standing standing(Person person, Requirement requirement) {
        return duties.standing(person, requirement, requirement.escalated(request.firstOpenedAt(), now));
    }

    private People people() {
        return duties.people();
    }

    private List<Ballot> ballots(Requirement requirement, Set<String> lapsed) {
        List<Ballot> ballots = new ArrayList<>();
        for (Vote vote : request.votes()) {
            if (vote.kind() == Vote.Kind.APPROVE
                    && vote.digest().equals(request.ask().digest())) {
                ballot(vote, requirement).ifPresentOrElse(ballots::add, () -> {
                    if (vote.requirements().contains(requirement.id())) {
                        lapsed.add(vote.personId());
                    }
                });
            }
        }
        return ballots;
    }

    /** The person as he was at the vote and still is: what was gained since fills no place. */
    private Optional<Ballot> ballot(Vote vote, Requirement requirement) {
        Optional<Person> present = people().person(vote.personId());
        if (present.isEmpty() || standing(present.get(), requirement) != Standing.ELIGIBLE) {
            return Optional.empty();
        }
        Person person = present.get();
        if (!eligibleThen(vote, requirement)) {
            return Optional.empty();
        }
        return Optional.of(ballot(
                requirement,
                person,
                both(people().teamsOf(person), vote.allTeams()),
                both(person.teams(), vote.teams()),
                both(person.orgRoles(), vote.orgRoles())));
    }

    /** A requirement that was added after the vote is filled by what the voter was when he voted. */
    private boolean eligibleThen(Vote vote, Requirement requirement) {
        if (vote.requirements().contains(requirement.id())) {
            return true;
        }
        Person then = new Person(vote.personId(), true, vote.teams(), vote.orgRoles(), null);
        return then.mayApproveAtAll() && listedThen(vote, requirement);
    }

    private static boolean listedThen(Vote vote, Requirement requirement) {
        Approvers approvers = requirement.approvers();
        Approvers named = requirement.quorum().named();
        return approvers.users().contains(vote.personId())
                || named.users().contains(vote.personId())
                || vote.allTeams().stream()
                        .anyMatch(team -> approvers.teams().contains(team)
                                || named.teams().contains(team))
                || vote.orgRoles().stream()
                        .anyMatch(role -> approvers.orgRoles().contains(role)
                                || named.orgRoles().contains(role));
    }

    private Ballot ballot(
            Requirement requirement, Person person, Set<String> allTeams, Set<String> teams, Set<String> roles) {
        return new Ballot(person.id(), allTeams, roles, distinctTeams(requirement, allTeams, teams));
    }

    /** The teams that count as distinct: those the rule lists when it lists any, else those a person is directly in. */
    private Set<String> distinctTeams(Requirement requirement, Set<String> allTeams, Set<String> directTeams) {
        if (requirement.quorum().minDistinctTeams() == 0) {
            return Set.of();
        }
        Set<String> listed = new HashSet<>(requirement.approvers().teams());
        listed.addAll(requirement.quorum().requiredTeamIds());
        Set<String> counting = new HashSet<>();
        for (String team : listed.isEmpty() ? directTeams : both(listed, allTeams)) {
            if (people().team(team).filter(Team::countsAsDistinct).isPresent()) {
                counting.add(team);
            }
        }
        return counting;
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        Set<String> common = new HashSet<>(some);
        common.retainAll(others);
        return common;
    }
}
