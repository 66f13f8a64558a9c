package io.countersign.server.audit;

import io.countersign.server.platform.Authenticator;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One live stream: writes events to one caller in the order of the log, for as long as he may see them. */
final class EventStream {

    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration RIGHTS_CHECK = Duration.ofSeconds(1);
    private static final int BATCH = 500;

    private final Caller caller;
    private final LiveFeed feed;
    private final LiveEventStore store;
    private final Authenticator authenticator;
    private final EventWriter writer;
    private final Consumer<EventStream> closed;
    private long next;
    private long lastWrite;
    private volatile boolean ended;

    EventStream(
            Caller caller,
            long next,
            LiveFeed feed,
            LiveEventStore store,
            Authenticator authenticator,
            EventWriter writer,
            Consumer<EventStream> closed) {
        this.caller = caller;
        this.next = next;
        this.feed = feed;
        this.store = store;
        this.authenticator = authenticator;
        this.writer = writer;
        this.closed = closed;
    }

    String organizationId() {
        return caller.organizationId();
    }

    boolean isOf(Caller other) {
        return caller.organizationId().equals(other.organizationId())
                && caller.principalId().equals(other.principalId());
    }

    /** Lets the stream end soon. */
    void end() {
        ended = true;
        feed.bell().ring();
    }

    /** Gives the stream up before it has begun. */
    void abandon() {
        ended = true;
        closed.accept(this);
    }

    /** Writes until the caller has gone, may no longer see it, or the server stops. */
    void run() {
        try {
            writer.heartbeat();
            lastWrite = System.nanoTime();
            while (!ended && may()) {
                step();
            }
        } catch (IOException | IllegalStateException | ProblemException gone) {
            LOG.debug("the event stream of {} ended", caller.principalId(), gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            LOG.warn("the event stream of {} failed", caller.principalId(), failed);
        } finally {
            closed.accept(this);
            writer.end();
        }
    }

    private boolean may() {
        return authenticator.stands(caller) && authenticator.allows(caller, Permission.REQUESTS_READ);
    }

    private void step() throws IOException, InterruptedException {
        long heard = feed.bell().rings();
        List<LiveEvent> events = feed.from(next, BATCH).orElseGet(() -> store.read(organizationId(), next, BATCH));
        boolean everything = authenticator.allows(caller, Permission.AUDIT_READ);
        for (LiveEvent event : events) {
            if (everything || event.aboutRequest()) {
                writer.event(event);
                lastWrite = System.nanoTime();
            }
            next = event.leafIndex() + 1;
        }
        if (events.isEmpty() && !ended) {
            feed.bell().await(heard, RIGHTS_CHECK);
        }
        if (System.nanoTime() - lastWrite >= HEARTBEAT.toNanos()) {
            writer.heartbeat();
            lastWrite = System.nanoTime();
        }
    }
}
