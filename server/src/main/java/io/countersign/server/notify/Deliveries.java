package io.countersign.server.notify;

import io.countersign.core.audit.NotificationEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.notify.Attempt.Arrived;
import io.countersign.server.notify.Attempt.Gone;
import io.countersign.server.notify.Attempt.Missed;
import io.countersign.server.notify.Attempt.Refused;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries deliveries out. A delivery is taken up under a lease, sent with no transaction open, and what became of it is
 * written down with its entry: whoever dies in between leaves it to another node, and the recipient knows it by its id.
 */
@Service
class Deliveries {

    /** Longer than any sender takes. */
    static final Duration LEASE = Duration.ofSeconds(90);

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final DeliveryStore store;
    private final DestinationStore destinations;
    private final Dispatch dispatch;
    private final AuditLog log;
    private final ServerClock clock;
    private final TransactionTemplate transactions;
    private final NotifyFigures figures;

    Deliveries(
            DeliveryStore store,
            DestinationStore destinations,
            Dispatch dispatch,
            AuditLog log,
            ServerClock clock,
            TransactionTemplate transactions,
            NotifyFigures figures) {
        this.store = store;
        this.destinations = destinations;
        this.dispatch = dispatch;
        this.log = log;
        this.clock = clock;
        this.transactions = transactions;
        this.figures = figures;
    }

    /** Takes up what is due; nobody else takes it for as long as the lease lasts. */
    List<Delivery> take(String means, int limit) {
        return store.take(means, null, limit, clock.now(), LEASE);
    }

    /** Takes up what else is due for the same recipient. */
    Optional<Delivery> takeAfter(Delivery before) {
        return store.take(before.means(), before, 1, clock.now(), LEASE).stream()
                .findFirst();
    }

    /** Sends one that was taken up, and writes down what became of it. */
    void carryOut(Delivery taken) {
        Attempt attempt;
        try {
            attempt = dispatch.send(taken, store.notice(taken));
        } catch (ProblemException refused) {
            attempt = Missed.because(refused.problem().code());
        } catch (RuntimeException failed) {
            LOG.warn("delivery {} failed here", taken.id(), failed);
            attempt = Missed.because("failed within the server");
        }
        record(taken, attempt);
    }

    /** Writes down how an attempt ended; of one that somebody else has taken up since, only that it arrived. */
    void record(Delivery taken, Attempt attempt) {
        String outcome = transactions.execute(_ -> {
            FaultPoint.within("notification");
            if (!(attempt instanceof Arrived) && taken.means().equals(Delivery.WEBHOOK)) {
                // The destination before its deliveries, as whoever removes it does.
                destinations.lock(taken.orgId(), taken.recipientId());
            }
            Delivery kept = store.lock(taken.orgId(), taken.id()).orElseThrow();
            boolean ours = kept.attempts() == taken.attempts();
            if (!kept.state().equals(Delivery.PENDING) || (!ours && !(attempt instanceof Arrived))) {
                return "late";
            }
            Instant now = clock.now();
            return switch (attempt) {
                case Arrived arrived -> arrived(kept, arrived, now);
                case Missed missed -> missed(kept, missed, now);
                case Refused refused -> givenUp(kept, refused.result(), now);
                case Gone gone -> {
                    givenUp(kept, gone.result(), now);
                    disable(kept, "it answers that it is gone", now);
                    yield Delivery.FAILED;
                }
            };
        });
        figures.ended(taken, String.valueOf(outcome));
    }

    private String arrived(Delivery kept, Arrived arrived, Instant now) {
        store.end(kept, Delivery.DELIVERED, null, now);
        log.append(
                Actor.system(kept.orgId()),
                new NotificationEntry.NotificationDelivered(
                        kept.id(),
                        kept.recipientId(),
                        kept.means(),
                        kept.type(),
                        kept.leafIndex(),
                        kept.number(),
                        kept.attempts()),
                kept.requestId());
        LOG.debug("delivery {}: {}", kept.id(), arrived.result());
        return Delivery.DELIVERED;
    }

    private String missed(Delivery kept, Missed missed, Instant now) {
        Optional<Instant> next = RetrySchedule.next(
                kept.attempts(),
                now,
                missed.notBefore(),
                ThreadLocalRandom.current().nextDouble());
        if (next.isPresent()) {
            store.later(kept, missed.result(), next.get());
            return "missed";
        }
        givenUp(kept, missed.result(), now);
        if (!store.deliveredSince(kept.orgId(), kept.recipientId(), kept.madeAt())) {
            disable(
                    kept,
                    "nothing has reached it for "
                            + Duration.between(kept.madeAt(), now).toHours() + " hours",
                    now);
        }
        return Delivery.FAILED;
    }

    private String givenUp(Delivery kept, @Nullable String why, Instant now) {
        String reason = why == null ? "" : why;
        store.end(kept, Delivery.FAILED, reason, now);
        log.append(
                Actor.system(kept.orgId()),
                new NotificationEntry.NotificationFailed(
                        kept.id(),
                        kept.recipientId(),
                        kept.means(),
                        kept.type(),
                        kept.leafIndex(),
                        kept.number(),
                        kept.attempts(),
                        reason),
                kept.requestId());
        LOG.warn(
                "nobody was told of entry {} of {} by delivery {}: {}",
                kept.leafIndex(),
                kept.orgId(),
                kept.id(),
                reason);
        return Delivery.FAILED;
    }

    /** A webhook that is dead is told nothing more, which everybody else is told; mail is tried again each time. */
    private void disable(Delivery last, String why, Instant now) {
        if (!last.means().equals(Delivery.WEBHOOK)) {
            return;
        }
        destinations
                .lock(last.orgId(), last.recipientId())
                .filter(Destination::isActive)
                .ifPresent(destination -> {
                    destinations.disable(destination.orgId(), destination.id(), why, now);
                    log.append(
                            Actor.system(destination.orgId()),
                            new NotificationEntry.NotificationDestinationDisabled(
                                    destination.id(), destination.means(), destination.name(), why),
                            null);
                    giveUpOpen(destination, "the destination was disabled", now);
                });
    }

    /** Gives up everything that a destination is still to be told, in the present transaction. */
    void giveUpOpen(Destination destination, String why, Instant now) {
        for (Delivery open : store.lockOpen(destination.orgId(), destination.id())) {
            givenUp(open, why, now);
        }
    }

    /** Begins anew with one that was given up. */
    Delivery retry(Actor actor, String id) {
        return transactions.execute(_ -> {
            Delivery kept = store.lock(actor.organizationId(), id)
                    .orElseThrow(() -> ProblemException.notFound("notification-delivery", id));
            if (!kept.state().equals(Delivery.FAILED)) {
                throw ProblemException.conflict(
                        "delivery-not-failed",
                        "only what has failed for good is tried again, and this is " + kept.state());
            }
            store.reopen(kept, clock.now());
            log.append(actor, new NotificationEntry.NotificationRetried(id, kept.recipientId()), kept.requestId());
            return store.find(actor.organizationId(), id).orElseThrow();
        });
    }
}
