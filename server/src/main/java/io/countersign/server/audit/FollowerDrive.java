package io.countersign.server.audit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries one follower along the logs of all organizations, in turns with the other nodes. */
final class FollowerDrive {

    static final int BATCH = 200;

    private static final Logger LOG = LoggerFactory.getLogger(FollowerDrive.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final Follower follower;
    private final FollowerStore store;
    private final TransactionTemplate transactions;
    private final Loop loop;
    private final Map<String, Retry> retries = new HashMap<>();
    private final AtomicLong lag = new AtomicLong();

    FollowerDrive(Follower follower, FollowerStore store, TransactionTemplate transactions, AuditSignals signals) {
        this.follower = follower;
        this.store = store;
        this.transactions = transactions;
        this.loop = new Loop("audit-follower-" + follower.name(), signals.sequenced(), this::follow);
    }

    /** When an organization that failed is tried again, in {@link System#nanoTime()}. */
    private record Retry(long at, Duration pause) {}

    String name() {
        return follower.name();
    }

    long lag() {
        return lag.get();
    }

    /** Gives the follower one batch of each organization in which it is behind. */
    Loop.Found follow() {
        List<FollowerStore.Behind> behind = store.behind(follower.name());
        lag.set(behind.stream().mapToLong(FollowerStore.Behind::entries).sum());
        Loop.Found found = Loop.Found.NOTHING;
        for (FollowerStore.Behind organization : behind) {
            if (!organization.started()) {
                store.begin(organization.organizationId(), follower.name());
            }
            int done = attempt(organization.organizationId());
            lag.addAndGet(-done);
            if (done >= BATCH) {
                found = Loop.Found.MORE;
            } else if (done > 0 && found == Loop.Found.NOTHING) {
                found = Loop.Found.SOME;
            }
        }
        return found;
    }

    private int attempt(String organizationId) {
        Retry retry = retries.get(organizationId);
        if (retry != null && System.nanoTime() - retry.at() < 0) {
            return 0;
        }
        try {
            int done = transactions.execute(transaction -> step(organizationId));
            retries.remove(organizationId);
            return done;
        } catch (RuntimeException e) {
            Duration pause = retry == null ? FIRST_RETRY : retry.pause().multipliedBy(2);
            Duration bounded = pause.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause;
            retries.put(organizationId, new Retry(System.nanoTime() + bounded.toNanos(), bounded));
            LOG.warn("follower {} failed in {}, next attempt in {}", follower.name(), organizationId, bounded, e);
            return 0;
        }
    }

    private int step(String organizationId) {
        OptionalLong position = store.takePosition(organizationId, follower.name());
        if (position.isEmpty()) {
            return 0;
        }
        return follower.prominentOnly()
                ? passOver(organizationId, position.getAsLong())
                : readAll(organizationId, position.getAsLong());
    }

    private int readAll(String organizationId, long position) {
        List<LogEntry> batch = store.read(organizationId, position, BATCH);
        if (!batch.isEmpty()) {
            follower.handle(batch);
            store.moveTo(organizationId, follower.name(), batch.getLast().leafIndex() + 1);
        }
        return batch.size();
    }

    /** Every place below the head is taken already, so nothing that stands out can come up behind the position. */
    private int passOver(String organizationId, long position) {
        long end = store.length(organizationId);
        List<LogEntry> batch = store.readProminent(organizationId, position, end, BATCH);
        if (!batch.isEmpty()) {
            follower.handle(batch);
        }
        long next = batch.size() == BATCH ? batch.getLast().leafIndex() + 1 : end;
        store.moveTo(organizationId, follower.name(), next);
        return (int) Math.min(Integer.MAX_VALUE, next - position);
    }

    void start() {
        loop.start();
    }

    void stop() {
        loop.stop();
    }

    boolean isRunning() {
        return loop.isRunning();
    }
}
