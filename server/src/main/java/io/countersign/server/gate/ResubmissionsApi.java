package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Resource;
import io.countersign.server.approval.ApprovalProblems;
import io.countersign.server.approval.Approvals;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Puts a denied or expired request again, as a person may once for each denial. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Gate")
class ResubmissionsApi {

    /**
     * A new reason, or none to keep the old one.
     *
     * @param breakGlassSession the break-glass session by which it is to pass, or none
     */
    record ResubmissionForm(
            @Nullable String reason, @Nullable String breakGlassSession) {}

    private final Doors doors;
    private final Approvals approvals;

    ResubmissionsApi(Doors doors, Approvals approvals) {
        this.doors = doors;
        this.approvals = approvals;
    }

    @PostMapping("/requests/{request}/resubmission")
    @Requires(Permission.REQUESTS_CANCEL)
    @Operation(operationId = "resubmitRequest", summary = "Ask once more for what was denied or expired")
    ResponseEntity<GateAnswer> resubmit(
            Caller caller,
            Origin origin,
            @Nullable IdempotencyKey key,
            @PathVariable String request,
            @RequestBody ResubmissionForm form) {
        Ask ask = approvals
                .find(caller.organizationId(), request)
                .orElseThrow(() -> ApprovalProblems.notFound(request))
                .request()
                .ask();
        if (!ask.subject().id().equals(caller.principalId())) {
            throw ProblemException.forbidden("not-yours", "only who asked for `" + request + "` puts it again");
        }
        Doors.Asked asked = doors.ask(caller, Actor.of(caller, origin), again(ask, form), key);
        return ResponseEntity.status(asked.opened() ? 201 : 200).body(asked.answer());
    }

    private static AskForm again(Ask ask, ResubmissionForm form) {
        Resource resource = ask.resource();
        return new AskForm(
                ask.action().id(),
                new AskForm.ResourceForm(
                        resource.level().name().toLowerCase(Locale.ROOT),
                        resource.id(),
                        resource.releaseId(),
                        resource.from(),
                        resource.to(),
                        resource.attributes()),
                null,
                form.reason() == null ? ask.reason() : form.reason(),
                null,
                ask.digest().value(),
                ask.authors().stream().sorted().toList(),
                null,
                true,
                form.breakGlassSession());
    }
}
