package io.countersign.server.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.core.approval.Vote;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** One vote on many requests, over HTTP. */
@RestController
@Tag(name = "Approvals")
class BulkVotesApi {

    /** A request, by number or id, and the digest of the payload that was shown. */
    record BulkItem(String request, String payloadDigest) {}

    /** {@code approve} or {@code deny}, for 1 to 50 requests. */
    record BulkForm(String vote, @Nullable String note, List<BulkItem> items) {}

    /** Why one of them was refused. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkProblem(String code, String detail, @Nullable String remedy) {}

    /**
     * How it went with one of them.
     *
     * @param status 200 when the vote was taken, else the status that a single vote would have been answered with
     * @param state the state of the request right after the vote
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkRow(
            String request,
            int status,
            @Nullable String state,
            @Nullable BulkProblem problem) {}

    /** How it went with each of them, in the order they were given. */
    record BulkAnswer(List<BulkRow> items) {}

    private final BulkVotes votes;

    BulkVotesApi(BulkVotes votes) {
        this.votes = votes;
    }

    @PostMapping("/api/v1/requests/votes")
    @Requires(Permission.VOTE_IN_BULK)
    @Operation(
            operationId = "voteInBulk",
            summary = "Approve or deny up to 50 requests at once; each is judged and answered by itself",
            description =
                    "For admins and compliance officers who may approve each of them; never on what is critical or"
                            + " larger than what is shown in full.")
    BulkAnswer vote(Caller caller, Origin origin, IdempotencyKey key, @RequestBody BulkForm form) {
        Vote.Kind kind = RequestsApi.kind(form.vote());
        RequestsApi.demandShort("note", form.note());
        return new BulkAnswer(votes.vote(caller, Actor.of(caller, origin), key, kind, form.note(), form.items()));
    }
}
