package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The server's own PostgreSQL, as it is run in earnest: durable settings, a folder of its own. */
class EmbeddedPostgresTest {

    private static Path shared = Path.of("target");
    private Path folder = Path.of("target");

    @BeforeAll
    static void makeSharedHome() throws IOException {
        shared = newFolder();
    }

    @AfterAll
    static void deleteSharedHome() throws IOException {
        PostgresBinaries.deleteAll(shared);
    }

    /** One home for all tests that do not need a first start of their own: a first start takes seconds. */
    @BeforeEach
    void useSharedHome() {
        folder = shared;
    }

    private static Path newFolder() throws IOException {
        return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home-");
    }

    /** A home without data; it borrows the programs of the other one, which take seconds to unpack. */
    private void useNewHome() throws IOException {
        start().close();
        folder = newFolder();
        String programs = "pg-" + PostgresBinaries.VERSION;
        Files.createSymbolicLink(folder.resolve(programs), shared.resolve(programs));
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(Home.take(folder), "");
    }

    private static JdbcClient sql(EmbeddedPostgres postgres) {
        return JdbcClient.create(ProvisioningStore.dataSource(
                postgres.url("postgres"), EmbeddedPostgres.OWNER, postgres.ownerPassword()));
    }

    @Test
    void isDurableAsksForAPasswordAndListensOnLoopbackOnly() throws IOException {
        try (EmbeddedPostgres postgres = start()) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"}) {
                assertThat(sql(postgres)
                                .sql("SHOW " + setting)
                                .query(String.class)
                                .single())
                        .as(setting)
                        .isEqualTo("on");
            }
            assertThat(sql(postgres)
                            .sql("SHOW listen_addresses")
                            .query(String.class)
                            .single())
                    .isEqualTo("127.0.0.1");
            assertThat(sql(postgres)
                            .sql("SELECT DISTINCT auth_method FROM pg_hba_file_rules")
                            .query((row, number) -> row.getString(1))
                            .list())
                    .containsExactly("scram-sha-256");
            JdbcClient stranger = JdbcClient.create(
                    ProvisioningStore.dataSource(postgres.url("postgres"), EmbeddedPostgres.OWNER, "guess"));
            assertThatThrownBy(
                            () -> stranger.sql("SELECT 1").query(Integer.class).single())
                    .hasStackTraceContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("pg.secret"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void belongsToOneServerAtATime() {
        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.port()).isPositive();
            assertThatThrownBy(this::start)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("another server uses");
        }
    }

    @Test
    void stopsWithItsServerAndComesBackOnItsPort() throws IOException {
        int port;
        try (EmbeddedPostgres postgres = start()) {
            port = postgres.port();
            sql(postgres).sql("CREATE TABLE kept (word text)").update();
        }
        assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
        try (EmbeddedPostgres again = start()) {
            assertThat(again.port()).isEqualTo(port);
            assertThat(sql(again)
                            .sql("SELECT count(*) FROM kept")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void isTakenOverWhenItOutlivedItsServerAndRevivedWhenItCrashed() throws IOException, InterruptedException {
        Home first = Home.take(folder);
        EmbeddedPostgres lost = EmbeddedPostgres.start(first, "");
        String pid = postmaster();
        first.close(); // as a killed server leaves it: the lock is gone, PostgreSQL runs on
        try (EmbeddedPostgres adopted = start()) {
            assertThat(adopted.port()).isEqualTo(lost.port());
            assertThat(postmaster()).isEqualTo(pid);
            assertThat(adopted.reviveAfterCrash()).isFalse();
            kill(pid);
            assertThat(adopted.reviveAfterCrash()).isTrue();
            assertThat(postmaster()).isNotEqualTo(pid);
            assertThat(sql(adopted).sql("SELECT 1").query(Integer.class).single())
                    .isEqualTo(1);
        }
    }

    private String postmaster() throws IOException {
        return Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst();
    }

    /** Kills the postmaster and waits until it and its children are gone. */
    private static void kill(String pid) throws InterruptedException {
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        Stream<ProcessHandle> children = postmaster.children();
        ProcessHandle[] all = Stream.concat(Stream.of(postmaster), children).toArray(ProcessHandle[]::new);
        postmaster.destroyForcibly();
        for (int i = 0; i < 200 && Stream.of(all).anyMatch(ProcessHandle::isAlive); i++) {
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    @Test
    void leavesNothingHalfDoneBehindACrashInTheFirstStart() throws IOException {
        useNewHome();
        Files.createDirectories(folder.resolve("data.init/base"));
        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.port()).isPositive();
            assertThat(folder.resolve("data.init")).doesNotExist();
        } finally {
            PostgresBinaries.deleteAll(folder);
        }
    }

    @Test
    void refusesDataOfAnotherVersion() throws IOException {
        start().close();
        Files.writeString(folder.resolve("data/PG_VERSION"), "17\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("PostgreSQL 17")
                .hasMessageContaining("pg_upgrade");
        Files.writeString(folder.resolve("data/PG_VERSION"), "18\n");
    }

    @Test
    void keepsItsKindOfClockForLife() throws IOException {
        useNewHome();
        HomeSettings home = new HomeSettings(folder.toString());
        DatabaseSettings embedded = new DatabaseSettings("", "countersign_app", "", "", "", 2);
        ServerSettings server = new ServerSettings(
                0, "127.0.0.1", "", "", org.springframework.util.unit.DataSize.ofMegabytes(1), Duration.ofSeconds(1));
        ClockSettings real = new ClockSettings("");
        ClockSettings simulated = new ClockSettings("2026-03-02T09:00:00Z");
        Database.open(home, embedded, simulated, server).close();
        Database.open(home, embedded, simulated, server).close();
        assertThatThrownBy(() -> Database.open(home, embedded, real, server))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("simulated clock and keeps it for life");
        ServerSettings reachable = new ServerSettings(
                0, "0.0.0.0", "", "", org.springframework.util.unit.DataSize.ofMegabytes(1), Duration.ofSeconds(1));
        assertThatThrownBy(() -> Database.open(home, embedded, simulated, reachable))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("loopback");
        assertThatThrownBy(() -> new ClockSettings("tomorrow").start()).isInstanceOf(StartRefused.class);
        assertThat(new ClockSettings("").start()).isEqualTo(Optional.empty());
        PostgresBinaries.deleteAll(folder);
    }
}
