package io.countersign.server.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.approval.Vote;
import io.countersign.server.approval.BulkVotesApi.BulkItem;
import io.countersign.server.approval.BulkVotesApi.BulkProblem;
import io.countersign.server.approval.BulkVotesApi.BulkRow;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Votes on many requests, one transaction each, and answers for each how it went. */
@Service
class BulkVotes {

    /** So many at once. */
    static final int MOST = 50;

    private static final String REUSED = "idempotency-key-reused";

    private final Voting voting;
    private final Idempotency idempotency;
    private final TransactionTemplate transactions;

    BulkVotes(Voting voting, Idempotency idempotency, TransactionTemplate transactions) {
        this.voting = voting;
        this.transactions = transactions;
        this.idempotency = idempotency;
    }

    /** One vote on all of them; tried again under the same key, only what did not happen is judged anew. */
    List<BulkRow> vote(
            Caller caller,
            Actor actor,
            IdempotencyKey key,
            Vote.Kind kind,
            @Nullable String note,
            List<BulkItem> items) {
        demandItems(items);
        List<BulkRow> rows = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            IdempotencyKey own = new IdempotencyKey(key.value() + "/" + i, key.fingerprint());
            rows.add(one(caller, actor, own, kind, note, items.get(i)));
        }
        return rows;
    }

    private BulkRow one(
            Caller caller, Actor actor, IdempotencyKey key, Vote.Kind kind, @Nullable String note, BulkItem item) {
        try {
            PayloadDigest shown = RequestsApi.digest(item.payloadDigest());
            Reply answer = transactions.execute(_ -> idempotency.within(caller, key, () -> {
                Approvals.Result voted = voting.voteInBulk(caller, actor, item.request(), kind, note, shown);
                StoredRequest stored = voted.stored();
                return Reply.of(
                        200,
                        new BulkVoted(
                                stored.name(), StateWords.of(stored.request().state())));
            }));
            return voted(item, answer);
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            if (problem.code().equals(REUSED)) {
                throw refused;
            }
            if (problem.code().equals("not-eligible")) {
                voting.recordRefusal(actor, item.request(), problem);
            }
            return new BulkRow(
                    item.request(),
                    problem.status(),
                    null,
                    new BulkProblem(problem.code(), problem.detail(), problem.remedy()));
        }
    }

    /** What is kept of one vote that was taken. */
    record BulkVoted(String number, String state) {}

    private static BulkRow voted(BulkItem item, Reply answer) {
        Object body = answer.body();
        String state = body instanceof BulkVoted voted
                ? voted.state()
                : body instanceof JsonNode kept ? kept.path("state").asString("") : "";
        return new BulkRow(item.request(), answer.status(), state, null);
    }

    private static void demandItems(List<BulkItem> items) {
        if (items.isEmpty() || items.size() > MOST) {
            throw ProblemException.badField("wrong-value", "items", "`items` are 1 to " + MOST + " requests");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            if (!names.add(items.get(i).request().toUpperCase(java.util.Locale.ROOT))) {
                throw ProblemException.badField(
                        "duplicate-id",
                        "items[" + i + "].request",
                        "`" + items.get(i).request() + "` is there twice");
            }
        }
    }
}
