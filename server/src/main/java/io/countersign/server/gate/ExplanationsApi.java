package io.countersign.server.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Place;
import io.countersign.core.gate.Decision;
import io.countersign.core.policy.Applicability;
import io.countersign.core.policy.Resolution;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.directory.Directory;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Why a policy would apply to an ask, or not. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Gate")
class ExplanationsApi {

    private static final PayloadDigest NO_PAYLOAD = PayloadDigest.of(new byte[0]);

    /**
     * What is to be explained.
     *
     * @param subject who would ask, by id or {@code @handle}; the caller when left out
     * @param at any instant, now when left out
     */
    record ExplanationForm(
            String action,
            AskForm.ResourceForm resource,
            @Nullable String subject,
            @Nullable String reason,
            @Nullable Instant at) {}

    /** One binding, and why it applied or not. */
    record ExplainedBinding(
            String bindingId,
            String templateId,
            int version,
            String name,
            boolean applies,
            String verdict,
            String sentence) {}

    /**
     * Every binding of the organization, and what the gate would answer.
     *
     * @param demands what must be met and who could, where it would hold
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Explanation(Instant at, GateAnswer answer, List<ExplainedBinding> bindings, List<ExplainedDemand> demands) {}

    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final Directory directory;
    private final Answers answers;

    ExplanationsApi(Rulebooks rulebooks, Approvals approvals, Directory directory, Answers answers) {
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.directory = directory;
        this.answers = answers;
    }

    @PostMapping("/explanations")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "explain", summary = "For every binding, why it would apply to an ask or not")
    Explanation explain(Caller caller, @RequestBody ExplanationForm form) {
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        Instant at = form.at() == null ? approvals.now() : form.at();
        Ask ask = new AskReader(rulebook.directory(), directory, caller)
                .readForExplanation(
                        form.action(), anyChange(form.resource()), form.subject(), form.reason(), NO_PAYLOAD);
        Place place = Doors.place(rulebook, ask);
        Resolution resolution = rulebook.resolve(ask, place, at, at);
        Decision decision = Doors.judge(rulebook, ask, at);
        return new Explanation(
                at,
                answers.ofRules(decision, ask, rulebook.epoch(), at),
                resolution.rules().stream().map(ExplanationsApi::binding).toList(),
                decision instanceof Decision.Hold hold
                        ? ExplainedDemand.of(hold.requirements(), ask, rulebook, at)
                        : List.of());
    }

    /** Which rules apply does not hang on what is deployed, so a question about them need not name it. */
    private static AskForm.ResourceForm anyChange(AskForm.ResourceForm asked) {
        boolean named = asked.release() != null || asked.to() != null;
        return new AskForm.ResourceForm(
                asked.type(),
                asked.id(),
                asked.release(),
                asked.from(),
                named ? asked.to() : "anything",
                asked.attributes());
    }

    private static ExplainedBinding binding(Applicability judged) {
        return new ExplainedBinding(
                judged.rule().binding().id(),
                judged.rule().template().id(),
                judged.rule().template().version(),
                judged.rule().template().spec().name(),
                judged.applies(),
                judged.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                judged.sentence());
    }
}
