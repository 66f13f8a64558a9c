package io.countersign.core.approval;

import io.countersign.core.approval.SeparationOfDuties.Member;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

    /** The votes that count for a requirement, in the order they were cast. */
    public List<Signature> signatures(Requirement requirement) {
        Electorate electorate = duties.electorate(requirement);
        return approvers.stream()
                .filter(approver -> approver.countsFor(electorate, duties))
                .map(approver -> electorate.signature(approver.vote(), approver.throughout()))
                .toList();
    }

    /** Those among the eligible whose approval fills this slot of the requirement. */
    public Set<String> fillers(Slot slot, Set<String> eligible) {
        Set<String> fillers = new HashSet<>();
        for (String id : eligible) {
            if (fills(slot, id)) {
                fillers.add(id);
            }
        }
        return fillers;
    }

    /** Whether somebody who is eligible for the requirement fills this slot of it. */
    public boolean fills(Slot slot, String personId) {
        return switch (slot) {
            case Slot.OfPerson person -> person.personId().equals(personId);
            case Slot.OfTeam team -> belongsTo(personId, Belonging::allTeams, team.teamId());
            case Slot.OfRole role -> belongsTo(personId, Belonging::orgRoles, role.role());
            case Slot.OfAnyone _ -> people.person(personId).isPresent();
        };
    }

    private boolean belongsTo(String personId, Function<Belonging, Set<String>> groups, String group) {
        return belonging(personId)
                .map(groups)
                .filter(theirs -> theirs.contains(group))
                .isPresent();
    }

    /** By which rule this person, being on the asking side, is kept out where no requirement lets him in, or {@code ELIGIBLE}. */
    public Standing askingSide(String personId) {
        return duties.bar(personId);
    }

    /**
     * Everybody whose approval counts for no requirement although he is on the asking side or would be among the approvers,
     * with the rule that keeps him out; in the order people are known in.
     */
    public Map<String, Standing> excluded() {
        Map<String, Standing> excluded = new LinkedHashMap<>();
        for (Person person : people.all()) {
            if (duties.mayBeKeptOut(person)) {
                Member member = duties.member(person);
                Standing standing = keptOut(member);
                if (standing != Standing.ELIGIBLE) {
                    excluded.put(person.id(), standing);
                }
            }
        }
        return excluded;
    }

    /** The rule that keeps a person out of every requirement, or {@code ELIGIBLE} when none does or he is in none anyway. */
    private Standing keptOut(Member member) {
        Standing rule = member.bar();
        for (Requirement requirement : requirements) {
            Standing standing = duties.standing(member, duties.electorate(requirement), now);
            switch (standing) {
                case ELIGIBLE, INACTIVE, VIEWER_ONLY -> {
                    return Standing.ELIGIBLE;
                }
                case NOT_LISTED -> {}
                case REQUESTER,
                        OWNER_OF_REQUESTER,
                        CALLER,
                        ACCOUNTABLE_FOR_CALLER,
                        TOKEN_MAKER,
                        AUTHOR,
                        RESTS_ON_REQUESTERS_CHANGE,
                        CREDENTIAL_FROM_REQUESTER -> rule = standing;
            }
        }
        return rule;
    }

    /**
     * Who could close a requirement; reads everybody who is listed, so it is for showing and not for deciding. Who has voted
     * is no candidate: he would have to withdraw first.
     */
    public Outlook outlook(Requirement requirement) {
        Electorate electorate = duties.electorate(requirement);
        List<Belonging> belongings = candidates(electorate);
        Set<String> eligible = people(belongings);
        List<Belonging> given = approvers.stream()
                .filter(approver -> approver.countsFor(electorate, duties))
                .map(Approver::throughout)
                .toList();
        FurtherApprovals further = new FurtherApprovals(solver(requirement), given, belongings);
        return new Outlook(tally(requirement), eligible, further.fewest(), further.closers());
    }

    /** Everybody who may still approve the requirement; who has voted is not among them. */
    public Set<String> eligible(Requirement requirement) {
        return people(candidates(duties.electorate(requirement)));
    }

    private List<Belonging> candidates(Electorate electorate) {
        Set<String> voted = new HashSet<>();
        votes.forEach(vote -> voted.add(vote.personId()));
        List<Belonging> candidates = new ArrayList<>();
        for (Person person : electorate.members(people, now)) {
            Member member = duties.member(person);
            if (!voted.contains(person.id()) && duties.standing(member, electorate, now) == Standing.ELIGIBLE) {
                candidates.add(member.independent());
            }
        }
        return candidates;
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
