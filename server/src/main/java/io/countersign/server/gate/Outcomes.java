package io.countersign.server.gate;

import io.countersign.core.action.Reason;
import io.countersign.core.action.Subject;
import io.countersign.core.approval.Command;
import io.countersign.core.approval.Outcome;
import io.countersign.core.approval.RequestState;
import io.countersign.core.audit.GateEntry;
import io.countersign.server.approval.ApprovalProblems;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Approvals.Act;
import io.countersign.server.approval.Approvals.Locked;
import io.countersign.server.approval.Approvals.Result;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.approval.UntoldOutcome;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Credentials;
import io.countersign.server.gate.ExecutionStore.UngatedRow;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes in how executions ended; the first report stands and ends the request. */
@Service
class Outcomes {

    private static final int MAX_ARTIFACTS = 50;
    private static final int MAX_LINK = 2_000;

    private final TransactionTemplate transactions;
    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final Credentials credentials;
    private final ExecutionStore executions;
    private final AuditLog log;

    Outcomes(
            TransactionTemplate transactions,
            Rulebooks rulebooks,
            Approvals approvals,
            Credentials credentials,
            ExecutionStore executions,
            AuditLog log) {
        this.transactions = transactions;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.credentials = credentials;
        this.executions = executions;
        this.log = log;
    }

    void report(Caller caller, Actor actor, String executionId, OutcomeForm form) {
        Outcome.Result result = checked(form);
        transactions.executeWithoutResult(_ -> {
            credentials.recheck(caller);
            Rulebook rulebook = rulebooks.hold(caller.organizationId());
            Optional<Locked> locked = approvals.lockByExecution(caller.organizationId(), executionId);
            FaultPoint.within("outcome");
            if (locked.isPresent()) {
                reportGated(
                        caller,
                        actor,
                        locked.get().stored(),
                        form,
                        result,
                        rulebook,
                        locked.get().at());
            } else {
                reportUngated(caller, actor, executionId, form, rulebook);
            }
        });
    }

    private void reportGated(
            Caller caller,
            Actor actor,
            StoredRequest stored,
            OutcomeForm form,
            Outcome.Result result,
            Rulebook rulebook,
            Instant now) {
        Subject self = new Subject(caller.principalId(), caller.kind());
        boolean settles = stored.request().state() instanceof RequestState.Executing executing
                && settles(caller, UntoldOutcome.of(stored.request(), executing.execution()), form, rulebook, now);
        StoredRequest.OutcomeText said = new StoredRequest.OutcomeText(
                form.text(), form.link(), form.artifacts() == null ? List.of() : form.artifacts(), self.id());
        Result reported =
                approvals.act(new Act(actor, new Command.Report(self, settles, result), said), stored, rulebook, now);
        ApprovalProblems.throwIfRefused(reported.change(), stored);
    }

    /** Where nobody knows the outcome, a person on the asking side or with the say over grants may say it, and why. */
    private static boolean settles(
            Caller caller, UntoldOutcome untold, OutcomeForm form, Rulebook rulebook, Instant now) {
        return untold.settledBy(caller, rulebook.directory(), now)
                && Reason.of(form.text()).isPresent();
    }

    private void reportUngated(Caller caller, Actor actor, String executionId, OutcomeForm form, Rulebook rulebook) {
        UngatedRow row = executions
                .lock(caller.organizationId(), executionId)
                .orElseThrow(() -> ProblemException.notFound("execution", executionId));
        Instant now = approvals.now();
        if (row.ending() != null) {
            throw Problem.of(409, "already-reported", "the outcome was reported before; the first report stands")
                    .with("outcome", row.ending().result())
                    .raise();
        }
        if (!row.callerId().equals(caller.principalId())
                && !settles(caller, row.untold(rulebook.directory()), form, rulebook, now)) {
            throw Problem.of(403, "not-the-redeemer", "only who redeemed reports the outcome")
                    .remedy(
                            "once nobody has told it for long, a person on the asking side, or who may revoke grants, settles it"
                                    + " and says why in `text`")
                    .raise();
        }
        executions.report(caller.organizationId(), executionId, caller.principalId(), form, now);
        log.append(actor, new GateEntry.UngatedExecuted(executionId, form.result(), form.text(), form.link()), null);
    }

    private static Outcome.Result checked(OutcomeForm form) {
        if (form.text() != null && Reason.tooLong(form.text())) {
            throw ProblemException.badField("too-long", "text", "text has at most 4,000 characters");
        }
        if (form.artifacts() != null
                && (form.artifacts().size() > MAX_ARTIFACTS
                        || form.artifacts().stream().anyMatch(artifact -> artifact.length() > MAX_LINK))) {
            throw ProblemException.badField(
                    "too-many", "artifacts", "at most 50 artifacts of at most 2,000 characters");
        }
        if (form.link() != null && !isWebAddress(form.link())) {
            throw ProblemException.badField(
                    "bad-link",
                    "link",
                    "link is an http or https address",
                    "leave it out where there is none, and say in `text` where to look");
        }
        return switch (form.result()) {
            case "succeeded" -> Outcome.Result.SUCCEEDED;
            case "failed" -> Outcome.Result.FAILED;
            default ->
                throw ProblemException.badField(
                        "unknown-word",
                        "result",
                        "`" + form.result() + "` is none of succeeded, failed",
                        "report `failed` for whatever did not end well, and say more in `text`");
        };
    }

    private static boolean isWebAddress(String link) {
        try {
            String scheme = URI.create(link).getScheme();
            return link.length() <= MAX_LINK && ("http".equals(scheme) || "https".equals(scheme));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
