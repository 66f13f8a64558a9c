package io.countersign.server.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Reason;
import io.countersign.core.approval.Vote;
import io.countersign.server.approval.RequestViews.RequestDetail;
import io.countersign.server.approval.RequestViews.RequestRow;
import io.countersign.server.approval.RequestViews.TimelinePage;
import io.countersign.server.audit.Actor;
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
import io.swagger.v3.oas.annotations.tags.Tag;
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

    /** A vote as it arrives: {@code approve} or {@code deny}, and the digest of the payload that was shown. */
    record VoteForm(String vote, @Nullable String note, String payloadDigest) {}

    private final RequestReading reading;
    private final Voting voting;
    private final Idempotency idempotency;

    RequestsApi(RequestReading reading, Voting voting, Idempotency idempotency) {
        this.reading = reading;
        this.voting = voting;
        this.idempotency = idempotency;
    }

    @GetMapping("/requests")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "listRequests", summary = "The inbox: mine, pending, decided or all; newest first")
    Page<RequestRow> list(
            Caller caller,
            @RequestParam(defaultValue = "all") String view,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable String risk,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String requester,
            @RequestParam(required = false) @Nullable String q,
            Paging paging) {
        return reading.page(
                caller, new RequestReading.Wanted(view, type, project, environment, risk, state, requester, q), paging);
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
    ResponseEntity<Object> vote(
            Caller caller,
            Origin origin,
            IdempotencyKey key,
            @PathVariable String request,
            @RequestBody VoteForm form) {
        Vote.Kind kind = switch (form.vote()) {
            case "approve" -> Vote.Kind.APPROVE;
            case "deny" -> Vote.Kind.DENY;
            default ->
                throw ProblemException.badField(
                        "unknown-word", "vote", "`" + form.vote() + "` is none of approve, deny");
        };
        if (form.note() != null && Reason.tooLong(form.note())) {
            throw ProblemException.badField("too-long", "note", "a note has at most 4,000 characters");
        }
        PayloadDigest shown = digest(form.payloadDigest());
        try {
            return idempotency.once(caller, key, () -> {
                Approvals.Result voted =
                        voting.vote(caller, Actor.of(caller, origin), request, kind, form.note(), shown);
                return Reply.of(200, reading.detail(caller, voted));
            });
        } catch (ProblemException refused) {
            if (refused.problem().code().equals("not-eligible")) {
                voting.recordRefusal(Actor.of(caller, origin), request, refused.problem());
                throw refused.problem().asLogged().raise();
            }
            throw refused;
        }
    }

    @PostMapping("/requests/{request}/withdrawal")
    @Requires(Permission.VOTE)
    @Operation(operationId = "withdrawVote", summary = "Take one's vote back while the request is pending")
    RequestDetail withdraw(Caller caller, Origin origin, @PathVariable String request) {
        voting.withdraw(caller, Actor.of(caller, origin), request);
        return reading.detail(caller, request);
    }

    @PostMapping("/requests/{request}/cancellation")
    @Requires(Permission.REQUESTS_CANCEL)
    @Operation(operationId = "cancelRequest", summary = "Give one's own request up")
    RequestDetail cancel(Caller caller, Origin origin, @PathVariable String request) {
        voting.cancel(caller, Actor.of(caller, origin), request);
        return reading.detail(caller, request);
    }

    @PostMapping("/grants/{grant}/revocation")
    @Requires(Permission.REQUESTS_CANCEL)
    @Operation(operationId = "revokeGrant", summary = "Take an unspent grant back")
    RequestDetail revoke(Caller caller, Origin origin, @PathVariable String grant) {
        boolean anybodys = Permission.GRANTS_REVOKE.isWithin(caller.credential())
                && reading.directory(caller).holds(caller.principalId(), Permission.GRANTS_REVOKE);
        Approvals.Result revoked = voting.revoke(caller, Actor.of(caller, origin), grant, anybodys);
        return reading.detail(caller, revoked.stored().request().id());
    }

    private static PayloadDigest digest(String text) {
        try {
            return new PayloadDigest(text);
        } catch (IllegalArgumentException malformed) {
            throw ProblemException.badField("bad-digest", "payloadDigest", String.valueOf(malformed.getMessage()));
        }
    }
}
