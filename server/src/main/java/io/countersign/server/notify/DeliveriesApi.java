package io.countersign.server.notify;

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
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was told to whom, what is still tried, and what was given up. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Notifications")
class DeliveriesApi {

    private static final Set<String> STATES = Set.of(Delivery.PENDING, Delivery.DELIVERED, Delivery.FAILED);

    private final DeliveryStore store;
    private final Deliveries deliveries;
    private final Idempotency idempotency;

    DeliveriesApi(DeliveryStore store, Deliveries deliveries, Idempotency idempotency) {
        this.store = store;
        this.deliveries = deliveries;
        this.idempotency = idempotency;
    }

    /**
     * One entry of the log told to one recipient; of a webhook its id is the {@code webhook-id}.
     *
     * @param about the kind of entry
     * @param recipientId a destination or a person
     * @param attempts how often it was tried since it was made or tried again
     */
    record DeliveryView(
            String id,
            String about,
            long leafIndex,
            @Nullable String number,
            String recipientId,
            String means,
            String state,
            int attempts,
            @Nullable Instant nextAttemptAt,
            @Nullable String lastError,
            Instant madeAt,
            @Nullable Instant endedAt) {}

    @GetMapping("/notification-deliveries")
    @Requires(Permission.AUDIT_READ)
    @Operation(operationId = "listNotificationDeliveries", summary = "What was told to whom, the latest first")
    Page<DeliveryView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String recipient,
            Paging paging) {
        if (state != null && !STATES.contains(state)) {
            throw ProblemException.badField(
                    "unknown-word", "state", "`" + state + "` is none of pending, delivered, failed");
        }
        return Page.of(
                        store.page(caller.organizationId(), state, recipient, paging.after(), paging.rows()),
                        paging,
                        Delivery::id)
                .map(DeliveriesApi::view);
    }

    @PostMapping("/notification-deliveries/{delivery}/retry")
    @Requires(Permission.NOTIFICATIONS_WRITE)
    @Operation(operationId = "retryNotificationDelivery", summary = "Try again what was given up")
    @AnswersWith(value = DeliveryView.class, status = 200)
    ResponseEntity<Object> retry(Caller caller, Origin origin, IdempotencyKey key, @PathVariable String delivery) {
        return idempotency.once(
                caller, key, () -> Reply.of(200, view(deliveries.retry(Actor.of(caller, origin), delivery))));
    }

    private static DeliveryView view(Delivery of) {
        return new DeliveryView(
                of.id(),
                of.type(),
                of.leafIndex(),
                of.number(),
                of.recipientId(),
                of.means(),
                of.state(),
                of.attempts(),
                of.state().equals(Delivery.PENDING) ? of.nextAt() : null,
                of.lastError(),
                of.madeAt(),
                of.endedAt());
    }
}
