package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.approval.Command;
import io.countersign.core.approval.Outcome;
import io.countersign.core.approval.Refusal;
import io.countersign.core.audit.GateEntry;
import io.countersign.server.approval.ApprovalProblems;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Approvals.Act;
import io.countersign.server.approval.Approvals.Result;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Directory;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.Secrets;
import org.springframework.stereotype.Component;

/** Uses grants for what Countersign does itself, inside the transaction of the act: redemption and outcome come together. */
@Component
class OwnRedemptions {

    private final Approvals approvals;
    private final AuditLog log;
    private final Directory directory;
    private final Bypasses bypasses;

    OwnRedemptions(Approvals approvals, AuditLog log, Directory directory, Bypasses bypasses) {
        this.bypasses = bypasses;
        this.approvals = approvals;
        this.log = log;
        this.directory = directory;
    }

    /** What became of a grant. */
    sealed interface Judgement {}

    /** It is used; its outcome is still to be written down. */
    record Spent(Considered considered, StoredRequest stored) implements Judgement {}

    /** It may not be used; if the rules have changed, its request is pending again. */
    record Unspent(Problem problem) implements Judgement {}

    Judgement spend(Considered considered, StoredRequest stored) {
        Ask ask = considered.ask();
        String executionId = Secrets.draw("own_");
        Command.Redeem redeem = new Command.Redeem(
                ask.organizationId(),
                executionId,
                ask.caller(),
                false,
                ask.subject(),
                ask.action().id(),
                ask.resource(),
                ask.digest(),
                bypasses.still(stored, considered.rulebook(), considered.now()));
        Result result = act(considered, stored, redeem);
        Refusal refusal = result.change().refusal();
        if (refusal == null) {
            return new Spent(considered, result.stored());
        }
        Problem problem = ApprovalProblems.of(refusal, result.stored());
        log.append(
                considered.actor(),
                new GateEntry.RedemptionRefused(
                        stored.name(),
                        executionId,
                        ask.caller().id(),
                        ask.action().id(),
                        stored.resourceName(),
                        ask.digest().value(),
                        problem.code()),
                null);
        return new Unspent(problem.asLogged());
    }

    /** The act is done. */
    void report(Spent spent) {
        Considered considered = spent.considered();
        act(considered, spent.stored(), new Command.Report(considered.ask().caller(), false, Outcome.Result.SUCCEEDED));
        if (Redemptions.endsSetUp(
                Doors.place(considered.rulebook(), considered.ask()), considered.rulebook(), considered.now())) {
            directory.endSetUp(considered.actor(), "production");
        }
    }

    private Result act(Considered considered, StoredRequest stored, Command command) {
        return approvals.act(new Act(considered.actor(), command), stored, considered.rulebook(), considered.now());
    }
}
