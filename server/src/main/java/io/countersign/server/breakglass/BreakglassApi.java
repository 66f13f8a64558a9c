package io.countersign.server.breakglass;

import io.countersign.core.action.Reason;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.audit.Actor;
import io.countersign.server.breakglass.BreakglassViews.BannerView;
import io.countersign.server.breakglass.BreakglassViews.EmergencyChange;
import io.countersign.server.breakglass.BreakglassViews.Moments;
import io.countersign.server.breakglass.BreakglassViews.PreviewView;
import io.countersign.server.breakglass.BreakglassViews.ReportView;
import io.countersign.server.breakglass.BreakglassViews.SessionDetail;
import io.countersign.server.breakglass.BreakglassViews.SessionView;
import io.countersign.server.directory.Principal;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Break-glass sessions over HTTP; a session is named by id or by number. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Break-glass", description = "Sessions that bypass approvals in an emergency, and what is owed after them")
class BreakglassApi {

    private static final Set<String> STATES = Set.of("requested", "active", "ended", "not-opened");
    private static final Duration LONGEST_PERIOD = Duration.ofDays(366);

    /** Why a session is ended before its time, or nothing. */
    record RevocationForm(@Nullable String note) {}

    /** Sessions that owe something for too long. */
    record OverdueList(List<SessionView> items) {}

    private final BreakglassOpenings openings;
    private final BreakglassEnds ends;
    private final BreakglassReading reading;
    private final EmergencyChanges changes;
    private final BreakglassPreview previews;
    private final BreakglassReport reports;
    private final Closures closures;
    private final Reviews reviews;
    private final Idempotency idempotency;
    private final Rulebooks rulebooks;
    private final BreakglassStore sessions;

    BreakglassApi(
            BreakglassOpenings openings,
            BreakglassEnds ends,
            BreakglassReading reading,
            EmergencyChanges changes,
            BreakglassPreview previews,
            BreakglassReport reports,
            Closures closures,
            Reviews reviews,
            Idempotency idempotency,
            Rulebooks rulebooks,
            BreakglassStore sessions) {
        this.openings = openings;
        this.ends = ends;
        this.reading = reading;
        this.changes = changes;
        this.previews = previews;
        this.reports = reports;
        this.closures = closures;
        this.reviews = reviews;
        this.idempotency = idempotency;
        this.rulebooks = rulebooks;
        this.sessions = sessions;
    }

