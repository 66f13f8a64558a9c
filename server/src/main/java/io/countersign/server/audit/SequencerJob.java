package io.countersign.server.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives committed entries their places in the log of their organization, contiguous from 0. Every node runs it; whoever
 * holds the row of an organization's head works on it, and what a dying node had begun is rolled back and done by
 * another.
 */
@Component
class SequencerJob implements SmartLifecycle {

    static final int BATCH = 1_000;

    private final SequencerStore store;
    private final TransactionTemplate transactions;
    private final AuditSignals signals;
    private final Consumer<String> faultPoint;
    private final Loop loop;
    private final Timer mergeDelay;
    private final Counter placed;
    private final AtomicLong oldestMillis = new AtomicLong();

    @Autowired
    SequencerJob(SequencerStore store, TransactionTemplate transactions, AuditSignals signals, MeterRegistry metrics) {
        this(store, transactions, signals, metrics, point -> {});
    }

    SequencerJob(
            SequencerStore store,
            TransactionTemplate transactions,
            AuditSignals signals,
            MeterRegistry metrics,
            Consumer<String> faultPoint) {
        this.store = store;
        this.transactions = transactions;
        this.signals = signals;
        this.faultPoint = faultPoint;
        this.loop = new Loop("audit-sequencer", signals.appended(), this::sequence);
        this.mergeDelay = Timer.builder("audit.merge.delay")
                .description("Time from appending an entry to its place in the log")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(metrics);
        this.placed = Counter.builder("audit.entries.placed")
                .description("Entries that this node gave their place in the log")
                .register(metrics);
        Gauge.builder("audit.pending.age", oldestMillis, millis -> millis.get() / 1e3)
                .description("How long the oldest entry without a place had waited when this node last looked")
                .baseUnit("seconds")
                .register(metrics);
    }

    /** Works on each organization once, a batch of at most 1,000 entries each. */
    Loop.Found sequence() {
        List<SequencerStore.Waiting> waiting = store.waiting();
        oldestMillis.set(waiting.stream()
                .mapToLong(organization -> organization.age().toMillis())
                .max()
                .orElse(0));
        Loop.Found found = Loop.Found.NOTHING;
        for (SequencerStore.Waiting organization : waiting) {
            if (!organization.headed()) {
                store.makeHead(organization.organizationId());
            }
            int done = sequence(organization.organizationId());
            if (done == BATCH) {
                found = Loop.Found.MORE;
            } else if (done > 0 && found == Loop.Found.NOTHING) {
                found = Loop.Found.SOME;
            }
        }
        return found;
    }

    private int sequence(String organizationId) {
        List<Duration> delays = transactions.execute(transaction -> {
            OptionalLong head = store.takeHead(organizationId);
            if (head.isEmpty()) {
                return List.of();
            }
            faultPoint.accept("audit.sequencer.head-taken");
            List<Duration> waited = store.place(organizationId, head.getAsLong(), BATCH);
            faultPoint.accept("audit.sequencer.placed");
            store.advance(organizationId, waited.size());
            faultPoint.accept("audit.sequencer.advanced");
            return waited;
        });
        if (!delays.isEmpty()) {
            delays.forEach(mergeDelay::record);
            placed.increment(delays.size());
            signals.sequenced().ring();
        }
        return delays.size();
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    /** Before the web server, so that it stops after the last call. */
    @Override
    public int getPhase() {
        return 0;
    }
}
