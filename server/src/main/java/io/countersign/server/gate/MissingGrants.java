package io.countersign.server.gate;

import io.countersign.core.approval.Approval;
import io.countersign.core.approval.Command;
import io.countersign.core.approval.Refusal;
import io.countersign.server.approval.ApprovalProblems;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says why there is no grant for what is about to be executed: how its request ended, or what differs from a waiting grant. */
@Component
class MissingGrants {

    private final Approvals approvals;

    MissingGrants(Approvals approvals) {
        this.approvals = approvals;
    }

    /**
     * Why not; empty where nothing like it was ever asked.
     *
     * @param over the request for exactly this, which is over
     */
    List<Fault> why(Command.Redeem redeem, Optional<StoredRequest> over, Rulebook rulebook, Instant now) {
        return over.or(() -> approvals.grantBut(redeem, now)).stream()
                .flatMap(stored -> refusal(redeem, stored, rulebook, now).stream())
                .toList();
    }

    /** What the request says to the redemption; nothing is changed by it, whatever it says. */
    private static Optional<Fault> refusal(
            Command.Redeem redeem, StoredRequest stored, Rulebook rulebook, Instant now) {
        Refusal refusal = Approval.apply(stored.request(), redeem, rulebook.circumstances(stored.request(), "", now))
                .refusal();
        return Optional.ofNullable(refusal).map(said -> fault(said, stored));
    }

    private static Fault fault(Refusal refusal, StoredRequest stored) {
        Problem problem = ApprovalProblems.of(refusal, stored);
        String field = refusal instanceof Refusal.GrantMismatch mismatch
                ? mismatch.fields().getFirst()
                : null;
        return new Fault(problem.code(), field, problem.detail(), null, null, problem.remedy());
    }
}
