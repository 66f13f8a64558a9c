package io.countersign.server.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** What this node delivered, and what it saw of the rest when it last looked. */
@Component
class NotifyFigures {

    private final MeterRegistry metrics;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong unreached = new AtomicLong();
    private final AtomicLong disabled = new AtomicLong();

    NotifyFigures(MeterRegistry metrics) {
        this.metrics = metrics;
        for (String means : new String[] {Delivery.EMAIL, Delivery.WEBHOOK}) {
            for (String outcome : new String[] {Delivery.DELIVERED, "missed", Delivery.FAILED}) {
                attempts(means, outcome);
            }
        }
        Gauge.builder("notify.deliveries.pending", waiting, AtomicLong::get).register(metrics);
        Gauge.builder("notify.organizations.unreached", unreached, AtomicLong::get)
                .register(metrics);
        Gauge.builder("notify.destinations.disabled", disabled, AtomicLong::get).register(metrics);
    }

    private Counter attempts(String means, String outcome) {
        return Counter.builder("notify.attempts")
                .tag("means", means)
                .tag("outcome", outcome)
                .register(metrics);
    }

    void ended(Delivery delivery, String outcome) {
        attempts(delivery.means(), outcome).increment();
    }

    void seen(FiguresStore.Seen seen) {
        waiting.set(seen.pending());
        unreached.set(seen.unreached());
        disabled.set(seen.disabled());
    }
}
