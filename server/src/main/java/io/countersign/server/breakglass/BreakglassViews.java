package io.countersign.server.breakglass;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The shapes in which sessions are shown. */
final class BreakglassViews {

    private BreakglassViews() {}

    /** Somebody, in words. */
    record Someone(String id, String handle, String name) {}

    /** An action in words. */
    record ScopeAction(String id, String title, String risk) {}

    /** A thing in words. */
    record ScopeThing(String type, String id, String name) {}

    /** What a session is for; {@code wide} when it reaches more than single environments and clusters. */
    record ScopeView(List<ScopeAction> actions, List<ScopeThing> resources, boolean wide) {}

    /** The request that gates an opening. */
    record GateRef(String id, String number) {}

    /** What is owed after a session, and when it is late. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OwedView(
            Instant closureDueAt,
            @Nullable Instant closedAt,
            boolean closureOverdue,
            Instant reviewDueAt,
            @Nullable Instant reviewedAt,
            boolean reviewOverdue) {}

    /** What the reader may do with it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record YouView(
            boolean owner,
            boolean mayRevoke,
            boolean mayClose,
            boolean mayReview,
            @Nullable String whyNotReview) {}

    /**
     * A session in a list.
     *
     * @param name for example {@code BG-7}; good wherever a session is named
     * @param state one of: requested, active, ended, not-opened
     * @param actionsTaken how much was done in it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SessionView(
            String id,
            String name,
            String state,
            Someone owner,
            String reason,
            String incident,
            Someone closureOwner,
            ScopeView scope,
            Duration duration,
            Instant openedAt,
            @Nullable GateRef request,
            @Nullable Instant startedAt,
            @Nullable Instant endsAt,
            @Nullable Instant endedAt,
            @Nullable String endedWhy,
            @Nullable Someone endedBy,
            @Nullable String endNote,
            @Nullable Duration lasted,
            int actionsTaken,
            @Nullable Instant lastUsedAt,
            @Nullable OwedView owed,
            YouView you) {}

    /** A rule that was bypassed, and what it would have needed. */
    record BypassedRule(String ruleId, int version, String name, String needed) {}

    /**
     * One thing that was done.
     *
     * @param bypassed empty where no rule was in the way
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ActionView(
            String id,
            Instant at,
            Someone subject,
            Someone caller,
            ScopeAction action,
            ScopeThing resource,
            String payloadDigest,
            @Nullable String reason,
            @Nullable String request,
            @Nullable String requestState,
            @Nullable String outcome,
            List<BypassedRule> bypassed,
            @Nullable String verdict,
            @Nullable String verdictNote) {}

    /** A closure as it was filed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClosureView(
            String incident,
            String reasonUsed,
            List<String> actionsPerformed,
            Instant sessionClosedAt,
            @Nullable String remarks,
            String preventiveAction,
            Someone preventiveOwner,
            LocalDate preventiveDue,
            List<String> evidence,
            Someone filedBy,
            Instant filedAt) {}

    /** A review as it was filed; the verdicts stand with the actions. */
    record ReviewView(String summary, Someone reviewedBy, Instant reviewedAt) {}

    /** One session in full. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SessionDetail(
            @JsonUnwrapped SessionView session,
            List<ActionView> actions,
            @Nullable ClosureView closure,
            @Nullable ReviewView review) {}

    /** One thing that happened in or to a session. */
    record Moment(Instant at, String type, Someone actor, String channel, JsonNode entry) {}

    /** Everything that happened, oldest first. */
    record Moments(List<Moment> items) {}

    /**
     * What a banner needs.
     *
     * @param own the reader's active session, or none
     * @param requested the reader's session whose opening waits for approval, or none
     * @param active how many sessions are active; only for who may revoke them
     * @param owed how many closures the reader owes
     * @param overdue how many closures and reviews are late; only for who may revoke sessions
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BannerView(
            @Nullable OwnSession own,
            @Nullable OwnSession requested,
            @Nullable Integer active,
            int owed,
            @Nullable Integer overdue) {}

    /** The reader's own session, in short. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OwnSession(
            String id,
            String name,
            String incident,
            @Nullable Instant startedAt,
            @Nullable Instant endsAt,
            int actionsTaken) {}

    /** One rule that a scope would bypass, where, and for which actions. */
    record Bypass(
            String ruleId, int version, String name, String needed, List<String> actions, List<String> resources) {}

    /**
     * What a session would bypass.
     *
     * @param sentence for example {@code This will bypass: Production gate (2 approvals)}
     * @param unaffected what stays in force whatever the session says
     * @param confirm what has to be typed because the scope is wide, or none
     * @param openingGatedBy rules that hold the opening itself; they are never bypassed
     * @param faults why it could not be opened as it is
     * @param complete whether every place in the scope was looked at
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PreviewView(
            String sentence,
            List<Bypass> bypasses,
            List<String> unaffected,
            boolean wide,
            @Nullable String confirm,
            Duration minimum,
            Duration maximum,
            List<String> openingGatedBy,
            List<String> faults,
            boolean complete) {}

    /** A rule and how often it was bypassed. */
    record RuleCount(String ruleId, String name, int times) {}

    /** A person and his sessions. */
    record OwnerCount(Someone owner, int sessions, int actions) {}

    /**
     * Sessions of a period.
     *
     * @param verdicts how many actions were found {@code justified}, {@code not-justified}, {@code follow-up}, and how many
     *     have no verdict yet ({@code open})
     */
    record ReportView(
            Instant from,
            Instant to,
            int sessions,
            int notOpened,
            Duration activeFor,
            int actions,
            int closuresOwed,
            int closuresOverdue,
            int reviewsOwed,
            int reviewsOverdue,
            Map<String, Integer> verdicts,
            List<RuleCount> bypassed,
            List<OwnerCount> owners,
            List<SessionView> items,
            boolean complete) {}

    /**
     * A change that an emergency was the reason for: let pass by a session, or asked for as an emergency workflow's action.
     *
     * @param kind {@code break-glass} or {@code emergency-workflow}
     * @param session the session that let it pass, or none for an emergency workflow
     * @param justification the session's, or the reason of the ask
     * @param state the state of its request, or none where nothing was in the session's way
     * @param approvedBy who approved it
     * @param verdict what the review of the session says to it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EmergencyChange(
            String id,
            String kind,
            Instant at,
            @Nullable String session,
            @Nullable String incident,
            @Nullable String justification,
            Someone subject,
            ScopeAction action,
            ScopeThing resource,
            @Nullable String request,
            @Nullable String state,
            @Nullable String outcome,
            List<Someone> approvedBy,
            List<BypassedRule> bypassed,
            @Nullable String verdict) {}
}
