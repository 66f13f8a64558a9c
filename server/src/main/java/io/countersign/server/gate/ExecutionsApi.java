package io.countersign.server.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.core.action.ActionType;
import io.countersign.server.approval.Approvals;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.gate.ExecutionStore.Ending;
import io.countersign.server.gate.ExecutionStore.UngatedRow;
import io.countersign.server.gate.ExecutionStore.Wanted;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was executed without a request, because no rule held it. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Gate")
class ExecutionsApi {

    /** Who it was: an id, and the name people know. */
    record Party(String id, String name) {}

    /**
     * An execution that no rule held.
     *
     * @param state {@code executing}, {@code outcome-unknown} when nobody told in time how it went, {@code succeeded} or
     *     {@code failed}
     * @param canSettle whether its outcome is unknown and what you report would be taken, with a `text` that says why
     * @param ending what was told of its end, and by whom
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UngatedExecution(
            String executionId,
            String action,
            String actionTitle,
            String resource,
            Party subject,
            Party redeemer,
            String payloadDigest,
            Instant at,

            @Schema(allowableValues = {"executing", "outcome-unknown", "succeeded", "failed"})
            String state,

            boolean canSettle,
            @Nullable EndingView ending) {}

    /** How it ended, as the first one told who could. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EndingView(
            Instant at,
            Party by,
            @Nullable String text,
            @Nullable String link,
            List<String> artifacts) {}

    private final ExecutionStore executions;
    private final Approvals approvals;
    private final Directory directory;

    ExecutionsApi(ExecutionStore executions, Approvals approvals, Directory directory) {
        this.executions = executions;
        this.approvals = approvals;
        this.directory = directory;
    }

    @GetMapping("/executions")
    @Requires(Permission.REQUESTS_READ)
    @Operation(
            operationId = "listUngatedExecutions",
            summary = "What was executed without a request, because no rule held it; the latest first",
            description =
                    "`state` narrows to `executing`, `outcome-unknown`, `succeeded` or `failed`. What a rule held is in"
                            + " the list of requests.")
    Page<UngatedExecution> list(Caller caller, @RequestParam(required = false) @Nullable String state, Paging paging) {
        String orgId = caller.organizationId();
        DirectoryImage image = directory.fresh(orgId);
        Instant now = approvals.now();
        return Page.of(
                        executions.newest(
                                orgId,
                                wanted(state, now.minus(image.settings().outcomeAfter())),
                                paging.after(),
                                paging.rows()),
                        paging,
                        UngatedRow::executionId)
                .map(row -> view(row, caller, image, now));
    }

    private static Wanted wanted(@Nullable String state, Instant unknownBefore) {
        return switch (state) {
            case null -> new Wanted(null, null, null);
            case "executing" -> new Wanted(null, unknownBefore, null);
            case "outcome-unknown" -> new Wanted(null, null, unknownBefore);
            case "succeeded", "failed" -> new Wanted(state, null, null);
            default ->
                throw ProblemException.badField(
                        "unknown-word",
                        "state",
                        "`" + state + "` is none of executing, outcome-unknown, succeeded, failed");
        };
    }

    private static UngatedExecution view(UngatedRow row, Caller caller, DirectoryImage image, Instant now) {
        Ending ending = row.ending();
        return new UngatedExecution(
                row.executionId(),
                row.action(),
                image.actions().find(row.action()).map(ActionType::title).orElse(row.action()),
                row.resource(),
                party(row.subjectId(), image),
                party(row.callerId(), image),
                row.digest(),
                row.at(),
                ending == null ? open(row, image, now) : ending.result(),
                ending == null && row.untold(image).toldBy(caller, image, now),
                ending == null
                        ? null
                        : new EndingView(
                                ending.at(),
                                party(ending.by(), image),
                                ending.text(),
                                ending.link(),
                                ending.artifacts()));
    }

    private static String open(UngatedRow row, DirectoryImage image, Instant now) {
        return row.untold(image).isUnknown(image, now) ? "outcome-unknown" : "executing";
    }

    private static Party party(String id, DirectoryImage image) {
        return new Party(id, image.nameOf(id).orElse(id));
    }
}
