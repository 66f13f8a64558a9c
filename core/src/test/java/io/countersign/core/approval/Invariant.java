package io.countersign.core.approval;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.approval.RequestState.Approved;
import io.countersign.core.approval.RequestState.Cancelled;
import io.countersign.core.approval.RequestState.Denied;
import io.countersign.core.approval.RequestState.End;
import io.countersign.core.approval.RequestState.Executed;
import io.countersign.core.approval.RequestState.Executing;
import io.countersign.core.approval.RequestState.Expired;
import io.countersign.core.approval.RequestState.GrantExpired;
import io.countersign.core.approval.RequestState.Pending;
import io.countersign.core.approval.RequestState.Revoked;
import io.countersign.core.policy.Requirement;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What must hold of every step of every request, whatever happens in whatever order. */
enum Invariant {
    /** Approved only when every requirement, frozen and in force, is met at that moment; and then at once. */
    Q1,
    /** One person counts once, and for one team. */
    Q2,
    /** Nobody on the asking side counts, and nobody whose eligibility rests on what that side did. */
    Q3,
    /** Eligibility is judged again at the approval and at the redemption. */
    Q4,
    /** Rules are only ever added to an open request. */
    Q5,
    /** One eligible denial ends it, and for good. */
    Q6,
    /** A further rule never lets anything through. */
    Q7,
    /** An escalation adds approvers and does nothing else. */
    Q8,
    /** States follow each other as they may, and no end is left. */
    L1,
    /** One approval for an opening, one redemption for a grant. */
    L2,
    /** No vote from the deadline on. */
    L3,
    /** Whoever is enough to approve it brings it to its end, and what nobody acts on ends by the clock. */
    L7,
    /** Every vote that counts was cast on the bytes that are executed. */
    B1,
    /** Every field of the grant is compared. */
    B2,
    /** A grant is good for this, once, and until its expiry. */
    B5,
    /** Only a session that is active lets anything pass, only what is missing is bypassed, and all of it ends with it. */
    G1,
    /** What has ended stays ended as it was, however the clock jumps afterwards. */
    T1;

    boolean holds(Step step) {
        return switch (this) {
            case Q1 -> approvedExactlyWhenAllIsMet(step);
            case Q2 -> nobodyCountsTwice(step);
            case Q3 -> theAskingSideDoesNotCount(step);
            case Q4 -> onlyWhoIsEligibleNowCounts(step);
            case Q5 -> theBarNeverDrops(step);
            case Q6 -> aDenialEndsIt(step);
            case Q7 -> moreRulesNeverHelp(step);
            case Q8 -> anEscalationOnlyAdds(step);
            case L1 -> endsAreFinal(step);
            case L2 -> aGrantIsUsedOnce(step);
            case L3 -> noVoteAfterTheDeadline(step);
            case L7 -> Progress.isCertain(step);
            case B1 -> votesAreOnTheseBytes(step);
            case B2 -> theGrantFitsInEveryField(step);
            case B5 -> theGrantIsInTime(step);
            case G1 -> onlyAnActiveSessionLetsPass(step);
            case T1 -> Progress.isNeverUndone(step);
        };
    }

    private static boolean approvedExactlyWhenAllIsMet(Step step) {
        boolean judged = step.change().refusal() == null
                && step.stateBefore() instanceof Pending
                && (step.command() instanceof Command.Review
                        || step.command() instanceof Command.LetPass
                        || (step.command() instanceof Command.Cast cast && cast.kind() == Vote.Kind.APPROVE));
        if (!judged) {
            return step.approved() == null;
        }
        return (step.approved() != null) == step.oracle().allMet(step.demanded());
    }

    private static boolean nobodyCountsTwice(Step step) {
        List<Vote> votes = step.after().votes();
        boolean once = votes.stream().map(Vote::personId).distinct().count() == votes.size();
        return once && (step.approved() == null || step.oracle().allMet(step.demanded()));
    }

    private static boolean theAskingSideDoesNotCount(Step step) {
        Event.Voted voted = step.voted();
        if (voted != null) {
            Oracle oracle = new Oracle(step.before(), step.circumstances());
            Vote vote = voted.vote();
            List<Requirement> eligibleFor = step.demanded().stream()
                    .filter(requirement -> oracle.mayVote(vote.personId(), requirement))
                    .toList();
            Set<String> ids = new HashSet<>();
            eligibleFor.forEach(requirement -> ids.add(requirement.id()));
            if (eligibleFor.isEmpty() || !vote.requirements().equals(ids)) {
                return false;
            }
        }
        Event.Approved approved = step.approved();
        return approved == null
                || approved.tallies().stream()
                        .allMatch(tally -> tally.counted().stream()
                                .allMatch(person -> step.oracle().mayVote(person, tally.requirement())));
    }

