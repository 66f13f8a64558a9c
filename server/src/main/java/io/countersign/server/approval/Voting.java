package io.countersign.server.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Reason;
import io.countersign.core.approval.Command;
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
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do to a request: vote, withdraw, cancel, revoke; each in one transaction. */
@Service
class Voting implements CompromisedCredentials {

    /** How recent a sign-in must be for a vote on something critical. */
    static final Duration RECENT = Duration.ofMinutes(10);

    private final TransactionTemplate transactions;
    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final RequestStore requests;
    private final VoteStore votes;
    private final Credentials credentials;
    private final Refusals refusals;

    Voting(
            TransactionTemplate transactions,
            Rulebooks rulebooks,
            Approvals approvals,
            RequestStore requests,
            VoteStore votes,
            Credentials credentials,
            Refusals refusals) {
        this.transactions = transactions;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.requests = requests;
        this.votes = votes;
        this.credentials = credentials;
        this.refusals = refusals;
    }

    Result vote(Caller caller, Actor actor, String name, Vote.Kind kind, @Nullable String note, PayloadDigest shown) {
        @Nullable String said = Reason.of(note).orElse(null);
        return decide(caller, actor, name, (stored, rulebook) -> {
            boolean demanded = switch (rulebook.directory().settings().voteReasonRequired()) {
                case NEVER -> false;
                case ON_DENY -> kind == Vote.Kind.DENY;
                case ALWAYS -> true;
            };
            return new Command.Cast(Ids.next("vot"), caller.principalId(), kind, said, shown, demanded);
        });
    }

    Result withdraw(Caller caller, Actor actor, String name) {
        return decide(caller, actor, name, (_, _) -> new Command.Withdraw(caller.principalId()));
    }

    Result cancel(Caller caller, Actor actor, String name) {
        return decide(caller, actor, name, (_, _) -> new Command.Cancel(caller.principalId()));
    }

    Result revoke(Caller caller, Actor actor, String grantId, boolean anybodys) {
        String requestId = requests.idOfGrant(actor.organizationId(), grantId)
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
            Result done = approvals.act(new Act(actor, chosen), stored, rulebook, now);
            ApprovalProblems.throwIfRefused(done.change(), done.stored());
            return done;
        });
    }

    /** Writes down that somebody who may not approve tried to; the vote's own transaction was rolled back. */
    void recordRefusal(Actor actor, String name, Problem refusal) {
        requests.findNamed(actor.organizationId(), name)
                .ifPresent(stored -> refusals.note(
                        actor,
                        new ApprovalEntry.VoteRefused(stored.name(), actor.principalId(), refusal.detail()),
                        stored.request().id()));
    }

    private static void demandRecentSignIn(Caller caller, StoredRequest stored, Instant now) {
        boolean recent = caller.credential().kind() == CredentialKind.SESSION
                && !caller.credential().signedInAt().plus(RECENT).isBefore(now);
        if (!recent) {
            throw ApprovalProblems.problem(
                    403,
                    "sign-in-again",
                    stored.name() + " is critical: only a sign-in of the last 10 minutes votes on it",
                    "sign in with your password and vote again; tokens never vote on critical requests");
        }
    }
}
