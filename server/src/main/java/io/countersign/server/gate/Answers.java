package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.RequestState;
import io.countersign.core.gate.Decision;
import io.countersign.core.gate.Violation;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.StateWords;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.gate.GateAnswer.BypassRef;
import io.countersign.server.gate.GateAnswer.GrantRef;
import io.countersign.server.gate.GateAnswer.RequestRef;
import io.countersign.server.gate.GateAnswer.RequirementRef;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.PublicAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts decisions and requests into the words of an answer. */
@Component
class Answers {

    private final PublicAddress address;

    Answers(PublicAddress address) {
        this.address = address;
    }

    /** What the rules say to an ask, no request being there. */
    GateAnswer ofRules(Considered considered) {
        return ofRules(
                considered.decision(), considered.ask(), considered.rulebook().epoch(), considered.now());
    }

    /** What the rules say, no request being there. */
    GateAnswer ofRules(Decision decision, Ask ask, long epoch, Instant now) {
        String digest = ask.digest().value();
        return switch (decision) {
            case Decision.Permit _ ->
                new GateAnswer("permit", "not-gated", null, null, null, null, null, null, digest, epoch, now);
            case Decision.Hold hold ->
                new GateAnswer(
                        "hold", null, null, null, null, refs(hold.requirements()), null, null, digest, epoch, now);
            case Decision.Deny deny ->
                new GateAnswer(
                        "deny", null, null, null, null, null, faults(deny.violations()), null, digest, epoch, now);
        };
    }

    /** What a request says to an equal ask: wait, or there is a grant. */
    GateAnswer ofRequest(StoredRequest stored, long epoch, Instant now) {
        ApprovalRequest request = stored.request();
        @Nullable
        Grant waiting = request.stateAt(now) instanceof RequestState.Approved approved ? approved.grant() : null;
        return new GateAnswer(
                waiting != null ? "permit" : "hold",
                waiting != null ? basis(waiting) : null,
                reference(stored, now),
                waiting != null ? grant(waiting) : null,
                waiting != null ? bypass(waiting) : null,
                refs(request.requirements()),
                null,
                null,
                request.ask().digest().value(),
                epoch,
                now);
    }

    /** A grant was used just now, by this execution. */
    GateAnswer redeemed(StoredRequest stored, Grant used, String executionId, long epoch, Instant now) {
        return new GateAnswer(
                "permit",
                basis(used),
                reference(stored, now),
                grant(used),
                bypass(used),
                null,
                null,
                executionId,
                used.digest().value(),
                epoch,
                now);
    }

    /** No rule gates it, and this execution of it has begun. */
    GateAnswer ungated(String executionId, String digest, long epoch, Instant now) {
        return new GateAnswer("permit", "not-gated", null, null, null, null, null, executionId, digest, epoch, now);
    }

    RequestRef reference(StoredRequest stored, Instant now) {
        return new RequestRef(
                stored.request().id(),
                stored.name(),
                word(stored.request().stateAt(now)),
                stored.request().deadline(),
                address.url() + "/approvals/" + stored.name());
    }

    static Fault fault(Violation violation) {
        return new Fault(
                violation.code(),
                violation.field(),
                violation.message(),
                violation.policyId(),
                violation.policyVersion(),
                violation.remedy());
    }

    private static String word(RequestState state) {
        return StateWords.of(state);
    }

    private static GrantRef grant(Grant grant) {
        return new GrantRef(grant.id(), grant.expiresAt(), grant.usableUntil());
    }

    private static String basis(Grant grant) {
        return grant.bypassed() == null ? "grant" : "break-glass";
    }

    private static @Nullable BypassRef bypass(Grant grant) {
        return grant.bypassed() == null
                ? null
                : new BypassRef(
                        grant.bypassed().sessionId(),
                        grant.bypassed().sessionName(),
                        grant.bypassed().requirements().stream().sorted().toList());
    }

    private static List<Fault> faults(List<Violation> violations) {
        return violations.stream().map(Answers::fault).toList();
    }

    private static @Nullable List<RequirementRef> refs(List<Requirement> requirements) {
        return requirements.stream()
                .map(requirement -> new RequirementRef(
                        requirement.source().ruleId(),
                        requirement.source().version(),
                        requirement.source().bindingId(),
                        requirement.name(),
                        requirement.quorum().minApprovals()))
                .toList();
    }
}
