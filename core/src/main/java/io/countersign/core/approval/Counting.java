package io.countersign.core.approval;

import io.countersign.core.approval.SeparationOfDuties.Member;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
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
    private final List<Approver> approvers = new ArrayList<>();
    private final List<Vote> orphans = new ArrayList<>();
    private final Instant now;

    public Counting(ApprovalRequest request, Circumstances circumstances) {
        this.people = circumstances.people();
        this.duties = new SeparationOfDuties(people, request.parties(), circumstances.own(), request.firstOpenedAt());
        this.requirements = request.requirements();
        this.votes = request.votes();
        this.now = circumstances.now();
        Set<String> seen = new HashSet<>();
        for (Vote vote : votes) {
            // INVARIANT B1, Q2: only one vote of each person counts, and only on exactly the bytes that are asked for
            if (vote.kind() == Vote.Kind.APPROVE
                    && vote.digest().equals(request.ask().digest())
                    && seen.add(vote.personId())) {
                people.person(vote.personId())
                        .ifPresentOrElse(person -> approvers.add(approver(vote, person)), () -> orphans.add(vote));
            }
        }
    }

    private Counting(People people, Requirement requirement, Instant now) {
        this.people = people;
        this.duties = new SeparationOfDuties(people, Parties.nobody(), OwnChanges.none(), now);
        this.requirements = List.of(requirement);
        this.votes = List.of();
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
        String id = requirement.id();
        Electorate electorate = duties.electorate(requirement);
        List<Belonging> counting = new ArrayList<>(approvers.size());
        Set<String> lapsed = new HashSet<>();
        for (Approver approver : approvers) {
            if (approver.countsFor(electorate, duties)) {
                counting.add(approver.throughout());
            } else if (approver.vote().requirements().contains(id)) {
                lapsed.add(approver.vote().personId());
            }
        }
        for (Vote orphan : orphans) {
            if (orphan.requirements().contains(id)) {
                lapsed.add(orphan.personId());
            }
        }
        return new Tally(
                requirement, people(counting), lapsed, solver(requirement).missing(counting));
    }

    /** Whether this person may count for this requirement now, and if not, by which rule. */
    public Standing standing(String personId, Requirement requirement) {
        return people.person(personId)
                .map(person -> duties.standing(duties.member(person), duties.electorate(requirement), now))
                .orElse(Standing.INACTIVE);
    }

    /**
     * Who could close a requirement; reads everybody, so it is for showing and not for deciding. Who has voted is no
     * candidate: he would have to withdraw first.
     */
    public Outlook outlook(Requirement requirement) {
        Set<String> voted = new HashSet<>();
        votes.forEach(vote -> voted.add(vote.personId()));
        Electorate electorate = duties.electorate(requirement);
        Set<String> eligible = new HashSet<>();
        List<Belonging> belongings = new ArrayList<>();
        for (Person person : people.all()) {
            Member member = duties.member(person);
            if (!voted.contains(person.id()) && duties.standing(member, electorate, now) == Standing.ELIGIBLE) {
                eligible.add(person.id());
                belongings.add(member.independent());
            }
        }
        List<Belonging> given = approvers.stream()
                .filter(approver -> approver.countsFor(electorate, duties))
                .map(Approver::throughout)
                .toList();
        FurtherApprovals further = new FurtherApprovals(solver(requirement), given, belongings);
        return new Outlook(tally(requirement), eligible, further.fewest(), further.closers());
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

    private QuorumSolver solver(Requirement requirement) {
        return new QuorumSolver(requirement.quorum(), new DistinctTeams(requirement, people));
    }

    private Approver approver(Vote vote, Person person) {
        Member member = duties.member(person);
        Instant at = vote.at().isBefore(now) ? vote.at() : now;
        return new Approver(vote, at, member, member.independent().and(Belonging.at(vote)));
    }

    /** Somebody who voted for it: the vote and its moment, who he is now, and what he belonged to from then until now. */
    private record Approver(Vote vote, Instant at, Member member, Belonging throughout) {

        /** What was gained after the vote fills no place: he must be among the approvers by what he kept. */
        boolean countsFor(Electorate electorate, SeparationOfDuties duties) {
            return duties.counts(member, throughout, electorate, at);
        }
    }

    private static Set<String> people(List<Belonging> distinct) {
        String[] ids = new String[distinct.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = distinct.get(i).personId();
        }
        return Set.of(ids);
    }
}
