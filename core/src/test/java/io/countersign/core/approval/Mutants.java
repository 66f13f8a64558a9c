package io.countersign.core.approval;

import static io.countersign.core.approval.Invariant.B1;
import static io.countersign.core.approval.Invariant.B2;
import static io.countersign.core.approval.Invariant.B5;
import static io.countersign.core.approval.Invariant.G1;
import static io.countersign.core.approval.Invariant.L1;
import static io.countersign.core.approval.Invariant.L2;
import static io.countersign.core.approval.Invariant.L3;
import static io.countersign.core.approval.Invariant.L7;
import static io.countersign.core.approval.Invariant.Q1;
import static io.countersign.core.approval.Invariant.Q2;
import static io.countersign.core.approval.Invariant.Q3;
import static io.countersign.core.approval.Invariant.Q4;
import static io.countersign.core.approval.Invariant.Q5;
import static io.countersign.core.approval.Invariant.Q6;
import static io.countersign.core.approval.Invariant.Q7;
import static io.countersign.core.approval.Invariant.Q8;
import static io.countersign.core.approval.Invariant.T1;

import java.util.List;

/** The faults that the model checker must find: for every invariant the mistakes somebody could make. */
final class Mutants {

    private Mutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        G1,
                        "a session that is over lets pass",
                        "Approval",
                        "if (!bypass.holdsAt(now())) {",
                        "if (false) {"),
                new Mutant(
                        G1,
                        "what a session lets pass outlives it",
                        "Approval",
                        "bypass.until(), bypass.until(),",
                        "now().plusSeconds(7200), now().plusSeconds(7200),"),
                new Mutant(
                        G1,
                        "the session is not looked at again at the redemption",
                        "Approval",
                        "if (still == null || !still.sessionId().equals(bypassed.sessionId()) || !still.holdsAt(now())) {",
                        "if (false) {"),
                new Mutant(
                        G1,
                        "another session will do at the redemption",
                        "Approval",
                        "!still.sessionId().equals(bypassed.sessionId())",
                        "false"),
                new Mutant(
                        G1,
                        "an agent uses what a session let pass",
                        "Approval",
                        "if (redeem.caller().kind() == PrincipalKind.AGENT) {",
                        "if (false) {"),
                new Mutant(
                        G1,
                        "what was bypassed is not kept",
                        "Approval",
                        "new Bypassed(bypass.sessionId(), bypass.sessionName(), lacking)",
                        "new Bypassed(bypass.sessionId(), bypass.sessionName(), Set.of())"),
                new Mutant(
                        Q1,
                        "one requirement of several is enough",
                        "Approval",
                        "        if (!tallies.stream().allMatch(Tally::met)) { return done(current);",
                        "        if (tallies.stream().noneMatch(Tally::met)) { return done(current);"),
                new Mutant(
                        Q1,
                        "a required role is forgotten",
                        "QuorumSolver",
                        "lacking(quorum.requiredOrgRoles(), id -> anyone(approvals, Belonging::orgRoles, id))",
                        "List.<String>of()"),
                new Mutant(
                        Q1,
                        "a required team is forgotten",
                        "QuorumSolver",
                        "lacking(quorum.requiredTeamIds(), id -> anyone(approvals, Belonging::allTeams, id))",
                        "List.<String>of()"),
                new Mutant(
                        Q1,
                        "one approval fewer is enough",
                        "QuorumSolver",
                        "if (approvals.size() < quorum.minApprovals()) {",
                        "if (approvals.size() < quorum.minApprovals() - 1) {"),
                new Mutant(Q2, "voting again is accepted", "Approval", "if (recorded.isPresent()) {", "if (false) {"),
                new Mutant(
                        Q2,
                        "a person stands for all his teams",
                        "TeamMatching",
                        "matched.add(teams); if (place(",
                        "matched.add(teams); teams.forEach(team -> taken.put(team, matched.size() - 1)); if (place("),
                new Mutant(
                        Q3,
                        "the requester may always approve",
                        "SeparationOfDuties",
                        "(member.bar() == ELIGIBLE || (member.asks() && electorate.liftsEitherWay()))",
                        "(member.bar() == ELIGIBLE || member.asks())"),
                new Mutant(
                        Q3,
                        "whoever called is not looked at",
                        "SeparationOfDuties",
                        "if (parties.onBehalf() && parties.caller().id().equals(id)) {",
                        "if (false) {"),
                new Mutant(
                        Q3,
                        "whoever is accountable is not looked at",
                        "SeparationOfDuties",
                        "if (id.equals(parties.accountable())) {",
                        "if (false) {"),
                new Mutant(
                        Q3,
                        "whoever made the token is not looked at",
                        "SeparationOfDuties",
                        "if (id.equals(parties.tokenMaker())) {",
                        "if (false) {"),
                new Mutant(
                        Q3,
                        "authors are not looked at",
                        "SeparationOfDuties",
                        "return parties.authors().contains(id) ? Standing.AUTHOR : ELIGIBLE;",
                        "return ELIGIBLE;"),
                new Mutant(
                        Q3,
                        "the lift reaches everybody on the asking side",
                        "SeparationOfDuties",
                        "boolean asks = bar == Standing.REQUESTER || bar == Standing.OWNER_OF_REQUESTER;",
                        "boolean asks = bar != ELIGIBLE;"),
                new Mutant(
                        Q3,
                        "owners of an account are not looked at",
                        "Parties",
                        "return subject.isPerson() ? subject.id().equals(personId) : owners.contains(personId);",
                        "return subject.id().equals(personId);"),
                new Mutant(
                        Q3,
                        "teams the requester gave count",
                        "SeparationOfDuties",
                        "teams.removeIf(team -> own.teams().contains(new Membership(id, team)));",
                        ""),
                new Mutant(
                        Q3,
                        "roles the requester gave count",
                        "SeparationOfDuties",
                        "roles.removeIf(role -> own.roles().contains(new Membership(id, role)));",
                        ""),
                new Mutant(
                        Q3,
                        "a password from the requester counts",
                        "SeparationOfDuties",
                        "boolean made = maker != null && !maker.equals(person.id()) && own.makers().contains(maker);",
                        "boolean made = false;"),
                new Mutant(
                        Q3,
                        "an edited rule is judged only as it is",
                        "Electorate",
                        "return includes(belonging, at) && (before == null || before.includes(belonging, at));",
                        "return includes(belonging, at);"),
                new Mutant(
                        Q4,
                        "nobody looks again who is eligible",
                        "SeparationOfDuties",
                        "return member.unfit() == ELIGIBLE && (member.bar()",
                        "return (member.bar()"),
                new Mutant(
                        Q4,
                        "what was gained after the vote counts",
                        "Counting",
                        "member.independent().and(Belonging.at(vote))",
                        "member.independent()"),
                new Mutant(
                        Q4,
                        "what was lost after the vote counts",
                        "Counting",
                        "member.independent().and(Belonging.at(vote))",
                        "Belonging.at(vote)"),
                new Mutant(
                        Q4,
                        "a redemption does not count again",
                        "Approval",
                        "        if (!tallies.stream().allMatch(Tally::met)) { ApprovalRequest reopened",
                        "        if (tallies.isEmpty()) { ApprovalRequest reopened"),
                new Mutant(
                        Q4,
                        "a reopened request keeps every vote",
                        "Approval",
                        "current.reopened(counting.counting(tallies), now())",
                        "current.reopened(current.votes(), now())"),
                new Mutant(
                        Q5,
                        "a vote does not look at the rules in force",
                        "Approval",
                        "state instanceof Pending ? absorbed(before) : before",
                        "before"),
                new Mutant(
                        Q5,
                        "a redemption does not look at the rules in force",
                        "Approval",
                        "        ApprovalRequest current = absorbed(before); Counting",
                        "        ApprovalRequest current = before; Counting"),
                new Mutant(
                        Q5,
                        "the rules in force take the place of the frozen ones",
                        "ApprovalRequest",
                        "        List<Requirement> all = new ArrayList<>(requirements); all.addAll(added);",
                        "        List<Requirement> all = new ArrayList<>(added);"),
                new Mutant(
                        Q6,
                        "a denial is only written down",
                        "Approval",
                        "yield done(voted.with(new Denied(vote.personId(), now())));",
                        "yield done(voted);"),
                new Mutant(
                        Q6,
                        "a vote is taken after the end",
                        "Approval",
                        "        if (!(state instanceof Pending)) { return refused(new Refusal.NotPending(state)); } if (!cast",
                        "        if (!cast"),
                new Mutant(
                        Q7,
                        "the last requirement decides for all",
                        "Approval",
                        "        if (!tallies.stream().allMatch(Tally::met)) { return done(current);",
                        "        if (!tallies.getLast().met()) { return done(current);"),
                new Mutant(
                        Q7,
                        "what several rules demand is merged",
                        "Counting",
                        "return requirements.stream().map(this::tally).toList();",
                        "return List.of(tally(requirements.getLast()));"),
                new Mutant(
                        Q8,
                        "the escalation takes the place of the approvers",
                        "Electorate",
                        "return belonging.isAmong(listed) || belonging.isAmong(named) || (escalated",
                        "return (at.isBefore(escalatedFrom) && (belonging.isAmong(listed) || belonging.isAmong(named))) || (escalated"),
                new Mutant(
                        Q8,
                        "the escalation is there from the start",
                        "Electorate",
                        "&& !at.isBefore(escalatedFrom) && belonging",
                        "&& belonging"),
                new Mutant(
                        Q8,
                        "the escalation lifts the asking side",
                        "Electorate",
                        "return requirement.requesterCanApprove();",
                        "return requirement.requesterCanApprove() || escalated != null;"),
                new Mutant(
                        L1,
                        "anything can be cancelled",
                        "Approval",
                        "        if (!(state() instanceof Pending)) { return refused(new Refusal.NotPending(state())); } events.add(new Event.Cancelled(null));",
                        "        events.add(new Event.Cancelled(null));"),
                new Mutant(
                        L1,
                        "a spent grant can be revoked",
                        "Approval",
                        "        if (!(state() instanceof Approved approved)) { return refused(new Refusal.NoGrant(state())); }",
                        "        if (state() instanceof Executing spent) { return revoked(spent.grant(), revoke.principalId(), null); } if (!(state() instanceof Approved approved)) { return refused(new Refusal.NoGrant(state())); }"),
                new Mutant(
                        L1,
                        "an ended vote is withdrawn",
                        "Approval",
                        "        if (!(state() instanceof Pending)) { return refused(new Refusal.NotPending(state())); } Optional<Vote> vote = before.voteOf",
                        "        Optional<Vote> vote = before.voteOf"),
                new Mutant(
                        L2,
                        "a redemption leaves the request approved",
                        "Approval",
                        "return done(current.with(new Executing(grant, execution)));",
                        "return done(current);"),
                new Mutant(
                        L2,
                        "everybody gets the stored answer",
                        "Approval",
                        "case Executing executing when same(executing.execution(), redeem)",
                        "case Executing _ when !redeem.executionId().isEmpty()"),
                new Mutant(
                        L2,
                        "another caller with the same execution gets the stored answer",
                        "Approval",
                        "return execution.executionId().equals(redeem.executionId()) && execution.redeemer().id().equals(redeem.caller().id());",
                        "return execution.executionId().equals(redeem.executionId());"),
                new Mutant(
                        L3,
                        "a vote at the deadline is taken",
                        "ApprovalRequest",
                        "case RequestState.Pending _ when !now.isBefore(deadline) ->",
                        "case RequestState.Pending _ when now.isAfter(deadline) ->"),
                new Mutant(
                        L3,
                        "only a job expires a request",
                        "ApprovalRequest",
                        "case RequestState.Pending _ when !now.isBefore(deadline) ->",
                        "case RequestState.Pending _ when now.isBefore(Instant.MIN) ->"),
                new Mutant(
                        L7,
                        "the last approval does not approve",
                        "Approval",
                        "case APPROVE -> approvedIfMet(voted);",
                        "case APPROVE -> done(voted);"),
                new Mutant(
                        L7,
                        "who took his vote back has voted for good",
                        "Approval",
                        "events.add(new Event.Withdrawn(vote.get())); return done(before.withVotes(without(vote.get())));",
                        "events.add(new Event.Withdrawn(vote.get())); return done(before);"),
                new Mutant(
                        L7,
                        "nobody ever writes an end down",
                        "Approval",
                        "if (!state.equals(before.state())) {",
                        "if (false) {"),
                new Mutant(
                        L7,
                        "a grant nobody uses lasts for ever",
                        "ApprovalRequest",
                        "!now.isBefore(approved.grant().expiresAt()) ->",
                        "now.isBefore(Instant.MIN) ->"),
                new Mutant(
                        L7,
                        "a redemption that finds something missing leaves it approved",
                        "Approval",
                        "return new Change(reopened, events, new Refusal.Reopened(tallies), false);",
                        "return refused(new Refusal.Reopened(tallies));"),
                new Mutant(
                        L7,
                        "a reopened request has the deadline it had",
                        "ApprovalRequest",
                        "limited.isAfter(now) ? limited : now);",
                        "deadline);"),
                new Mutant(
                        L7,
                        "reopening puts the end off again and again",
                        "ApprovalRequest",
                        "Instant limited = anew.isBefore(latest) ? anew : latest;",
                        "Instant limited = anew;"),
                new Mutant(
                        L7,
                        "nobody settles what its redeemer does not report",
                        "Approval",
                        "if (!redeemer && !report.settles()) {",
                        "if (!redeemer) {"),
                new Mutant(
                        L7,
                        "a report does not end it",
                        "Approval",
                        "yield done(before.with(new Executed(executing.grant(), executing.execution(), outcome)));",
                        "yield done(before);"),
                new Mutant(
                        T1,
                        "the clock is asked about a recorded expiry again",
                        "ApprovalRequest",
                        "case RequestState.Pending _, RequestState.Approved _,",
                        """
                        case RequestState.Expired expired when now.isBefore(expired.at()) -> new RequestState.Pending();
                        case RequestState.Pending _, RequestState.Approved _,"""),
                new Mutant(
                        T1,
                        "the clock is asked about a recorded end of a grant again",
                        "ApprovalRequest",
                        "case RequestState.Pending _, RequestState.Approved _,",
                        """
                        case RequestState.GrantExpired ended when now.isBefore(ended.at()) ->
                            new RequestState.Approved(ended.grant());
                        case RequestState.Pending _, RequestState.Approved _,"""),
                new Mutant(
                        T1,
                        "a jump far over the deadline leaves it pending",
                        "ApprovalRequest",
                        "case RequestState.Pending _ when !now.isBefore(deadline) ->",
                        "case RequestState.Pending _ when !now.isBefore(deadline) && now.isBefore(deadline.plusSeconds(86_400)) ->"),
                new Mutant(
                        T1,
                        "a jump far over the end of a grant leaves it usable",
                        "ApprovalRequest",
                        "!now.isBefore(approved.grant().expiresAt()) ->",
                        "!now.isBefore(approved.grant().expiresAt()) && now.isBefore(approved.grant().expiresAt().plusSeconds(86_400)) ->"),
                new Mutant(
                        T1,
                        "it has ended whenever somebody looks",
                        "ApprovalRequest",
                        "new RequestState.Expired(deadline);",
                        "new RequestState.Expired(now);"),
                new Mutant(
                        B1,
                        "a vote on other bytes is taken",
                        "Approval",
                        "if (!cast.shown().equals(before.ask().digest())) {",
                        "if (false) {"),
                new Mutant(
                        B2,
                        "the organization is not compared",
                        "Approval",
                        "if (!grant.organizationId().equals(redeem.organizationId())) {",
                        "if (false) {"),
                new Mutant(
                        B2,
                        "the subject is not compared",
                        "Approval",
                        "if (!grant.subject().id().equals(redeem.subject().id())) {",
                        "if (false) {"),
                new Mutant(
                        B2,
                        "the action is not compared",
                        "Approval",
                        "if (!grant.actionId().equals(redeem.actionId())) {",
                        "if (false) {"),
                new Mutant(
                        B2,
                        "the resource is not compared",
                        "Approval",
                        "if (!grant.resource().key().equals(redeem.resource().key())) {",
                        "if (false) {"),
                new Mutant(
                        B2,
                        "the bytes are not compared",
                        "Approval",
                        "if (!grant.digest().equals(redeem.digest())) {",
                        "if (false) {"),
                new Mutant(
                        B2,
                        "anybody redeems",
                        "Approval",
                        "if (!redeem.caller().id().equals(grant.subject().id()) && !redeem.mayRedeemForOthers()) {",
                        "if (false) {"),
                new Mutant(
                        B5,
                        "a grant is redeemed at its expiry",
                        "ApprovalRequest",
                        "!now.isBefore(approved.grant().expiresAt()) ->",
                        "now.isAfter(approved.grant().expiresAt()) ->"),
                new Mutant(
                        B5,
                        "the longest validity counts",
                        "ApprovalRequest",
                        ".map(Requirement::grantValidFor) .min(",
                        ".map(Requirement::grantValidFor) .max("));
    }
}