    private static boolean onlyWhoIsEligibleNowCounts(Step step) {
        Event.Redeemed redeemed = step.redeemed();
        if (redeemed != null
                && redeemed.grant().bypassed() == null
                && !step.oracle().allMet(step.demanded())) {
            return false;
        }
        if (step.find(Event.Reopened.class) != null) {
            boolean needless = new Oracle(step.before(), step.circumstances()).allMet(step.demanded());
            boolean kept = step.after().votes().stream()
                    .allMatch(vote -> step.demanded().stream()
                            .anyMatch(requirement ->
                                    step.oracle().counted(requirement).contains(vote.personId())));
            return !needless && kept;
        }
        Event.Approved approved = step.approved();
        return approved == null
                || approved.tallies().stream()
                        .allMatch(tally -> tally.counted().equals(step.oracle().counted(tally.requirement())));
    }

    private static boolean theBarNeverDrops(Step step) {
        List<Requirement> after = step.after().requirements();
        boolean judged = step.approved() != null || step.redeemed() != null;
        return after.containsAll(step.before().requirements())
                && (!judged || after.containsAll(step.circumstances().inForce()));
    }

    private static boolean aDenialEndsIt(Step step) {
        boolean denial = step.command() instanceof Command.Cast cast
                && cast.kind() == Vote.Kind.DENY
                && step.change().refusal() == null;
        if (denial) {
            return step.after().state() instanceof Denied denied
                    && step.find(Event.Denied.class) != null
                    && step.command() instanceof Command.Cast cast
                    && cast.personId().equals(denied.personId());
        }
        return !(step.before().state() instanceof Denied) || step.after().equals(step.before());
    }

