package io.countersign.server.approval;

import io.countersign.server.approval.FollowUpViews.FollowUpForm;
import io.countersign.server.approval.FollowUpViews.FollowUpView;
import io.countersign.server.approval.RequestViews.RequestDetail;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is to be done after requests, over HTTP. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Approvals")
class FollowUpsApi {

    /** Further follow-ups of a request, at most 10. */
    record NewFollowUps(List<FollowUpForm> followUps) {}

    /** That it is done, and what is to be said about it. */
    record Completion(@Nullable String note) {}

    private final FollowUps followUps;
    private final RequestReading reading;
    private final Idempotency idempotency;

    FollowUpsApi(FollowUps followUps, RequestReading reading, Idempotency idempotency) {
        this.followUps = followUps;
        this.reading = reading;
        this.idempotency = idempotency;
    }

    @GetMapping("/follow-ups")
    @Requires(Permission.REQUESTS_READ)
    @Operation(
            operationId = "listFollowUps",
            summary = "What is to be done after requests: open, overdue, done or all; the soonest due first")
    Page<FollowUpView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(defaultValue = "open") String state,
            @RequestParam(required = false) @Nullable String request,
            Paging paging) {
        return followUps.list(caller, owner, state, request, paging);
    }

    @PostMapping("/requests/{request}/follow-ups")
    @Requires(Permission.FOLLOW_UPS)
    @Operation(operationId = "addFollowUps", summary = "Ask for something to be done after a request one voted on")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RequestDetail.class)))
    @AnswersWith(value = RequestDetail.class, status = 200)
    ResponseEntity<Object> add(
            Caller caller,
            Origin origin,
            IdempotencyKey key,
            @PathVariable String request,
            @RequestBody NewFollowUps body) {
        return idempotency.once(caller, key, () -> {
            followUps.add(caller, Actor.of(caller, origin), request, body.followUps());
            return Reply.of(200, reading.detail(caller, request));
        });
    }

    @PostMapping("/follow-ups/{followUp}/completion")
    @Requires(Permission.FOLLOW_UPS)
    @Operation(operationId = "completeFollowUp", summary = "Note that it is done")
    @AnswersWith(value = FollowUpView.class, status = 200)
    ResponseEntity<Object> complete(
            Caller caller,
            Origin origin,
            @Nullable IdempotencyKey key,
            @PathVariable String followUp,
            @RequestBody Completion body) {
        return idempotency.onceIfKeyed(
                caller,
                key,
                () -> Reply.of(200, followUps.complete(caller, Actor.of(caller, origin), followUp, body.note())));
    }
}
