package io.countersign.server.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What time it is: the database's clock, real or simulated. */
@Component
public final class ServerClock {

    private static final Logger LOG = LoggerFactory.getLogger(ServerClock.class);
    private static final Duration ALARM = Duration.ofSeconds(5);

    private final InstallationStore store;
    private final boolean simulated;
    private final AtomicReference<Reading> last;

    /** The database's time and our own monotonic one, read together. */
    private record Reading(Instant database, long nanos) {

        private Instant carriedTo(long now) {
            return database.plusNanos(now - nanos);
        }
    }

    ServerClock(InstallationStore store) {
        this.store = store;
        this.simulated = store.simulated();
        this.last = new AtomicReference<>(read());
        double behind = store.secondsBehind();
        if (behind > ALARM.toSeconds()) {
            LOG.error(
                    "the machine's clock is {} s behind a time this database has shown; time stands still until it"
                            + " has caught up",
                    Math.round(behind));
        }
    }

    private Reading read() {
        long before = System.nanoTime();
        Instant database = store.now();
        return new Reading(database, before);
    }

    /** The database's clock, read in the present transaction if there is one; deciders read it after their locks. */
    public Instant now() {
        return store.now();
    }

    /**
     * The same clock carried on in memory, for answers that do not touch the database: at most a second off after
     * another node moved a simulated clock, else some milliseconds.
     */
    public Instant nearly() {
        return last.get().carriedTo(System.nanoTime());
    }

    /** Whether this installation's clock is simulated. */
    public boolean simulated() {
        return simulated;
    }

    /** Moves a simulated clock forward; false when it is there already. */
    boolean advance(Instant to) {
        return store.advance(to);
    }

    /** Compares with the database again, keeps its high-water mark, and sounds the alarm when time has jumped. */
    void tick() {
        store.raiseHighWater();
        Reading fresh = read();
        Reading before = last.getAndSet(fresh);
        Duration jump = Duration.between(before.carriedTo(fresh.nanos()), fresh.database());
        if (!simulated && jump.abs().compareTo(ALARM) > 0) {
            LOG.error("the clock of the database jumped by {} s", jump.toSeconds());
        }
    }
}
