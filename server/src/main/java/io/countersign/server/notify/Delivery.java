package io.countersign.server.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry told to one recipient.
 *
 * @param recipientId a destination or a person
 * @param means {@code email} or {@code webhook}
 * @param state {@code pending}, {@code delivered} or {@code failed}
 * @param attempts how often it was taken up
 * @param nextAt when it is taken up next, while it is pending
 */
record Delivery(
        String orgId,
        String id,
        long leafIndex,
        String type,
        @Nullable String requestId,
        @Nullable String number,
        String recipientId,
        String means,
        String state,
        int attempts,
        Instant nextAt,
        @Nullable String lastError,
        Instant madeAt,
        @Nullable Instant endedAt) {

    static final String EMAIL = "email";
    static final String WEBHOOK = "webhook";

    static final String PENDING = "pending";
    static final String DELIVERED = "delivered";
    static final String FAILED = "failed";
}
