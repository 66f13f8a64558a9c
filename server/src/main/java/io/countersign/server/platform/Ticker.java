package io.countersign.server.platform;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the server's jobs again and again, each on a virtual thread of its own, until the server stops. */
public final class Ticker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    /** Runs the work now and then after each pause; a failure is logged, and the next round comes all the same. */
    public void every(Duration pause, String name, Runnable work) {
        threads.add(Thread.ofVirtual().name("job " + name).start(() -> rounds(pause, name, work)));
    }

    private void rounds(Duration pause, String name, Runnable work) {
        String lastFailure = "";
        while (!stopping) {
            try {
                work.run();
                lastFailure = "";
            } catch (RuntimeException failed) {
                String failure = String.valueOf(failed);
                if (!stopping && !failure.equals(lastFailure)) {
                    LOG.error("the job `{}` failed and goes on", name, failed);
                }
                lastFailure = failure;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(LAST_WORDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
