package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.audit.GateEntry;
import io.countersign.core.gate.Violation;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Problem;
import java.util.List;
import org.springframework.stereotype.Component;

/** Denies asks, and writes each denial down. */
@Component
class Denials {

    private final AuditLog log;
    private final Answers answers;

    Denials(AuditLog log, Answers answers) {
        this.log = log;
        this.answers = answers;
    }

    /** What no approval can cure. */
    Judged ofRules(Considered considered, List<Violation> violations) {
        List<String> codes = violations.stream().map(Violation::code).toList();
        log.append(
                considered.actor(),
                entry(
                        considered.ask(),
                        considered.rulebook().nameOf(considered.ask().resource()),
                        "policy-violations",
                        codes),
                null);
        return new Judged.Refused(violated(violations));
    }

    /** The same for a call to what Countersign does itself, whose reason may come in a header. */
    Judged ofOwnCall(Considered considered, List<Violation> violations) {
        return ofRules(
                considered, violations.stream().map(Denials::saidOtherwise).toList());
    }

    private static Violation saidOtherwise(Violation violation) {
        return violation.code().equals("reason-required")
                ? violation.remedied("say why: in `reason` where the call has one, else in the header `"
                        + OwnCall.REASON + "`, percent-encoded")
                : violation;
    }

    /** What an equal request stands against. */
    Judged ofRequest(Considered considered, StoredRequest stored, String code, String detail) {
        log.append(
                considered.actor(),
                entry(considered.ask(), stored.resourceName(), code, List.of()),
                stored.request().id());
        Problem problem = Problem.of(409, code, detail)
                .remedy(
                        code.equals("executing")
                                ? "wait for its outcome, then ask again"
                                : "change what was asked for, or resubmit it as a person with a reason")
                .with("request", answers.reference(stored, considered.now()));
        return new Judged.Refused(problem);
    }

    static Problem violated(List<Violation> violations) {
        List<Fault> faults = violations.stream().map(Answers::fault).toList();
        return Problem.of(422, "policy-violations", violations.getFirst().message())
                .remedy(violations.getFirst().remedy())
                .faults(faults);
    }

    private static GateEntry entry(Ask ask, String resource, String code, List<String> violations) {
        return new GateEntry.AskDenied(
                ask.subject().id(),
                ask.caller().id(),
                ask.action().id(),
                resource,
                ask.digest().value(),
                code,
                violations);
    }
}
