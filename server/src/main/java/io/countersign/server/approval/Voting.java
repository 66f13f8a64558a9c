package io.countersign.server.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Reason;
import io.countersign.core.approval.Command;
import io.countersign.core.approval.Refusal;
import io.countersign.core.approval.Standing;
import io.countersign.core.approval.Vote;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.server.approval.Approvals.Act;
import io.countersign.server.approval.Approvals.Locked;
import io.countersign.server.approval.Approvals.Result;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.Refusals;
import io.countersign.server.directory.CompromisedCredentials;
import io.countersign.server.directory.Credentials;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do to a request: vote, withdraw, cancel, revoke; each in one transaction. */
@Service
class Voting implements CompromisedCredentials {

    /** The largest payload that a person sees in full, in bytes. */
    static final long SHOWN_IN_FULL = 256 * 1024;

    private final TransactionTemplate transactions;
    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final RequestLookupStore lookups;
    private final RequestStore requests;
    private final VoteStore votes;
    private final PayloadStore payloads;
    private final Credentials credentials;
    private final Refusals refusals;

    Voting(
            TransactionTemplate transactions,
            Rulebooks rulebooks,
            Approvals approvals,
            RequestLookupStore lookups,
            RequestStore requests,
            VoteStore votes,
            PayloadStore payloads,
            Credentials credentials,
            Refusals refusals) {
        this.transactions = transactions;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.lookups = lookups;
        this.requests = requests;
        this.votes = votes;
        this.payloads = payloads;
        this.credentials = credentials;
        this.refusals = refusals;
    }

    /** A vote as it came: which, and what was said with it. */
    record Said(
            Vote.Kind kind, @Nullable String note, @Nullable String risk) {}

    Result vote(Caller caller, Actor actor, String name, Vote.Kind kind, @Nullable String note, PayloadDigest shown) {
        return vote(caller, actor, name, new Said(kind, note, null), shown);
    }

    Result vote(Caller caller, Actor actor, String name, Said said, PayloadDigest shown) {
        return decide(caller, actor, name, said.risk(), (_, rulebook) -> cast(caller, said, shown, rulebook));
    }

    /** The same as one of many: only for whoever may vote in bulk, and only on what is small and not critical. */
    Result voteInBulk(
            Caller caller, Actor actor, String name, Vote.Kind kind, @Nullable String note, PayloadDigest shown) {
        return decide(caller, actor, name, null, (stored, rulebook) -> {
            credentials.recheck(caller, Permission.VOTE_IN_BULK);
            demandFitForBulk(stored);
            return cast(caller, new Said(kind, note, null), shown, rulebook);
        });
    }

    private static Command cast(Caller caller, Said said, PayloadDigest shown, Rulebook rulebook) {
        boolean demanded = switch (rulebook.directory().settings().voteReasonRequired()) {
            case NEVER -> false;
            case ON_DENY -> said.kind() == Vote.Kind.DENY;
            case ALWAYS -> true;
        };
        return new Command.Cast(
                Ids.next("vot"),
                caller.principalId(),
                said.kind(),
                Reason.of(said.note()).orElse(null),
                shown,
                demanded);
    }

    private void demandFitForBulk(StoredRequest stored) {
        if (Approvals.critical(stored)) {
            throw ApprovalProblems.problem(
                    422,
                    "critical-in-bulk",
                    stored.name() + " is critical and is never decided together with others",
                    "open it and vote on it alone");
        }
        long size = payloads.size(
                        stored.request().ask().organizationId(),
                        stored.request().ask().digest())
                .orElse(Long.MAX_VALUE);
        if (size > SHOWN_IN_FULL) {
            throw ApprovalProblems.problem(
                    422,
                    "too-large-in-bulk",
                    "the change of " + stored.name() + " is larger than what is shown in full (256 KiB)",
                    "open it, read the whole change, and vote on it alone");
        }
    }

    Result withdraw(Caller caller, Actor actor, String name) {
        return decide(caller, actor, name, (_, _) -> new Command.Withdraw(caller.principalId()));
    }

