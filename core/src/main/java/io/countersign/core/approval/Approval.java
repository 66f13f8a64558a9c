package io.countersign.core.approval;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.approval.RequestState.Approved;
import io.countersign.core.approval.RequestState.Cancelled;
import io.countersign.core.approval.RequestState.Denied;
import io.countersign.core.approval.RequestState.Executed;
import io.countersign.core.approval.RequestState.Executing;
import io.countersign.core.approval.RequestState.Expired;
import io.countersign.core.approval.RequestState.GrantExpired;
import io.countersign.core.approval.RequestState.Pending;
import io.countersign.core.approval.RequestState.Revoked;
import io.countersign.core.policy.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The life of a request: judges one command in the circumstances of one moment. Pure; the server saves what it answers, in
 * the transaction that locked the request.
 */
public final class Approval {

    private final ApprovalRequest before;
    private final Circumstances circumstances;
    private final List<Event> events = new ArrayList<>();

    private Approval(ApprovalRequest before, Circumstances circumstances) {
        this.before = before;
        this.circumstances = circumstances;
    }

    /** What comes of the command. */
    public static Change apply(ApprovalRequest request, Command command, Circumstances circumstances) {
        Approval judgement = new Approval(request, circumstances);
        return switch (command) {
            case Command.Cast cast -> judgement.cast(cast);
            case Command.Withdraw withdraw -> judgement.withdraw(withdraw.personId());
            case Command.Strike strike -> judgement.strike(strike.voteId());
            case Command.Cancel cancel -> judgement.cancel(cancel.principalId());
            case Command.Supersede supersede -> judgement.supersede(supersede.successor());
            case Command.LetPass letPass -> judgement.letPass(letPass.bypass());
            case Command.Review _ -> judgement.review();
            case Command.Redeem redeem -> judgement.redeem(redeem);
            case Command.Report report -> judgement.report(report);
            case Command.Revoke revoke -> judgement.revoke(revoke);
        };
    }

    private Change cast(Command.Cast cast) {
        RequestState state = state();
        if (state instanceof Cancelled cancelled && cancelled.successor() == null) {
            return refused(new Refusal.NotFound());
        }
        ApprovalRequest current = state instanceof Pending ? absorbed(before) : before;
        Counting counting = new Counting(current, circumstances);
        List<Requirement> may = current.requirements().stream()
                .filter(requirement -> counting.standing(cast.personId(), requirement) == Standing.ELIGIBLE)
                .toList();
        if (may.isEmpty()) {
            return refused(notEligible(current, counting, cast.personId()));
        }
        String successor = successor(state);
        if (successor != null) {
            return refused(new Refusal.PayloadChanged(null, successor));
        }
        Optional<Vote> recorded = before.voteOf(cast.personId());
        if (recorded.isPresent()) {
            return refused(new Refusal.AlreadyReviewed(recorded.get()));
        }
        if (!(state instanceof Pending)) {
            return refused(new Refusal.NotPending(state));
        }
        if (!cast.shown().equals(before.ask().digest())) {
            return refused(new Refusal.PayloadChanged(before.ask().digest(), null));
        }
        Refusal unexplained = noteMissing(cast, may);
        return unexplained != null ? refused(unexplained) : record(current, vote(cast, may, counting));
    }

    private Change record(ApprovalRequest current, Vote vote) {
        events.add(new Event.Voted(vote));
        ApprovalRequest voted = current.withVote(vote);
        return switch (vote.kind()) {
            case DENY -> {
                events.add(new Event.Denied(vote));
                yield done(voted.with(new Denied(vote.personId(), now())));
            }
            case APPROVE -> approvedIfMet(voted);
        };
    }

    private Change approvedIfMet(ApprovalRequest current) {
        List<Tally> tallies = new Counting(current, circumstances).tallies();
        // INVARIANT Q1: approved only when every requirement, frozen and in force, is met at this very moment
        if (!tallies.stream().allMatch(Tally::met)) {
            return done(current);
        }
        Grant grant = grant(current);
        events.add(new Event.Approved(grant, tallies));
        return done(current.with(new Approved(grant)));
    }

