package io.countersign.server.platform;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Does an act once for each key of a caller: the key is kept in the transaction of the act itself. */
@Component
public final class Idempotency {

    private static final JsonMapper JSON = StrictJson.mapper();

    private final IdempotencyStore store;
    private final TransactionTemplate transactions;

    Idempotency(IdempotencyStore store, TransactionTemplate transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /**
     * Runs the act in a transaction and keeps its reply, or repeats the reply it had before. The same key with another
     * address or body is 422 {@code idempotency-key-reused}; an act that ends with an exception has not happened, and
     * its key is free again.
     */
    public ResponseEntity<Object> once(Caller caller, IdempotencyKey key, Supplier<Reply> act) {
        return transactions.execute(_ -> within(caller, key, act)).respond();
    }

    /**
     * The same where a key was given; else the act alone. INVARIANT L6: either way within one transaction, so that the reply
     * shows what the act came to, and nothing that others did since.
     */
    public ResponseEntity<Object> onceIfKeyed(Caller caller, @Nullable IdempotencyKey key, Supplier<Reply> act) {
        return transactions
                .execute(_ -> key == null ? act.get() : within(caller, key, act))
                .respond();
    }

    /**
     * Ties the key to this very call, within the present transaction: for acts that come to the same when they are done
     * again, and are judged anew instead of repeating a reply. Another address or body is refused as above.
     */
    public void tie(Caller caller, IdempotencyKey key) {
        within(caller, key, Reply::nothing);
    }

    /** The same within the present transaction. */
    public Reply within(Caller caller, IdempotencyKey key, Supplier<Reply> act) {
        String fingerprint = key.fingerprint().get();
        Optional<IdempotencyStore.Kept> before = store.claim(caller, key.value(), fingerprint);
        return before.isPresent() ? again(before.get(), fingerprint) : first(caller, key, act.get());
    }

    private Reply first(Caller caller, IdempotencyKey key, Reply reply) {
        if (reply.kept()) {
            store.keep(
                    caller,
                    key.value(),
                    reply.status(),
                    reply.again() == null ? null : JSON.writeValueAsString(reply.again()));
        } else {
            store.release(caller, key.value());
        }
        return reply;
    }

    private static Reply again(IdempotencyStore.Kept kept, String fingerprint) {
        if (!kept.fingerprint().equals(fingerprint)) {
            throw Problem.of(422, "idempotency-key-reused", "this `Idempotency-Key` was used for something else before")
                    .remedy("draw a new key for each thing you do")
                    .raise();
        }
        return Reply.again(kept.status(), kept.body() == null ? null : JSON.readTree(kept.body()));
    }
}
