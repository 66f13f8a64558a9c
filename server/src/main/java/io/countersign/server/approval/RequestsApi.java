package io.countersign.server.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Reason;
import io.countersign.core.approval.Vote;
import io.countersign.server.approval.FollowUpViews.FollowUpForm;
import io.countersign.server.approval.InboxReader.Narrowing;
import io.countersign.server.approval.RequestViews.RequestCounts;
import io.countersign.server.approval.RequestViews.RequestDetail;
import io.countersign.server.approval.RequestViews.RequestRow;
import io.countersign.server.approval.RequestViews.TimelinePage;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Requests over HTTP: the inbox, one request, and what people do to it. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Approvals", description = "The inbox, votes and grants")
class RequestsApi {

    /**
     * A vote as it arrives: {@code approve} or {@code deny}, and the digest of the payload that was shown.
     *
     * @param note why, at most 4,000 characters
     * @param riskAcknowledged the risk that is taken knowingly, at most 4,000 characters
     * @param followUps what is to be done afterwards, at most 10
     */
    record VoteForm(
            @Schema(allowableValues = {"approve", "deny"}) String vote,
            @Nullable String note,
            @Nullable String riskAcknowledged,
            String payloadDigest,
            List<FollowUpForm> followUps) {}

    private final RequestReading reading;
    private final Voting voting;
    private final FollowUps followUps;
    private final Reminders reminders;
    private final Idempotency idempotency;

    RequestsApi(
            RequestReading reading, Voting voting, FollowUps followUps, Reminders reminders, Idempotency idempotency) {
        this.reading = reading;
        this.voting = voting;
        this.followUps = followUps;
        this.reminders = reminders;
        this.idempotency = idempotency;
    }

    @GetMapping("/requests")
    @Requires(Permission.REQUESTS_READ)
    @Operation(
            operationId = "listRequests",
            summary = "The inbox: mine, waiting, pending, decided or all",
            description =
                    "`mine` is what the caller's approval would be taken for now, `waiting` what he asked for or voted on"
                            + " and others have to decide. `type`, `risk` and `state` may be given several times. `q` finds numbers"
                            + " (`AR-12`, `12`), handles (`@ada`), names, releases and words. `order` is `newest` or, of what is"
                            + " pending, `deadline`.")
    Page<RequestRow> list(
            Caller caller,
            @RequestParam(defaultValue = "all") String view,
            @RequestParam(defaultValue = "newest") String order,
            @RequestParam(required = false) @Nullable List<String> type,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable String cluster,
            @RequestParam(required = false) @Nullable List<String> risk,
            @RequestParam(required = false) @Nullable List<String> state,
            @RequestParam(required = false) @Nullable String requester,
            @RequestParam(required = false) @Nullable String q,
            Paging paging) {
        return reading.page(
                caller,
                view,
                order,
                new Narrowing(type, project, environment, cluster, risk, state, requester, q),
                paging);
    }