    private Change letPass(Bypass bypass) {
        if (!(state() instanceof Pending)) {
            return refused(new Refusal.NotPending(state()));
        }
        // INVARIANT G1: nothing passes by a session that is over
        if (!bypass.holdsAt(now())) {
            return refused(new Refusal.SessionOver(bypass.sessionId()));
        }
        ApprovalRequest current = absorbed(before);
        List<Tally> tallies = new Counting(current, circumstances).tallies();
        Set<String> lacking = lacking(tallies);
        if (lacking.isEmpty()) {
            return approvedIfMet(current);
        }
        // INVARIANT G1: what a session lets pass ends with it
        Grant grant = grant(
                current,
                bypass.until(),
                bypass.until(),
                new Bypassed(bypass.sessionId(), bypass.sessionName(), lacking));
        events.add(new Event.Bypassed(grant, bypass, tallies));
        return done(current.with(new Approved(grant)));
    }

    private static Set<String> lacking(List<Tally> tallies) {
        Set<String> lacking = new LinkedHashSet<>();
        tallies.stream()
                .filter(tally -> !tally.met())
                .forEach(tally -> lacking.add(tally.requirement().id()));
        return lacking;
    }

    private Grant grant(ApprovalRequest current) {
        Instant expires = now().plus(ApprovalRequest.shortestGrant(current.requirements()));
        Instant usable =
                circumstances.nextRule().filter(next -> next.isBefore(expires)).orElse(expires);
        return grant(current, expires, usable, null);
    }

    private Grant grant(ApprovalRequest current, Instant expires, Instant usable, @Nullable Bypassed bypassed) {
        return new Grant(
                circumstances.grantId(),
                current.ask().organizationId(),
                current.ask().subject(),
                current.ask().action().id(),
                current.ask().resource(),
                current.ask().digest(),
                now(),
                expires,
                usable,
                bypassed);
    }

    private Change withdraw(String personId) {
        if (!(state() instanceof Pending)) {
            return refused(new Refusal.NotPending(state()));
        }
        Optional<Vote> vote = before.voteOf(personId);
        if (vote.isEmpty()) {
            return refused(new Refusal.NothingToWithdraw());
        }
        events.add(new Event.Withdrawn(vote.get()));
        return done(before.withVotes(without(vote.get())));
    }

    private Change strike(String voteId) {
        // An approved request stays approved, but its redemption counts again and then misses this vote.
        if (!(state() instanceof Pending || state() instanceof Approved)) {
            return refused(new Refusal.NotPending(state()));
        }
        Optional<Vote> vote =
                before.votes().stream().filter(cast -> cast.id().equals(voteId)).findFirst();
        if (vote.isEmpty()) {
            return refused(new Refusal.NothingToWithdraw());
        }
        events.add(new Event.Struck(vote.get()));
        return done(before.withVotes(without(vote.get())));
    }

    private Change cancel(String principalId) {
        if (!before.parties().mayGiveUp(principalId)) {
            return refused(new Refusal.NotYours());
        }
        if (!(state() instanceof Pending)) {
            return refused(new Refusal.NotPending(state()));
        }
        events.add(new Event.Cancelled(null));
        return done(before.with(new Cancelled(now(), null)));
    }

    private Change supersede(String successor) {
        return switch (state()) {
            case Pending _ -> {
                events.add(new Event.Cancelled(successor));
                yield done(before.with(new Cancelled(now(), successor)));
            }
            case Approved approved ->
                revoked(approved.grant(), before.parties().subject().id(), successor);
            case Executing _, RequestState.End _ -> refused(new Refusal.NotPending(state()));
        };
    }

    private Change review() {
        RequestState state = state();
        if (state instanceof Pending) {
            return approvedIfMet(absorbed(before));
        }
        if (!state.equals(before.state())) {
            events.add(
                    state instanceof GrantExpired ended ? new Event.GrantExpired(ended.grant()) : new Event.Expired());
            return done(before.with(state));
        }
        return done(before);
    }

