package io.countersign.server.breakglass;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** How many sessions run and how many owe something for too long, over all organizations, when this node last looked. */
@Component
class BreakglassFigures {

    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger overdueClosures = new AtomicInteger();
    private final AtomicInteger overdueReviews = new AtomicInteger();

    BreakglassFigures(MeterRegistry metrics) {
        Gauge.builder("breakglass.sessions.active", active, AtomicInteger::get).register(metrics);
        Gauge.builder("breakglass.closures.overdue", overdueClosures, AtomicInteger::get)
                .register(metrics);
        Gauge.builder("breakglass.reviews.overdue", overdueReviews, AtomicInteger::get)
                .register(metrics);
    }

    void seen(int nowActive, int lateClosures, int lateReviews) {
        active.set(nowActive);
        overdueClosures.set(lateClosures);
        overdueReviews.set(lateReviews);
    }
}
