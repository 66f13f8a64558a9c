package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.platform.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowerJobTest {

    private static final int ENTRIES = 450;

    private TestDatabase database;
    private LogBook book;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        book = LogBook.on(database);
        fill("org_a", ENTRIES);
        fill("org_b", 3);
        book.sequenceAll();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void readsEveryLogFromItsBeginningInItsOrder() {
        Recorder recorder = new Recorder("reader");
        FollowerDrive drive = book.drive(recorder);
        assertThat(drive.follow()).isEqualTo(Loop.Found.MORE);
        assertThat(drive.lag()).isEqualTo(ENTRIES - FollowerDrive.BATCH);
        runToTheEnd(drive);
        assertThat(drive.lag()).isZero();
        assertThat(recorder.leaves("org_a"))
                .isEqualTo(LongStream.range(0, ENTRIES).boxed().toList());
        assertThat(recorder.leaves("org_b")).containsExactly(0L, 1L, 2L);
        assertThat(recorder.seen.getFirst().entry()).isEqualTo(LogBook.withdrawn(0, "per_1"));
    }

    @Test
    void goesOnWhereItStood() {
        runToTheEnd(book.drive(new Recorder("reader")));
        fill("org_b", 1);
        book.sequenceAll();
        Recorder again = new Recorder("reader");
        runToTheEnd(book.drive(again));
        assertThat(again.leaves("org_b")).containsExactly(3L);
        Recorder other = new Recorder("another");
        runToTheEnd(book.drive(other));
        assertThat(other.leaves("org_b")).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void passesOverWhatDoesNotStandOutForWhoWantsNothingElse() {
        for (int i = 0; i < FollowerDrive.BATCH + 1; i++) {
            book.append(LogBook.person("org_b", "per_1"), new DirectoryEntry.SetUpEnded("admin"), null);
        }
        fill("org_b", 2);
        book.sequenceAll();
        Recorder recorder = new Recorder("reader");
        recorder.prominentOnly = true;
        FollowerDrive drive = book.drive(recorder);
        runToTheEnd(drive);
        assertThat(recorder.leaves("org_a")).isEmpty();
        assertThat(recorder.leaves("org_b"))
                .isEqualTo(LongStream.rangeClosed(3, FollowerDrive.BATCH + 3)
                        .boxed()
                        .toList());
        assertThat(book.longs("SELECT next_leaf FROM audit_follower WHERE name = 'reader' ORDER BY org_id"))
                .containsExactly((long) ENTRIES, FollowerDrive.BATCH + 6L);
        book.append(LogBook.person("org_a", "per_1"), new DirectoryEntry.SetUpEnded("admin"), null);
        book.sequenceAll();
        runToTheEnd(drive);
        assertThat(recorder.leaves("org_a")).containsExactly((long) ENTRIES);
    }

    @Test
    void givesTheSameEntriesAgainAfterAFailureAndDoesNotHoldUpOthers() throws InterruptedException {
        Recorder recorder = new Recorder("reader");
        recorder.failures = 1;
        FollowerDrive drive = book.drive(recorder);
        drive.follow();
        assertThat(recorder.seen.stream().map(LogEntry::organizationId).distinct())
                .hasSize(1);
        Thread.sleep(1_100);
        runToTheEnd(drive);
        assertThat(recorder.leaves("org_a"))
                .isEqualTo(LongStream.range(0, ENTRIES).boxed().toList());
        assertThat(recorder.leaves("org_b")).containsExactly(0L, 1L, 2L);
    }

    @Test
    void whatItWritesToTheDatabaseHappensOnceHoweverManyNodesDriveIt() throws Exception {
        database.owner()
                .sql(
                        "CREATE TABLE seen (org_id text, leaf_index bigint); GRANT INSERT, SELECT ON seen TO countersign_app")
                .update();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int node = 0; node < 3; node++) {
                LogBook own = LogBook.on(database);
                running.add(nodes.submit(() -> runToTheEnd(own.drive(new Writer(own)))));
            }
            for (Future<?> node : running) {
                node.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(book.longs("SELECT leaf_index FROM seen WHERE org_id = 'org_a' ORDER BY leaf_index"))
                .isEqualTo(LongStream.range(0, ENTRIES).boxed().toList());
    }

    @Test
    void refusesTwoFollowersOfOneName() {
        assertThatThrownBy(() -> new FollowerJob(
                        List.of(new Recorder("twin"), new Recorder("twin")),
                        new FollowerStore(book.jdbc),
                        book.transactions,
                        book.signals,
                        book.metrics))
                .hasMessageContaining("twin");
    }

    @Test
    void tellsHowFarBehindItIs() {
        FollowerJob job = new FollowerJob(
                List.of(new Recorder("reader")),
                new FollowerStore(book.jdbc),
                book.transactions,
                book.signals,
                book.metrics);
        job.start();
        try {
            awaitPosition("reader", ENTRIES);
        } finally {
            job.stop();
        }
        assertThat(book.metrics
                        .get("audit.follower.lag")
                        .tag("follower", "reader")
                        .gauge()
                        .value())
                .isZero();
    }

    private void awaitPosition(String name, long position) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        String sql = "SELECT count(*) FROM audit_follower f JOIN audit_head h USING (org_id)"
                + " WHERE f.name = ? AND f.next_leaf = h.next_leaf";
        while (book.longs(sql, name).getFirst() < 2) {
            assertThat(System.nanoTime())
                    .as("position " + position + " in time")
                    .isLessThan(end);
        }
    }

    private void fill(String organizationId, int entries) {
        for (int i = 0; i < entries; i++) {
            book.append(LogBook.person(organizationId, "per_1"), LogBook.withdrawn(i, "per_1"), "req_1");
        }
    }

    private static void runToTheEnd(FollowerDrive drive) {
        do {
            drive.follow();
        } while (drive.lag() > 0);
    }

    /** A follower that remembers what it was given. */
    private static final class Recorder implements Follower {

        private final String name;
        private final List<LogEntry> seen = new ArrayList<>();
        private int failures;
        private boolean prominentOnly;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean prominentOnly() {
            return prominentOnly;
        }

        @Override
        public void handle(List<LogEntry> batch) {
            if (failures-- > 0) {
                throw new IllegalStateException("not now");
            }
            seen.addAll(batch);
        }

        List<Long> leaves(String organizationId) {
            return seen.stream()
                    .filter(entry -> entry.organizationId().equals(organizationId))
                    .map(LogEntry::leafIndex)
                    .toList();
        }
    }

    /** A follower that writes down in the database what it was given. */
    private record Writer(LogBook book) implements Follower {

        @Override
        public String name() {
            return "writer";
        }

        @Override
        public void handle(List<LogEntry> batch) {
            batch.forEach(entry ->
                    book.jdbc.update("INSERT INTO seen VALUES (?, ?)", entry.organizationId(), entry.leafIndex()));
        }
    }
}
