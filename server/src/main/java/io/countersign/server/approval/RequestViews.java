package io.countersign.server.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.countersign.server.approval.FollowUpViews.FollowUpView;
import io.countersign.server.approval.SheetViews.Excluded;
import io.countersign.server.approval.SheetViews.IfYouApprove;
import io.countersign.server.approval.SheetViews.OpenSlot;
import io.countersign.server.approval.SheetViews.SignatureView;
import io.countersign.server.approval.SheetViews.SlotView;
import io.countersign.server.approval.SheetViews.Why;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The shapes in which requests are shown. */
final class RequestViews {

    private RequestViews() {}

    /** Somebody, in words. */
    record Who(String id, String handle, String name, String kind) {}

    /** The action in words. */
    record What(String id, String title, String risk, boolean emergency) {}

    /**
     * The resource in words.
     *
     * @param project the name of the project it is, or belongs to
     * @param environment the name of the environment it is, without its project
     * @param cluster the name of the cluster it is, or runs on
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Where(
            String type,
            String id,
            String name,
            @Nullable String project,
            @Nullable String environment,
            @Nullable String cluster,
            @Nullable String release,
            @Nullable String releaseName,
            @Nullable String from,
            @Nullable String to,
            Map<String, String> attributes) {}

    /** Why this reader's approval would not be taken. */
    record WhyNot(String code, String sentence) {}

    /** How one requirement stands, in a list. */
    record Progress(String name, int approvals, int needed, boolean met) {}

    /**
     * A request in a list.
     *
     * @param title what it would do, as a sentence
     * @param titleObject the part of the title that is acted on
     * @param signed some of those whose approvals count, in the order they voted
     * @param approvals how many people's approvals count
     * @param needed how many there are when every empty line is filled
     * @param slots the empty lines; none of what is not pending
     * @param missing who is missing, in one sentence
     * @param why whether this reader can approve, and why
     * @param result how its execution went: {@code succeeded}, {@code failed}, {@code not-reported} or {@code unknown}
     * @param rejectedBy who rejected it
     * @param usableUntil until when its grant can be used
     * @param remindedAt when somebody last had those reminded who are missing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RequestRow(
            String id,
            String number,
            String title,
            String titleObject,
            String state,
            boolean stale,
            @Nullable Instant unsatisfiableSince,
            What action,
            Where resource,
            Who subject,
            Who caller,
            @Nullable String reason,
            Instant openedAt,
            Instant deadline,
            String payloadDigest,
            List<Progress> progress,
            List<Who> signed,
            int approvals,
            int needed,
            List<SlotView> slots,
            @Nullable String missing,
            boolean canApprove,
            Why why,
            @Nullable WhyNot whyNot,
            @Nullable String result,
            @Nullable Who rejectedBy,
            @Nullable Instant endedAt,
            @Nullable Instant usableUntil,
            @Nullable Instant remindedAt,
            @Nullable BreakGlassView breakGlass) {}

    /** The break-glass session by which a request passed. */
    record BreakGlassView(String sessionId, String session) {}

    /**
     * How many requests wait; each number is counted no further than to a limit, and its {@code More} says that there are
     * more.
     *
     * @param mine how many wait for the reader, by the same judgement as {@code view=mine}; up to 100
     * @param waiting how many he asked for or voted on and wait for others; up to 100
     * @param pending how many are pending at all; up to 1,000
     * @param stale how many of those have been pending for longer than the organization likes; up to 1,000
     */
    record RequestCounts(
            int mine,
            boolean mineMore,
            int waiting,
            boolean waitingMore,
            long pending,
            boolean pendingMore,
            long stale,
            boolean staleMore) {}

    /**
     * One requirement as a checklist.
     *
     * @param ruleId the template it comes from
     * @param version the version of that template
     * @param rule what it demands, in words
     * @param signatures the approvals that count, and what each fills
     * @param slots the empty lines, and who could fill them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RequirementView(
            String id,
            String ruleId,
            int version,
            String bindingId,
            String name,
            String description,
            String rule,
            boolean met,
            boolean bypassed,
            int approvals,
            int needed,
            List<Who> counted,
            List<Who> lapsed,
            List<SignatureView> signatures,
            List<OpenSlot> slots,
            List<String> missing,
            @Nullable Integer fewestFurther,
            boolean unsatisfiable,
            List<Who> closers,
            int eligible,
            boolean requesterCanApprove,
            @Nullable Instant escalatesAt,
            @Nullable String yourStanding) {}

    /** A vote of any time. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VoteView(
            String id,
            Who person,
            String vote,
            @Nullable String note,
            @Nullable String riskAcknowledged,
            Instant at,
            String channel,
            @Nullable Instant endedAt,
            @Nullable String endedHow) {}

    /** A grant of the request. */
    record GrantView(String id, Instant madeAt, Instant expiresAt, Instant usableUntil) {}

    /**
     * The execution of the grant.
     *
     * @param outcomeUnknown whether nobody has told in time how it went
     * @param canSettle whether it is unknown and what you report would be taken, with a `text` that says why
     */
    record ExecutionView(String executionId, Who redeemer, Instant at, boolean outcomeUnknown, boolean canSettle) {}

    /** How the execution ended. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OutcomeView(
            String result,
            Instant at,
            @Nullable String text,
            @Nullable String link,
            List<String> artifacts) {}

    /** A denial on the same subject, action and resource, whatever the payload. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EarlierDenial(
            String number,
            Instant at,
            @Nullable Who by,
            @Nullable String note) {}

    /** One request in full. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RequestDetail(
            @JsonUnwrapped RequestRow request,
            List<RequirementView> requirements,
            List<VoteView> votes,
            List<Who> couldApprove,
            int couldApproveTotal,
            @Nullable IfYouApprove ifYouApprove,
            List<Excluded> excluded,
            int excludedTotal,
            @Nullable String mayNotApprove,
            @Nullable GrantView grant,
            @Nullable ExecutionView execution,
            @Nullable OutcomeView outcome,
            @Nullable Who endedBy,
            @Nullable String successor,
            @Nullable String supersedes,
            @Nullable String resubmits,
            List<EarlierDenial> earlierDenials,
            boolean payloadReadable,
            List<Who> owners,
            List<Who> authors,
            List<FollowUpView> followUps) {}

    /** One thing that happened to a request. */
    record TimelineItem(Instant at, String type, Who actor, String channel, JsonNode entry) {}

    /** Everything that happened to a request, oldest first. */
    record TimelinePage(List<TimelineItem> items) {}
}
