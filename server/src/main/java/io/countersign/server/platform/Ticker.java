package io.countersign.server.platform;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the server's jobs again and again, each on a virtual thread of its own, until the server stops. */
public final class Ticker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    /** How long rounds that run may take to their end, before they are interrupted amid what they do. */
    private static final Duration LAST_ROUND = Duration.ofSeconds(1);

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Runs the work now and then after each pause; a failure is logged, and the next round comes all the same. */
    public void every(Duration pause, String name, Runnable work) {
        threads.add(Thread.ofVirtual().name("job " + name).start(() -> rounds(pause, name, work)));
    }

    private void rounds(Duration pause, String name, Runnable work) {
        String lastFailure = "";
        do {
            try {
                work.run();
                lastFailure = "";
            } catch (RuntimeException failed) {
                String failure = String.valueOf(failed);
                if (stopping.getCount() > 0 && !failure.equals(lastFailure)) {
                    LOG.error("the job `{}` failed and goes on", name, failed);
                }
                lastFailure = failure;
            }
        } while (!stopsWithin(pause));
    }

    private boolean stopsWithin(Duration pause) {
        try {
            return stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            return true;
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            long end = System.nanoTime() + LAST_ROUND.toNanos();
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(end - System.nanoTime()));
            }
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                thread.join(LAST_WORDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
