package io.countersign.server.platform;

import java.util.concurrent.Phaser;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The calls on the short path that have begun. A server that is told to stop answers them first; the waiting that Tomcat is
 * asked to do knows of calls in servlets alone.
 */
@Component
class ShortCalls implements SmartLifecycle {

    /** One party for the running server, and one for each call. */
    private final Phaser inProgress = new Phaser(1);

    private volatile boolean running;

    /** To be followed by {@link #end()}. */
    void begin() {
        inProgress.register();
    }

    void end() {
        inProgress.arriveAndDeregister();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Waits beside whoever stops the server, who waits no longer than {@code countersign.server.stop-within}. */
    @Override
    public void stop(Runnable stopped) {
        Thread.ofVirtual().name("short calls").start(() -> {
            stop();
            stopped.run();
        });
    }

    @Override
    public void stop() {
        running = false;
        inProgress.awaitAdvance(inProgress.arriveAndDeregister());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Between the last new connection and the end of the web server. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
    }
}
