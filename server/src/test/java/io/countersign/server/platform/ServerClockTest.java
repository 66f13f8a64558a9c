package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The clock of the database as every node watches it. */
class ServerClockTest {

    private final TestDatabase database = TestDatabase.fresh();
    private final InstallationStore store = new InstallationStore(database.sql());
    private final Logger log = (Logger) LoggerFactory.getLogger(ServerClock.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        database.close();
    }

    private List<String> alarms() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void showTime(String offset) {
        database.owner()
                .sql("UPDATE installation SET clock_high_water = clock_timestamp() + CAST(:offset AS interval)")
                .param("offset", offset)
                .update();
    }

    @Test
    void soundsTheAlarmOnceWhenTimeJumps() {
        ServerClock clock = new ServerClock(store);
        clock.tick();
        assertThat(alarms()).isEmpty();
        showTime("1 hour");
        clock.tick();
        assertThat(alarms()).singleElement().asString().matches("the clock of the database jumped by 3(599|600) s");
        clock.tick();
        assertThat(alarms()).hasSize(1);
    }

    @Test
    void saysAtTheStartThatTheMachineIsBehindWhatWasShown() {
        showTime("1 hour");
        ServerClock clock = new ServerClock(store);
        assertThat(alarms())
                .singleElement()
                .asString()
                .matches("the machine's clock is 3(599|600) s behind .*; time stands still until it has caught up");
        assertThat(clock.nearly()).isAfterOrEqualTo(store.now());
    }

    @Test
    void bearsAJumpTooSmallToMatter() {
        ServerClock clock = new ServerClock(store);
        showTime("4 seconds");
        clock.tick();
        assertThat(alarms()).isEmpty();
    }

    @Test
    void writesTheHighWaterMarkAtMostOnceASecond() {
        showTime("-10 seconds");
        ServerClock clock = new ServerClock(store);
        clock.tick();
        Instant written = mark();
        clock.tick();
        clock.tick();
        assertThat(mark())
                .satisfiesAnyOf(
                        same -> assertThat(same).isEqualTo(written),
                        later -> assertThat(later).isAfter(written.plusMillis(900)));
        showTime("-2 seconds");
        clock.tick();
        assertThat(store.secondsBehind()).isBetween(-0.9, 0.0);
    }

    private Instant mark() {
        return database.owner()
                .sql("SELECT clock_high_water FROM installation")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @Test
    void standsStillWhileTheMachineIsBehind() {
        ServerClock clock = new ServerClock(store);
        showTime("1 hour");
        Instant shown = clock.now();
        clock.tick();
        assertThat(clock.now()).isEqualTo(shown);
    }
}