    private Change redeem(Command.Redeem redeem) {
        RequestState state = state();
        Grant grant = switch (state) {
            case Approved approved -> approved.grant();
            case Executing executing -> executing.grant();
            case Executed executed -> executed.grant();
            case GrantExpired expired -> expired.grant();
            case Revoked revoked -> revoked.grant();
            case Pending _, Denied _, Expired _, Cancelled _ -> null;
        };
        if (grant == null) {
            return refused(new Refusal.NoGrant(state));
        }
        List<String> differing = differences(grant, redeem);
        if (!differing.isEmpty()) {
            return refused(new Refusal.GrantMismatch(differing));
        }
        if (!redeem.caller().id().equals(grant.subject().id()) && !redeem.mayRedeemForOthers()) {
            return refused(new Refusal.NotTheRedeemer());
        }
        return switch (state) {
            case Approved _ -> spend(grant, redeem);
            case Executing executing
            when same(executing.execution(), redeem) -> new Change(before, List.of(), null, true);
            case Executing executing ->
                refused(new Refusal.AlreadyRedeemed(executing.execution().at()));
            case Executed executed
            when executed.outcome().result() == Outcome.Result.NOT_REPORTED && same(executed.execution(), redeem) ->
                new Change(before, List.of(), null, true);
            case Executed executed ->
                refused(new Refusal.AlreadyRedeemed(executed.execution().at()));
            case Pending _, RequestState.End _ -> refused(new Refusal.NoGrant(state));
        };
    }

    private Change spend(Grant grant, Command.Redeem redeem) {
        if (grant.bypassed() != null) {
            return spend(grant, grant.bypassed(), redeem);
        }
        ApprovalRequest current = absorbed(before);
        Counting counting = new Counting(current, circumstances);
        List<Tally> tallies = counting.tallies();
        if (!tallies.stream().allMatch(Tally::met)) {
            ApprovalRequest reopened = current.reopened(counting.counting(tallies), now());
            events.add(new Event.Reopened(grant, tallies));
            return new Change(reopened, events, new Refusal.Reopened(tallies), false);
        }
        // INVARIANT L2: leaving Approved is the only way to Executing, so a grant is used at most once
        Execution execution = new Execution(redeem.executionId(), redeem.caller(), now());
        events.add(new Event.Redeemed(grant, execution));
        return done(current.with(new Executing(grant, execution)));
    }

    /** What a session let pass is used only while that very session still would. */
    private Change spend(Grant grant, Bypassed bypassed, Command.Redeem redeem) {
        if (redeem.caller().kind() == PrincipalKind.AGENT) {
            return refused(new Refusal.NotTheRedeemer());
        }
        Bypass still = redeem.bypass();
        // INVARIANT G1: judged again at the redemption, and the grant ends with the session
        if (still == null || !still.sessionId().equals(bypassed.sessionId()) || !still.holdsAt(now())) {
            events.add(new Event.GrantExpired(grant));
            ApprovalRequest over = before.with(new GrantExpired(grant, now()));
            return new Change(over, events, new Refusal.SessionOver(bypassed.sessionId()), false);
        }
        ApprovalRequest current = absorbed(before);
        Set<String> lacking = lacking(new Counting(current, circumstances).tallies());
        lacking.addAll(bypassed.requirements());
        Grant used = grant.resting(new Bypassed(bypassed.sessionId(), bypassed.sessionName(), lacking));
        Execution execution = new Execution(redeem.executionId(), redeem.caller(), now());
        events.add(new Event.Redeemed(used, execution));
        return done(current.with(new Executing(used, execution)));
    }

    private Change report(Command.Report report) {
        return switch (state()) {
            case Executing executing -> {
                boolean redeemer = executing
                        .execution()
                        .redeemer()
                        .id()
                        .equals(report.caller().id());
                if (!redeemer && !report.settles()) {
                    yield refused(new Refusal.NotTheRedeemer());
                }
                Outcome outcome = new Outcome(report.result(), now());
                events.add(new Event.Executed(executing.execution(), outcome));
                yield done(before.with(new Executed(executing.grant(), executing.execution(), outcome)));
            }
            case Executed executed -> refused(new Refusal.AlreadyReported(executed.outcome()));
            case Pending _, Approved _, RequestState.End _ -> refused(new Refusal.NoGrant(state()));
        };
    }

