package io.countersign.core.approval;

import io.countersign.core.approval.SeparationOfDuties.Member;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Team;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts the votes of one request in the circumstances of one moment. */
public final class Counting {

    private final People people;
    private final SeparationOfDuties duties;
    private final List<Requirement> requirements;
    private final List<Vote> votes;
    private final List<Approver> approvers;
    private final Instant now;

    public Counting(ApprovalRequest request, Circumstances circumstances) {
        this.people = circumstances.people();
        this.duties = new SeparationOfDuties(people, request.parties(), circumstances.own(), request.firstOpenedAt());
        this.requirements = request.requirements();
        this.votes = request.votes();
        this.now = circumstances.now();
        this.approvers = new ArrayList<>();
        for (Vote vote : votes) {
            // INVARIANT B1: only a vote on exactly the bytes that are asked for counts
            if (vote.kind() == Vote.Kind.APPROVE
                    && vote.digest().equals(request.ask().digest())) {
                approver(vote).ifPresent(approvers::add);
            }
        }
    }

    private Counting(People people, Requirement requirement, Instant now) {
        this.people = people;
        this.duties = new SeparationOfDuties(people, Parties.nobody(), OwnChanges.none(), now);
        this.requirements = List.of(requirement);
        this.votes = List.of();
        this.approvers = List.of();
        this.now = now;
    }

    /** Who could meet a requirement, and how, before anybody has asked: nobody is on the asking side then. */
    public static Outlook preview(Requirement requirement, People people, Instant now) {
        return new Counting(people, requirement, now).outlook(requirement);
    }

    /** How every requirement of the request stands. */
    public List<Tally> tallies() {
        return requirements.stream().map(this::tally).toList();
    }

    /** How one requirement stands. */
    public Tally tally(Requirement requirement) {
        List<Approver> counting = counting(requirement);
        Set<String> counted = new HashSet<>();
        counting.forEach(approver -> counted.add(approver.personId()));
        String id = requirement.id();
        Set<String> lapsed = new HashSet<>();
        for (Vote vote : votes) {
            if (vote.kind() == Vote.Kind.APPROVE
                    && vote.requirements().contains(id)
                    && !counted.contains(vote.personId())) {
                lapsed.add(vote.personId());
            }
        }
        List<Missing> missing =
                new QuorumSolver(requirement.quorum()).missing(ballots(requirement, throughout(counting)));
        return new Tally(requirement, counted, lapsed, missing);
    }

    /** Whether this person may count for this requirement now, and if not, by which rule. */
    public Standing standing(String personId, Requirement requirement) {
        return people.person(personId)
                .map(person -> duties.standing(duties.member(person), requirement, now))
                .orElse(Standing.INACTIVE);
    }

    /**
     * Who could close a requirement; reads everybody, so it is for showing and not for deciding. Who has voted is no
     * candidate: he would have to withdraw first.
     */
    public Outlook outlook(Requirement requirement) {
        Set<String> voted = new HashSet<>();
        votes.forEach(vote -> voted.add(vote.personId()));
        Set<String> eligible = new HashSet<>();
        List<Belonging> belongings = new ArrayList<>();
        for (Person person : people.all()) {
            Member member = duties.member(person);
            if (!voted.contains(person.id()) && duties.standing(member, requirement, now) == Standing.ELIGIBLE) {
                eligible.add(person.id());
                belongings.add(member.independent());
            }
        }
        List<Ballot> given = ballots(requirement, throughout(counting(requirement)));
        List<Ballot> candidates = ballots(requirement, belongings);
        QuorumSolver solver = new QuorumSolver(requirement.quorum());
        return new Outlook(
                tally(requirement),
                eligible,
                solver.fewestFurther(given, candidates),
                solver.closers(given, candidates));
    }

    /** The votes that count for some requirement now; a reopened request keeps these. */
    List<Vote> counting(Collection<Tally> tallies) {
        return votes.stream()
                .filter(vote ->
                        tallies.stream().anyMatch(tally -> tally.counted().contains(vote.personId())))
                .toList();
    }

    /** What this person belongs to without what the asking side gave him, or nothing when there is no such person. */
    Optional<Belonging> belonging(String personId) {
        return people.person(personId).map(person -> duties.member(person).independent());
    }

    /** Somebody who voted for it: the vote, who he is now, and what he belonged to from the vote until now. */
    private record Approver(Vote vote, Member member, Belonging throughout) {

        String personId() {
            return vote.personId();
        }
    }

    private Optional<Approver> approver(Vote vote) {
        return people.person(vote.personId()).map(person -> {
            Member member = duties.member(person);
            return new Approver(vote, member, member.independent().and(Belonging.at(vote)));
        });
    }

    private List<Approver> counting(Requirement requirement) {
        List<Approver> counting = new ArrayList<>(approvers.size());
        for (Approver approver : approvers) {
            // What was gained after the vote fills no place: he must have been among the approvers by what he kept.
            if (duties.standing(approver.member(), requirement, now) == Standing.ELIGIBLE
                    && duties.listedEitherWay(
                            approver.throughout(), requirement, approver.vote().at())) {
                counting.add(approver);
            }
        }
        return counting;
    }

    private static List<Belonging> throughout(List<Approver> counting) {
        return counting.stream().map(Approver::throughout).toList();
    }

    private List<Ballot> ballots(Requirement requirement, List<Belonging> belongings) {
        Set<String> listed = new HashSet<>(requirement.approvers().teams());
        listed.addAll(requirement.quorum().requiredTeamIds());
        boolean teamsMatter = requirement.quorum().minDistinctTeams() > 0;
        List<Ballot> ballots = new ArrayList<>(belongings.size());
        for (Belonging belonging : belongings) {
            Set<String> distinct = teamsMatter ? distinctTeams(belonging, listed) : Set.of();
            ballots.add(new Ballot(belonging.personId(), belonging.allTeams(), belonging.orgRoles(), distinct));
        }
        return ballots;
    }

    /** The teams that count as distinct: those the rule lists when it lists any, else those a person is directly in. */
    private Set<String> distinctTeams(Belonging belonging, Set<String> listed) {
        Set<String> counting = new HashSet<>(belonging.teams());
        if (!listed.isEmpty()) {
            counting.addAll(belonging.allTeams());
            counting.retainAll(listed);
        }
        counting.removeIf(
                team -> people.team(team).filter(Team::countsAsDistinct).isEmpty());
        return counting;
    }
}