    @GetMapping("/requests/counts")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "countRequests", summary = "How many requests wait, for the caller and at all")
    RequestCounts counts(
            Caller caller,
            @RequestParam(required = false) @Nullable List<String> type,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable String cluster,
            @RequestParam(required = false) @Nullable List<String> risk,
            @RequestParam(required = false) @Nullable String requester,
            @RequestParam(required = false) @Nullable String q) {
        return reading.counts(caller, new Narrowing(type, project, environment, cluster, risk, null, requester, q));
    }

    @GetMapping("/requests/{request}")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "getRequest", summary = "One request: facts, requirements, votes, grant, outcome")
    RequestDetail one(Caller caller, @PathVariable String request) {
        return reading.detail(caller, request);
    }

    @GetMapping("/requests/{request}/timeline")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "getTimeline", summary = "Everything that happened to a request, oldest first")
    TimelinePage timeline(Caller caller, @PathVariable String request) {
        return reading.timeline(caller, request);
    }

    @GetMapping("/requests/{request}/payload")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "getPayload", summary = "The bytes the digest is of, with likely secrets covered by stars")
    ResponseEntity<byte[]> payload(Caller caller, @PathVariable String request) {
        return bytes(reading.payload(caller, request));
    }

    @PostMapping("/requests/{request}/payload/reveal")
    @Requires(Permission.PAYLOAD_REVEAL)
    @Operation(operationId = "revealPayload", summary = "The very bytes the digest is of; looking is written down")
    ResponseEntity<byte[]> reveal(Caller caller, Origin origin, @PathVariable String request) {
        return bytes(reading.reveal(caller, Actor.of(caller, origin), request));
    }

    private static ResponseEntity<byte[]> bytes(RequestReading.ReadPayload read) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header("X-Payload-Media-Type", read.payload().mediaType())
                .header("X-Payload-Digest", read.digest().value())
                .header("X-Payload-Covered", Integer.toString(read.covered()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(read.name() + ".payload")
                                .build()
                                .toString())
                .body(read.payload().bytes());
    }

    @PostMapping("/requests/{request}/votes")
    @Requires(Permission.VOTE)
    @Operation(operationId = "vote", summary = "Approve or deny, bound to the payload that was shown")
    @AnswersWith(value = RequestDetail.class, status = 200)
    ResponseEntity<Object> vote(
            Caller caller,
            Origin origin,
            IdempotencyKey key,
            @PathVariable String request,
            @RequestBody VoteForm form) {
        Vote.Kind kind = kind(form.vote());
        demandShort("note", form.note());
        demandShort("riskAcknowledged", form.riskAcknowledged());
        @Nullable String risk = Reason.of(form.riskAcknowledged()).orElse(null);
        PayloadDigest shown = digest(form.payloadDigest());
        Actor actor = Actor.of(caller, origin);
        try {
            return idempotency.once(caller, key, () -> {
                Approvals.Result voted =
                        voting.vote(caller, actor, request, new Voting.Said(kind, form.note(), risk), shown);
                followUps.make(
                        actor,
                        voted.stored(),
                        form.followUps(),
                        voted.circumstances().now());
                return Reply.of(200, reading.detail(caller, voted));
            });
        } catch (ProblemException refused) {
            if (refused.problem().code().equals("not-eligible")) {
                voting.recordRefusal(actor, request, refused.problem());
                throw refused.problem().asLogged().raise();
            }
            throw refused;
        }
    }

    @PostMapping("/requests/{request}/withdrawal")
    @Requires(Permission.VOTE)
    @Operation(operationId = "withdrawVote", summary = "Take one's vote back while the request is pending")
    @AnswersWith(value = RequestDetail.class, status = 200)
    ResponseEntity<Object> withdraw(
            Caller caller, Origin origin, @Nullable IdempotencyKey key, @PathVariable String request) {
        return once(caller, key, request, () -> voting.withdraw(caller, Actor.of(caller, origin), request));
    }

    @PostMapping("/requests/{request}/cancellation")
    @Requires(Permission.REQUESTS_CANCEL)
    @Operation(operationId = "cancelRequest", summary = "Give one's own request up")
    @AnswersWith(value = RequestDetail.class, status = 200)
    ResponseEntity<Object> cancel(
            Caller caller, Origin origin, @Nullable IdempotencyKey key, @PathVariable String request) {
        return once(caller, key, request, () -> voting.cancel(caller, Actor.of(caller, origin), request));
    }

    @PostMapping("/requests/{request}/reminders")
    @Requires(Permission.REQUESTS_CANCEL)
    @Operation(
            operationId = "remind",
            summary = "Have those reminded who could close it: for its requester and approvers, at most once an hour")
    @AnswersWith(value = RequestDetail.class, status = 200)
    ResponseEntity<Object> remind(
            Caller caller, Origin origin, @Nullable IdempotencyKey key, @PathVariable String request) {
        return once(caller, key, request, () -> reminders.remind(caller, Actor.of(caller, origin), request));
    }

    private ResponseEntity<Object> once(Caller caller, @Nullable IdempotencyKey key, String request, Runnable act) {
        return idempotency.onceIfKeyed(caller, key, () -> {
            act.run();
            return Reply.of(200, reading.detail(caller, request));
        });
    }

    @PostMapping("/grants/{grant}/revocation")
    @Requires(Permission.REQUESTS_CANCEL)
    @Operation(operationId = "revokeGrant", summary = "Take an unspent grant back")
    @AnswersWith(value = RequestDetail.class, status = 200)
    ResponseEntity<Object> revoke(
            Caller caller, Origin origin, @Nullable IdempotencyKey key, @PathVariable String grant) {
        boolean anybodys = reading.directory(caller).allows(caller, Permission.GRANTS_REVOKE);
        return idempotency.onceIfKeyed(caller, key, () -> {
            Approvals.Result revoked = voting.revoke(caller, Actor.of(caller, origin), grant, anybodys);
            return Reply.of(
                    200, reading.detail(caller, revoked.stored().request().id()));
        });
    }

    static Vote.Kind kind(String word) {
        return switch (word) {
            case "approve" -> Vote.Kind.APPROVE;
            case "deny" -> Vote.Kind.DENY;
            default ->
                throw ProblemException.badField("unknown-word", "vote", "`" + word + "` is none of approve, deny");
        };
    }

    static void demandShort(String field, @Nullable String text) {
        if (text != null && Reason.tooLong(text)) {
            throw ProblemException.badField("too-long", field, "`" + field + "` has at most 4,000 characters");
        }
    }

    static PayloadDigest digest(String text) {
        try {
            return new PayloadDigest(text);
        } catch (IllegalArgumentException malformed) {
            throw ProblemException.badField("bad-digest", "payloadDigest", String.valueOf(malformed.getMessage()));
        }
    }
}
