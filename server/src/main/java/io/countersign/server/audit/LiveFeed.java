package io.countersign.server.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest events of one organization, kept in memory for all streams of this node that follow it. */
final class LiveFeed {

    static final int KEPT = 2_000;

    private final Bell bell = new Bell();
    private final Deque<LiveEvent> latest = new ArrayDeque<>();
    private long next;
    private int streams;

    LiveFeed(long next) {
        this.next = next;
    }

    /** The place of the first event that has not been added yet. */
    synchronized long next() {
        return next;
    }

    /** Adds events that follow on the last one. */
    void add(List<LiveEvent> events) {
        synchronized (this) {
            for (LiveEvent event : events) {
                if (event.leafIndex() == next) {
                    latest.addLast(event);
                    next++;
                }
            }
            while (latest.size() > KEPT) {
                latest.removeFirst();
            }
        }
        bell.ring();
    }

    /** The events from a place on, at most so many; empty when they are no longer kept. */
    synchronized Optional<List<LiveEvent>> from(long place, int atMost) {
        if (place < next - latest.size()) {
            return Optional.empty();
        }
        return Optional.of(latest.stream()
                .filter(event -> event.leafIndex() >= place)
                .limit(atMost)
                .toList());
    }

    /** Rings when events were added, and when the streams are to look up for another reason. */
    Bell bell() {
        return bell;
    }

    synchronized void enter() {
        streams++;
    }

    /** Whether the last stream has left. */
    synchronized boolean leave() {
        streams--;
        return streams == 0;
    }
}