    private Change revoke(Command.Revoke revoke) {
        if (!(state() instanceof Approved approved)) {
            return refused(new Refusal.NoGrant(state()));
        }
        boolean own = before.parties().mayGiveUp(revoke.principalId())
                || before.voteOf(revoke.principalId()).isPresent();
        return own || revoke.anybodys()
                ? revoked(approved.grant(), revoke.principalId(), null)
                : refused(new Refusal.NotYours());
    }

    private Change revoked(Grant grant, String by, @Nullable String successor) {
        events.add(new Event.Revoked(grant, by, successor));
        return done(before.with(new Revoked(grant, by, now(), successor)));
    }

    /** The request with every requirement in force that it does not carry yet. INVARIANT Q5: never with fewer. */
    private ApprovalRequest absorbed(ApprovalRequest request) {
        Set<String> known = new LinkedHashSet<>();
        request.requirements().forEach(requirement -> known.add(requirement.id()));
        List<Requirement> added = circumstances.inForce().stream()
                .filter(requirement -> known.add(requirement.id()))
                .toList();
        if (added.isEmpty()) {
            return request;
        }
        events.add(new Event.RequirementsAdded(added));
        return request.withAdded(added);
    }

    private Vote vote(Command.Cast cast, List<Requirement> may, Counting counting) {
        Belonging belonging = counting.belonging(cast.personId()).orElseThrow();
        Set<String> requirements = new LinkedHashSet<>();
        may.forEach(requirement -> requirements.add(requirement.id()));
        return new Vote(
                cast.voteId(),
                cast.personId(),
                cast.kind(),
                cast.note(),
                cast.shown(),
                now(),
                belonging.teams(),
                belonging.allTeams(),
                belonging.orgRoles(),
                requirements);
    }

    private static @Nullable Refusal noteMissing(Command.Cast cast, List<Requirement> may) {
        if (cast.note() != null) {
            return null;
        }
        if (cast.noteRequired()) {
            return new Refusal.NoteRequired("the organization");
        }
        for (Requirement requirement : may) {
            boolean required = switch (requirement.voteReasonRequired()) {
                case NEVER -> false;
                case ON_DENY -> cast.kind() == Vote.Kind.DENY;
                case ALWAYS -> true;
            };
            if (required) {
                return new Refusal.NoteRequired(requirement.name());
            }
        }
        return null;
    }

    private static Refusal notEligible(ApprovalRequest current, Counting counting, String personId) {
        Set<Standing> rules = EnumSet.noneOf(Standing.class);
        current.requirements().forEach(requirement -> rules.add(counting.standing(personId, requirement)));
        return new Refusal.NotEligible(rules);
    }

    private static List<String> differences(Grant grant, Command.Redeem redeem) {
        List<String> fields = new ArrayList<>();
        if (!grant.organizationId().equals(redeem.organizationId())) {
            fields.add("organization");
        }
        if (!grant.subject().id().equals(redeem.subject().id())) {
            fields.add("subject");
        }
        if (!grant.actionId().equals(redeem.actionId())) {
            fields.add("action");
        }
        if (!grant.resource().key().equals(redeem.resource().key())) {
            fields.add("resource");
        }
        if (!grant.digest().equals(redeem.digest())) {
            fields.add("payloadDigest");
        }
        return fields;
    }

    private static @Nullable String successor(RequestState state) {
        return switch (state) {
            case Cancelled cancelled -> cancelled.successor();
            case Revoked revoked -> revoked.successor();
            case Pending _, Approved _, Executing _, Executed _, Denied _, Expired _, GrantExpired _ -> null;
        };
    }

    private static boolean same(Execution execution, Command.Redeem redeem) {
        return execution.executionId().equals(redeem.executionId())
                && execution.redeemer().id().equals(redeem.caller().id());
    }

    private List<Vote> without(Vote vote) {
        return before.votes().stream()
                .filter(other -> !other.id().equals(vote.id()))
                .toList();
    }

    private RequestState state() {
        return before.stateAt(now());
    }

    private Instant now() {
        return circumstances.now();
    }

    private Change done(ApprovalRequest after) {
        return Change.done(after, events);
    }

    private Change refused(Refusal refusal) {
        return Change.refused(before, refusal);
    }
}