    private static boolean moreRulesNeverHelp(Step step) {
        boolean through = step.approved() != null || step.redeemed() != null;
        boolean mayGoThrough = step.stateBefore() instanceof Pending || step.stateBefore() instanceof Approved;
        if (through || !mayGoThrough) {
            return true;
        }
        Circumstances present = step.circumstances();
        for (List<Requirement> more : step.model().rules()) {
            if (more.containsAll(present.inForce())
                    && more.size() > present.inForce().size()) {
                Change with = Approval.apply(
                        step.before(),
                        step.command(),
                        new Circumstances(
                                present.people(),
                                present.own(),
                                more,
                                present.nextRule(),
                                present.grantId(),
                                present.now()));
                if (goesThrough(with) && !isThroughAlready(step)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether nothing is missing without the further rule either: the next look at the request lets it through. */
    private static boolean isThroughAlready(Step step) {
        return goesThrough(Approval.apply(step.before(), new Command.Review(), step.circumstances()));
    }

    private static boolean goesThrough(Change change) {
        return change.events().stream()
                .anyMatch(event -> event instanceof Event.Approved || event instanceof Event.Redeemed);
    }

    private static boolean anEscalationOnlyAdds(Step step) {
        if (!(step.command() instanceof Command.Review)) {
            return true;
        }
        Counting counting = new Counting(step.after(), step.circumstances());
        for (Requirement requirement : step.after().requirements()) {
            if (requirement.escalation() != null) {
                Requirement plain = withoutEscalation(requirement);
                Set<String> counted = counting.tally(requirement).counted();
                boolean due = requirement.escalated(step.before().firstOpenedAt(), step.now());
                if (!counted.containsAll(counting.tally(plain).counted())
                        || (!due && !counted.equals(counting.tally(plain).counted()))
                        || !step.circumstances().people().all().stream()
                                .allMatch(person -> (counting.standing(person.id(), requirement) == Standing.ELIGIBLE)
                                        == step.oracle().mayVote(person.id(), requirement))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Requirement withoutEscalation(Requirement requirement) {
        return new Requirement(
                requirement.source(),
                requirement.name(),
                requirement.description(),
                requirement.approvers(),
                requirement.quorum(),
                requirement.requesterCanApprove(),
                requirement.voteReasonRequired(),
                requirement.expiresAfter(),
                requirement.grantValidFor(),
                null);
    }

    private static boolean endsAreFinal(Step step) {
        RequestState from = step.stateBefore();
        RequestState to = step.stateAfter();
        return switch (from) {
            case End _ ->
                to.equals(from) && step.after().votes().equals(step.before().votes());
            case Pending _ ->
                to instanceof Pending || to instanceof Approved || to instanceof Denied || to instanceof Cancelled;
            case Approved _ ->
                to instanceof Approved
                        || to instanceof Executing
                        || to instanceof Revoked
                        || (to instanceof GrantExpired && step.change().refusal() instanceof Refusal.SessionOver)
                        || (step.find(Event.Reopened.class) != null
                                && (to instanceof Pending || to instanceof Expired));
            case Executing _ -> to.equals(from) || to instanceof Executed;
        };
    }

    private static boolean aGrantIsUsedOnce(Step step) {
        Event.Approved approved = step.approved();
        if (approved != null
                && !(step.stateBefore() instanceof Pending
                        && step.after().state().equals(new Approved(approved.grant())))) {
            return false;
        }
        Event.Redeemed redeemed = step.redeemed();
        if (redeemed != null) {
            return step.before().state() instanceof Approved(Grant grant)
                    && grant.id().equals(redeemed.grant().id())
                    && step.after().state().equals(new Executing(redeemed.grant(), redeemed.execution()))
                    && !step.spentBefore(redeemed.grant());
        }
        boolean answered =
                step.command() instanceof Command.Redeem && step.change().refusal() == null;
        return !answered
                || (step.change().replayed()
                        && step.command() instanceof Command.Redeem redeem
                        && step.before().state() instanceof Executing executing
                        && executing.execution().executionId().equals(redeem.executionId())
                        && executing.execution().redeemer().equals(redeem.caller()));
    }

    private static boolean noVoteAfterTheDeadline(Step step) {
        return step.voted() == null || step.now().isBefore(step.before().deadline());
    }

    private static boolean votesAreOnTheseBytes(Step step) {
        Event.Voted voted = step.voted();
        boolean shown = voted == null
                || (step.command() instanceof Command.Cast cast
                        && cast.shown().equals(step.before().ask().digest())
                        && voted.vote().digest().equals(cast.shown()));
        return shown
                && step.after().votes().stream()
                        .allMatch(
                                vote -> vote.digest().equals(step.before().ask().digest()));
    }

    private static boolean theGrantFitsInEveryField(Step step) {
        Grant grant = step.granted();
        if (grant != null) {
            return grant.organizationId().equals(step.before().ask().organizationId())
                    && grant.subject().equals(step.before().ask().subject())
                    && grant.actionId().equals(step.before().ask().action().id())
                    && grant.resource().equals(step.before().ask().resource())
                    && grant.digest().equals(step.before().ask().digest());
        }
        Event.Redeemed redeemed = step.redeemed();
        return redeemed == null
                || (step.command() instanceof Command.Redeem redeem
                        && redeem.organizationId().equals(step.before().ask().organizationId())
                        && redeem.subject().equals(step.before().ask().subject())
                        && redeem.actionId().equals(step.before().ask().action().id())
                        && redeem.resource().equals(step.before().ask().resource())
                        && redeem.digest().equals(step.before().ask().digest())
                        && (redeem.mayRedeemForOthers() || redeem.caller().equals(redeem.subject())));
    }

    private static boolean onlyAnActiveSessionLetsPass(Step step) {
        Event.Bypassed bypassed = step.bypassed();
        if (bypassed != null) {
            Grant grant = bypassed.grant();
            Set<String> missing = new HashSet<>();
            step.demanded().stream()
                    .filter(requirement -> !step.oracle().allMet(List.of(requirement)))
                    .forEach(requirement -> missing.add(requirement.id()));
            return step.command() instanceof Command.LetPass(Bypass by)
                    && step.now().isBefore(by.until())
                    && !grant.expiresAt().isAfter(by.until())
                    && grant.equals(((Approved) step.after().state()).grant())
                    && Objects.equals(grant.bypassed(), new Bypassed(by.sessionId(), by.sessionName(), missing));
        }
        Event.Redeemed redeemed = step.redeemed();
        if (redeemed != null && step.before().state() instanceof Approved(Grant before) && before.bypassed() != null) {
            return step.command() instanceof Command.Redeem redeem
                    && redeem.caller().kind() != PrincipalKind.AGENT
                    && redeem.bypass() != null
                    && redeem.bypass().sessionId().equals(before.bypassed().sessionId())
                    && step.now().isBefore(redeem.bypass().until());
        }
        boolean died = step.change().refusal() instanceof Refusal.SessionOver
                && step.before().state() instanceof Approved;
        return !died || step.after().state() instanceof GrantExpired;
    }

    private static boolean theGrantIsInTime(Step step) {
        Event.Approved approved = step.approved();
        if (approved != null) {
            Grant grant = approved.grant();
            return grant.madeAt().equals(step.now())
                    && !grant.usableUntil().isAfter(grant.expiresAt())
                    && step.demanded().stream()
                            .allMatch(requirement ->
                                    !grant.expiresAt().isAfter(step.now().plus(requirement.grantValidFor())));
        }
        Event.Redeemed redeemed = step.redeemed();
        boolean late = step.before().state() instanceof Approved(Grant grant)
                && !step.now().isBefore(grant.expiresAt());
        boolean answered = redeemed != null || step.find(Event.Reopened.class) != null;
        return !answered
                || (!late
                        && step.stateBefore() instanceof Approved
                        && !(step.before().state() instanceof GrantExpired)
                        && (redeemed == null
                                || Objects.equals(redeemed.execution().at(), step.now())));
    }
}
