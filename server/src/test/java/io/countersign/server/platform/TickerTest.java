package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How the server's jobs end. */
class TickerTest {

    private final Ticker ticker = new Ticker();

    @Test
    void aRoundThatRunsIsLetToItsEndAndNoOtherFollows() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        ticker.every(Duration.ofMillis(1), "short", () -> {
            running.countDown();
            pause(Duration.ofMillis(200));
            ended.incrementAndGet();
        });
        running.await(10, TimeUnit.SECONDS);
        ticker.close();
        int rounds = ended.get();
        assertThat(rounds).isPositive();
        pause(Duration.ofMillis(50));
        assertThat(ended).hasValue(rounds);
    }

    @Test
    void aRoundThatDoesNotEndIsInterrupted() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        ticker.every(Duration.ofMillis(1), "endless", () -> {
            running.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(5));
            } catch (InterruptedException stopped) {
                interrupted.set(true);
            }
        });
        running.await(10, TimeUnit.SECONDS);
        ticker.close();
        assertThat(interrupted).isTrue();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