    @GetMapping("/breakglass-sessions")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "listBreakglassSessions", summary = "Break-glass sessions, the newest first")
    Page<SessionView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            Paging paging) {
        if (state != null && !STATES.contains(state)) {
            throw ProblemException.badField(
                    "unknown-word", "state", "`" + state + "` is none of requested, active, ended, not-opened");
        }
        @Nullable String ownerId = owner == null ? null : person(caller, owner);
        return reading.page(caller, new BreakglassReading.Filter(state, ownerId, from, to), paging);
    }

    @PostMapping("/breakglass-sessions")
    @Requires(Permission.BREAKGLASS_OPEN)
    @Operation(
            operationId = "openBreakglassSession",
            summary = "Open a session: 201 when it is active, 202 when it begins with the approval of its request")
    @ApiResponse(responseCode = "201", description = "It is active", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "202",
            description = "It begins with the approval of its request",
            useReturnTypeSchema = true)
    ResponseEntity<SessionDetail> open(OwnCall call, IdempotencyKey key, @RequestBody OpeningForm form) {
        BreakglassOpenings.Opened opened = openings.open(call.once(key), form);
        return ResponseEntity.status(opened.held() ? 202 : 201)
                .body(reading.detail(call.caller(), opened.kept().id()));
    }

    @PostMapping("/breakglass-sessions/preview")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "previewBreakglassSession", summary = "What a session of this scope would bypass")
    PreviewView preview(Caller caller, @RequestBody BreakglassPreview.PreviewForm form) {
        return previews.preview(caller, form);
    }

    @GetMapping("/breakglass-sessions/banner")
    @Requires(Permission.REQUESTS_READ)
    @Operation(
            operationId = "breakglassBanner",
            summary = "Your own session and its end; for who may revoke, how many run")
    BannerView banner(Caller caller) {
        return reading.banner(caller);
    }

    @GetMapping("/breakglass-sessions/overdue")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "listOverdueBreakglassSessions", summary = "Sessions whose closure or review is late")
    OverdueList overdue(Caller caller) {
        return new OverdueList(reading.overdue(caller));
    }

    @GetMapping("/breakglass-sessions/report")
    @Requires(Permission.AUDIT_READ)
    @Operation(
            operationId = "reportBreakglassSessions",
            summary = "The sessions of a period, counted; 30 days by default")
    ReportView report(
            Caller caller,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        Instant until = to == null ? sessions.now() : to;
        Instant since = from == null ? until.minus(Duration.ofDays(30)) : from;
        if (!since.isBefore(until) || Duration.between(since, until).compareTo(LONGEST_PERIOD) > 0) {
            throw ProblemException.badField("wrong-value", "from", "`from` lies before `to`, by a year at most");
        }
        return reports.report(caller, since, until);
    }

    @GetMapping("/breakglass-sessions/{session}")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "getBreakglassSession", summary = "One session: scope, actions, closure, review")
    SessionDetail one(Caller caller, @PathVariable String session) {
        return reading.detail(caller, session);
    }

    @GetMapping("/breakglass-sessions/{session}/timeline")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "getBreakglassTimeline", summary = "Everything that happened in and to a session")
    Moments timeline(Caller caller, @PathVariable String session) {
        return reading.timeline(caller, session);
    }

    @PostMapping("/breakglass-sessions/{session}/revocation")
    @Requires(Permission.REQUESTS_CANCEL)
    @Operation(operationId = "revokeBreakglassSession", summary = "End a session now, with the grants nobody has used")
    @AnswersWith(value = SessionDetail.class, status = 200)
    ResponseEntity<Object> revoke(
            Caller caller,
            Origin origin,
            @Nullable IdempotencyKey key,
            @PathVariable String session,
            @RequestBody RevocationForm form) {
        if (form.note() != null && Reason.tooLong(form.note())) {
            throw ProblemException.badField("too-long", "note", "a note has at most 4,000 characters");
        }
        return idempotency.onceIfKeyed(caller, key, () -> {
            ends.revoke(
                    caller,
                    Actor.of(caller, origin),
                    session,
                    Reason.of(form.note()).orElse(null));
            return Reply.of(200, reading.detail(caller, session));
        });
    }

    @PostMapping("/breakglass-sessions/{session}/closure")
    @Requires(Permission.REQUESTS_CANCEL)
    @Operation(operationId = "closeBreakglassSession", summary = "File the closure that is owed after a session")
    @AnswersWith(SessionDetail.class)
    ResponseEntity<Object> close(
            Caller caller,
            Origin origin,
            IdempotencyKey key,
            @PathVariable String session,
            @RequestBody Closures.ClosureForm form) {
        return idempotency.once(caller, key, () -> {
            closures.file(caller, Actor.of(caller, origin), session, form);
            return Reply.of(201, reading.detail(caller, session));
        });
    }

    @PostMapping("/breakglass-sessions/{session}/review")
    @Requires(Permission.VOTE)
    @Operation(operationId = "reviewBreakglassSession", summary = "File the review: a verdict for each action")
    @AnswersWith(SessionDetail.class)
    ResponseEntity<Object> review(
            Caller caller,
            Origin origin,
            IdempotencyKey key,
            @PathVariable String session,
            @RequestBody Reviews.ReviewForm form) {
        return idempotency.once(caller, key, () -> {
            reviews.file(caller, Actor.of(caller, origin), session, form);
            return Reply.of(201, reading.detail(caller, session));
        });
    }

    @GetMapping("/emergency-changes")
    @Requires(Permission.REQUESTS_READ)
    @Operation(
            operationId = "listEmergencyChanges",
            summary =
                    "What was asked for and done in emergencies, by a session or an emergency workflow; the latest first")
    Page<EmergencyChange> changes(
            Caller caller,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            Paging paging) {
        return changes.page(caller, from, to, paging);
    }

    private String person(Caller caller, String name) {
        return rulebooks
                .fresh(caller.organizationId())
                .directory()
                .principal(name)
                .map(Principal::id)
                .orElse("none");
    }
}
