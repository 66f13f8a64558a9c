package io.countersign.client;

import io.countersign.client.wire.Call;
import io.countersign.client.wire.EventsClient;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Everybody who waits for requests, with one stream of live events for all of them. An event only wakes whoever waits for the
 * request it names; what counts is the request itself, which is then read. Without a stream requests are looked at again and
 * again, ever more seldom.
 */
final class RequestWatch implements AutoCloseable {

    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);
    private static final Duration RAREST_LOOK = Duration.ofSeconds(10);
    private static final Duration LOOK_WITH_STREAM = Duration.ofSeconds(30);
    private static final Duration SILENCE_ENDURED = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final ServerClient server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<Semaphore>> waiting = new HashMap<>();
    private @Nullable Thread stream;
    private volatile boolean streaming;
    private volatile boolean closed;

    RequestWatch(ServerClient server) {
        this.server = server;
    }

    /** The request once it is no longer pending, or as it is when the time is over. */
    RequestStatus until(String number, Duration longest) throws InterruptedException {
        Semaphore bell = join(number);
        try {
            return look(number, longest, bell);
        } finally {
            leave(number, bell);
        }
    }

    private RequestStatus look(String number, Duration longest, Semaphore bell) throws InterruptedException {
        long began = System.nanoTime();
        long heard = began;
        long most = (longest.compareTo(LONGEST) < 0 ? longest : LONGEST).toNanos();
        Duration pause = FIRST_LOOK;
        @Nullable RequestStatus status = null;
        while (true) {
            try {
                status = WireForms.status(server.get(Call.path("requests", number)));
                heard = System.nanoTime();
                if (status.stage() != RequestStatus.Stage.PENDING) {
                    return status;
                }
            } catch (UnreachableException | ServerRefusal away) {
                endure(away, status, heard);
            }
            long left = most - (System.nanoTime() - began);
            if (left <= 0 && status != null) {
                return status;
            }
            Duration next = streaming ? LOOK_WITH_STREAM : pause;
            boolean rung = bell.tryAcquire(Math.min(left, unevenly(next)), TimeUnit.NANOSECONDS);
            bell.drainPermits();
            pause = rung ? FIRST_LOOK : longer(pause);
        }
    }

    /** Goes on waiting where the server is only away for a while; what was never read is not waited for. */
    private void endure(RuntimeException away, @Nullable RequestStatus status, long heard) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting for a request");
        }
        boolean passing = !(away instanceof ServerRefusal refusal)
                || PASSING.contains(refusal.problem().status());
        if (closed || status == null || !passing || System.nanoTime() - heard > SILENCE_ENDURED.toNanos()) {
            throw away;
        }
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(RAREST_LOOK) < 0 ? next : RAREST_LOOK;
    }

    /** Up to a fifth more or less, so that a thousand who began together do not look together for ever. */
    private static long unevenly(Duration pause) {
        return Math.round(pause.toNanos() * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
    }

    private Semaphore join(String number) {
        Semaphore bell = new Semaphore(0);
        lock.lock();
        try {
            waiting.computeIfAbsent(number, _ -> new ArrayList<>()).add(bell);
            if (stream == null) {
                stream = Thread.ofVirtual().name("countersign-events").start(this::follow);
            }
        } finally {
            lock.unlock();
        }
        return bell;
    }

    private void leave(String number, Semaphore bell) {
        lock.lock();
        try {
            List<Semaphore> bells = waiting.getOrDefault(number, List.of());
            bells.remove(bell);
            if (bells.isEmpty()) {
                waiting.remove(number);
            }
            if (waiting.isEmpty()) {
                stopStream();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Follows the events until nobody waits any more; a stream that breaks off is opened again. */
    private void follow() {
        EventsClient events = new EventsClient(server, "");
        Duration pause = FIRST_LOOK;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                events.follow(this::opened, this::happened);
                pause = FIRST_LOOK;
            } catch (ServerRefusal notForUs) {
                pause = LOOK_WITH_STREAM;
            } catch (IOException brokenOff) {
                pause = longer(pause);
            } catch (InterruptedException over) {
                return;
            } finally {
                streaming = false;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(unevenly(pause));
            } catch (InterruptedException over) {
                return;
            }
        }
    }

    /** What happened between somebody's look and now is looked for once. */
    private void opened() {
        streaming = true;
        ringAll();
    }

    /** Rings for every request that the event names, wherever in it; the stream is never enough. */
    private boolean happened(JsonNode event) {
        lock.lock();
        try {
            ring(event);
        } finally {
            lock.unlock();
        }
        return false;
    }

    private void ring(JsonNode node) {
        if (node.isString()) {
            waiting.getOrDefault(Json.text(node), List.of()).forEach(Semaphore::release);
        } else {
            node.values().forEach(this::ring);
        }
    }

    /** How many wait, for whichever request. */
    int size() {
        lock.lock();
        try {
            return waiting.values().stream().mapToInt(List::size).sum();
        } finally {
            lock.unlock();
        }
    }

    private void ringAll() {
        lock.lock();
        try {
            waiting.values().forEach(bells -> bells.forEach(Semaphore::release));
        } finally {
            lock.unlock();
        }
    }

    private void stopStream() {
        lock.lock();
        try {
            if (stream != null) {
                stream.interrupt();
                stream = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream, and every wait as soon as its next look fails. */
    @Override
    public void close() {
        closed = true;
        stopStream();
        ringAll();
    }
}
