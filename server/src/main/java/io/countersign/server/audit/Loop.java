package io.countersign.server.audit;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does a step again and again: at once while there is more, after a short rest when something was done,
 * and ever more seldom, once a second in the end, when there is nothing to do and no bell rings.
 */
final class Loop {

    /** What a step found. */
    enum Found {
        NOTHING,
        SOME,
        MORE
    }

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration REST = Duration.ofMillis(20);
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final String name;
    private final Bell bell;
    private final Supplier<Found> step;
    private volatile boolean stopped;
    private @Nullable Thread thread;
    private boolean failing;

    Loop(String name, Bell bell, Supplier<Found> step) {
        this.name = name;
        this.bell = bell;
        this.step = step;
    }

    synchronized void start() {
        stopped = false;
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /** Returns once the step under way is done; never interrupts it, for that would break its connection. */
    synchronized void stop() {
        stopped = true;
        bell.ring();
        Thread running = thread;
        thread = null;
        if (running != null) {
            try {
                running.join(STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        Duration pause = SHORTEST;
        try {
            while (!stopped) {
                long heard = bell.rings();
                switch (stepOnce()) {
                    case MORE -> pause = SHORTEST;
                    case SOME -> {
                        pause = SHORTEST;
                        Thread.sleep(REST);
                        bell.await(heard, pause);
                    }
                    case NOTHING -> {
                        bell.await(heard, pause);
                        pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Found stepOnce() throws InterruptedException {
        try {
            Found found = step.get();
            if (failing) {
                failing = false;
                LOG.info("{} works again", name);
            }
            return found;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.warn("{} failed and tries again every second", name, e);
            }
            Thread.sleep(LONGEST);
            return Found.NOTHING;
        }
    }
}
