package io.countersign.server.approval;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** How many requests wait for people, over all organizations, when this node last looked. */
@Component
class RequestFigures {

    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong unsatisfiable = new AtomicLong();

    RequestFigures(MeterRegistry metrics) {
        Gauge.builder("requests.pending", pending, AtomicLong::get).register(metrics);
        Gauge.builder("requests.stale", stale, AtomicLong::get).register(metrics);
        Gauge.builder("requests.unsatisfiable", unsatisfiable, AtomicLong::get).register(metrics);
    }

    void seen(OutlookStore.Waiting waiting) {
        pending.set(waiting.pending());
        stale.set(waiting.stale());
        unsatisfiable.set(waiting.unsatisfiable());
    }
}
