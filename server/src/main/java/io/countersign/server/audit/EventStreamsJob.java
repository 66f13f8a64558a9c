package io.countersign.server.audit;

import io.countersign.server.platform.Authenticator;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The live streams of this node. However many are open, one reader follows the log for all of them, and it rests while
 * there are none.
 */
@Component
class EventStreamsJob implements SmartLifecycle {

    static final int STREAMS_EACH = 20;

    private static final int BATCH = 500;

    private final LiveEventStore store;
    private final Authenticator authenticator;
    private final Loop reader;
    private final Map<String, LiveFeed> feeds = new HashMap<>();
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    EventStreamsJob(LiveEventStore store, Authenticator authenticator, AuditSignals signals, MeterRegistry metrics) {
        this.store = store;
        this.authenticator = authenticator;
        this.reader = new Loop("audit-event-streams", signals.sequenced(), this::read);
        Gauge.builder("audit.streams.open", open, Set::size)
                .description("Live event streams that are open on this node")
                .register(metrics);
    }

    /**
     * Opens a stream; the caller may have 20 on a node.
     *
     * @param after place of the last entry the caller knows, -1 for none; nothing means from now on
     */
    EventStream open(Caller caller, @Nullable Long after, EventWriter writer) {
        String organization = caller.organizationId();
        long length = store.lengths(List.of(organization)).getOrDefault(organization, 0L);
        if (after != null && after >= length) {
            throw Problem.of(400, "position-unknown", "the log has " + length + " entries, and none at `" + after + "`")
                    .remedy("read the list you show again, and open the stream without a position")
                    .raise();
        }
        if (!running) {
            throw Problem.of(503, "server-stopping", "the server is stopping").raise();
        }
        if (open.stream().filter(stream -> stream.isOf(caller)).count() >= STREAMS_EACH) {
            throw Problem.of(
                            429,
                            "too-many-streams",
                            "`" + caller.principalId() + "` has " + STREAMS_EACH + " event streams open here")
                    .remedy("close some of them")
                    .raise();
        }
        LiveFeed feed = enter(organization, length);
        EventStream stream = new EventStream(
                caller, after == null ? length : after + 1, feed, store, authenticator, writer, this::closed);
        open.add(stream);
        if (!running) {
            stream.end();
        }
        return stream;
    }

    private void closed(EventStream stream) {
        if (open.remove(stream)) {
            leave(stream.organizationId());
        }
    }

    private synchronized LiveFeed enter(String organizationId, long length) {
        LiveFeed feed = feeds.computeIfAbsent(organizationId, id -> new LiveFeed(length));
        feed.enter();
        return feed;
    }

    private synchronized void leave(String organizationId) {
        LiveFeed feed = feeds.get(organizationId);
        if (feed != null && feed.leave()) {
            feeds.remove(organizationId);
        }
    }

    private synchronized Map<String, LiveFeed> followed() {
        return Map.copyOf(feeds);
    }

    /** Reads once what is new in every organization that somebody follows. */
    Loop.Found read() {
        Map<String, LiveFeed> followed = followed();
        if (followed.isEmpty()) {
            return Loop.Found.NOTHING;
        }
        Loop.Found found = Loop.Found.NOTHING;
        Map<String, Long> lengths = store.lengths(followed.keySet());
        for (Map.Entry<String, LiveFeed> entry : followed.entrySet()) {
            LiveFeed feed = entry.getValue();
            if (lengths.getOrDefault(entry.getKey(), 0L) > feed.next()) {
                List<LiveEvent> events = store.read(entry.getKey(), feed.next(), BATCH);
                feed.add(events);
                found = events.size() == BATCH ? Loop.Found.MORE : Loop.Found.SOME;
            }
        }
        return found;
    }

    @Override
    public void start() {
        running = true;
        reader.start();
    }

    /** Ends every stream; a browser opens it again by itself, at another node or when the server is back. */
    @Override
    public void stop() {
        running = false;
        open.forEach(EventStream::end);
        followed().values().forEach(feed -> feed.bell().ring());
        reader.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After everything else at the start, so that it stops first: calls in progress hold up a graceful stop. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