    Result cancel(Caller caller, Actor actor, String name) {
        return decide(caller, actor, name, (_, _) -> new Command.Cancel(caller.principalId()));
    }

    Result revoke(Caller caller, Actor actor, String grantId, boolean anybodys) {
        String requestId = lookups.idOfGrant(actor.organizationId(), grantId)
                .orElseThrow(() -> ApprovalProblems.problem(
                        404, "grant-not-found", "there is no grant `" + grantId + "`", "check the id"));
        return decide(caller, actor, requestId, (_, _) -> new Command.Revoke(caller.principalId(), anybodys));
    }

    @Override
    public void compromised(Actor actor, String credentialId) {
        Rulebook rulebook = rulebooks.hold(actor.organizationId());
        for (VoteStore.VotePlace place : votes.liveOnPending(actor.organizationId(), credentialId)) {
            Locked locked = requests.lock(place.orgId(), place.requestId()).orElseThrow();
            approvals.act(new Act(actor, new Command.Strike(place.voteId())), locked.stored(), rulebook, locked.at());
        }
    }

    private Result decide(
            Caller caller, Actor actor, String name, BiFunction<StoredRequest, Rulebook, Command> command) {
        return decide(caller, actor, name, null, command);
    }

    private Result decide(
            Caller caller,
            Actor actor,
            String name,
            @Nullable String risk,
            BiFunction<StoredRequest, Rulebook, Command> command) {
        return transactions.execute(_ -> {
            credentials.recheck(caller);
            Rulebook rulebook = rulebooks.hold(actor.organizationId());
            Locked locked = approvals
                    .lockNamed(actor.organizationId(), name)
                    .orElseThrow(() -> ApprovalProblems.notFound(name));
            FaultPoint.within("vote");
            StoredRequest stored = locked.stored();
            Instant now = locked.at();
            Command chosen = command.apply(stored, rulebook);
            if (chosen instanceof Command.Cast && Approvals.critical(stored)) {
                demandRecentSignIn(caller, stored, now);
            }
            Result done = approvals.act(new Act(actor, chosen, Approvals.NOTHING_SAID, risk), stored, rulebook, now);
            if (chosen instanceof Command.Cast cast && restsOnBootstrap(done, cast, rulebook)) {
                throw ApprovalProblems.onlyByBootstrap(stored).raise();
            }
            ApprovalProblems.throwIfRefused(done.change(), done.stored());
            return done;
        });
    }

    private static boolean restsOnBootstrap(Result done, Command.Cast cast, Rulebook rulebook) {
        return done.change().refusal() instanceof Refusal.NotEligible not
                && not.rules().contains(Standing.RESTS_ON_REQUESTERS_CHANGE)
                && rulebook.bootstrapKeepsOut(done.stored().request(), cast, done.circumstances());
    }

    /** Writes down that somebody who may not approve tried to; the vote's own transaction was rolled back. */
    void recordRefusal(Actor actor, String name, Problem refusal) {
        lookups.findNamed(actor.organizationId(), name)
                .ifPresent(stored -> refusals.note(
                        actor,
                        new ApprovalEntry.VoteRefused(stored.name(), actor.principalId(), refusal.detail()),
                        stored.request().id()));
    }

    private void demandRecentSignIn(Caller caller, StoredRequest stored, Instant now) {
        Optional<Instant> signedIn = credentials.signedInAt(caller);
        if (signedIn.isEmpty()) {
            throw ApprovalProblems.problem(
                    403,
                    "session-required",
                    stored.name() + " is critical: no token votes on it",
                    "sign in with your password and vote in that session");
        }
        if (signedIn.get().plus(Credentials.RECENT).isBefore(now)) {
            throw ApprovalProblems.problem(
                    403,
                    "sign-in-too-old",
                    stored.name() + " is critical: only a sign-in of the last 10 minutes votes on it, yours is of "
                            + signedIn.get(),
                    "give your password once more (sign in again, or `POST /api/v1/sessions/current/confirmation`), and vote"
                            + " again");
        }
    }
}
