package io.countersign.server.notify;

import io.countersign.server.platform.StartRefused;
import io.countersign.server.platform.Ticker;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Forgets deliveries that were kept long enough, some at a time. */
@Component
final class OldDeliveryJob {

    /** Longer than anything is tried, and than whoever judges a silent destination looks back. */
    static final Duration LEAST = Duration.ofDays(7);

    private static final int BATCH = 5_000;

    OldDeliveryJob(Ticker ticker, OldDeliveryStore deliveries, NotificationSettings settings) {
        Duration kept = settings.keepDeliveries();
        if (kept.compareTo(LEAST) < 0) {
            throw new StartRefused(
                    "countersign.notifications.keep-deliveries is at least 7d: deliveries are tried for days");
        }
        ticker.every(Duration.ofMinutes(1), "old deliveries", () -> deliveries.forget(kept, BATCH));
    }
}
