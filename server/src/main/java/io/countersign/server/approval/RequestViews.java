package io.countersign.server.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
    record What(String id, String title, String risk) {}

    /** The resource in words. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Where(
            String type,
            String id,
            String name,
            @Nullable String release,
            @Nullable String from,
            @Nullable String to,
            Map<String, String> attributes) {}

    /** Why this reader's approval would not be taken. */
    record WhyNot(String code, String sentence) {}

    /** How one requirement stands, in a list. */
    record Progress(String name, int approvals, int needed, boolean met) {}

    /** A request in a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RequestRow(
            String id,
            String number,
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
            boolean canApprove,
            @Nullable WhyNot whyNot) {}

    /** One requirement as a checklist. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RequirementView(
            String id,
            String ruleId,
            int version,
            String bindingId,
            String name,
            String description,
            boolean met,
            int approvals,
            int needed,
            List<Who> counted,
            List<Who> lapsed,
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
            Instant at,
            String channel,
            @Nullable Instant endedAt,
            @Nullable String endedHow) {}

    /** A grant of the request. */
    record GrantView(String id, Instant madeAt, Instant expiresAt, Instant usableUntil) {}

    /** The execution of the grant. */
    record ExecutionView(String executionId, Who redeemer, Instant at, boolean outcomeUnknown) {}

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
            @Nullable GrantView grant,
            @Nullable ExecutionView execution,
            @Nullable OutcomeView outcome,
            @Nullable Instant endedAt,
            @Nullable Who endedBy,
            @Nullable String successor,
            @Nullable String supersedes,
            @Nullable String resubmits,
            List<EarlierDenial> earlierDenials,
            boolean payloadReadable,
            List<Who> owners,
            List<Who> authors) {}

    /** One thing that happened to a request. */
    record TimelineItem(Instant at, String type, Who actor, String channel, JsonNode entry) {}

    /** Everything that happened to a request, oldest first. */
    record TimelinePage(List<TimelineItem> items) {}
}
