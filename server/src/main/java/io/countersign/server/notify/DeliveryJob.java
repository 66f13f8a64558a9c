package io.countersign.server.notify;

import io.countersign.server.platform.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Takes up what is due, each delivery on a virtual thread of its own: mail and webhooks apart from each other, and one at a
 * time for each recipient, so that one that hangs holds up nobody else.
 */
@Component
class DeliveryJob implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryJob.class);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration COUNT_AFTER = Duration.ofSeconds(15);
    private static final long LAST_WORDS_SECONDS = 5;
    private static final int AT_ONCE = 32;

    private final Ticker ticker;
    private final Deliveries deliveries;
    private final FiguresStore counts;
    private final NotifyFigures figures;
    private final MailSender mail;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Semaphore> free =
            Map.of(Delivery.EMAIL, new Semaphore(AT_ONCE), Delivery.WEBHOOK, new Semaphore(AT_ONCE));
    private volatile boolean closing;

    DeliveryJob(Ticker ticker, Deliveries deliveries, FiguresStore counts, NotifyFigures figures, MailSender mail) {
        this.ticker = ticker;
        this.deliveries = deliveries;
        this.counts = counts;
        this.figures = figures;
        this.mail = mail;
    }

    @EventListener(ApplicationStartedEvent.class)
    void start() {
        ticker.every(PAUSE, "notifications", this::look);
        ticker.every(COUNT_AFTER, "notification figures", () -> figures.seen(counts.count(mail.given())));
    }

    void look() {
        free.forEach((means, slots) -> {
            int limit = slots.availablePermits();
            List<Delivery> due = closing || limit == 0 ? List.of() : deliveries.take(means, limit);
            for (Delivery delivery : due) {
                slots.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        carryOut(delivery);
                    } finally {
                        slots.release();
                    }
                });
            }
        });
    }

    private void carryOut(Delivery first) {
        try {
            Optional<Delivery> next = Optional.of(first);
            while (next.isPresent()) {
                deliveries.carryOut(next.get());
                next = closing ? Optional.empty() : deliveries.takeAfter(next.get());
            }
        } catch (RuntimeException left) {
            if (!closing) {
                LOG.warn("a delivery of {} is left to its lease", first.orgId(), left);
            }
        }
    }

    /** Lets what is on its way arrive for a moment; the rest comes again when its lease has ended. */
    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
