package io.countersign.server.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL as it is run in earnest, with one fresh database, that a test stops, kills, hangs and starts again. */
public final class DurablePostgres implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String APP_PASSWORD = "for-tests-only";
    private static final int HOMES = 20;

    private final Path folder;
    private final String name = "durable_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    private @Nullable EmbeddedPostgres postgres;

    private DurablePostgres(Home home) {
        this.folder = home.folder();
        borrowPrograms(folder);
        postgres = EmbeddedPostgres.start(home, "");
    }

    /** Starts one in a folder that is kept between runs; its database is new, migrated and goes by the real clock. */
    public static DurablePostgres start() {
        DurablePostgres durable = new DurablePostgres(takeHome());
        durable.makeDatabase();
        return durable;
    }

    private static Home takeHome() {
        for (int i = 1; i < HOMES; i++) {
            Optional<Home> home = tryToTake(Path.of("target").toAbsolutePath().resolve("durable-postgres-" + i));
            if (home.isPresent()) {
                return home.get();
            }
        }
        throw new IllegalStateException("no free folder for a durable database");
    }

    private static Optional<Home> tryToTake(Path folder) {
        try {
            return Optional.of(Home.take(folder));
        } catch (StartRefused taken) {
            return Optional.empty();
        }
    }

    /** Unpacking takes seconds; the shared test database has done it already, as a rule. */
    private static void borrowPrograms(Path folder) {
        Path programs = Path.of("pg-" + PostgresBinaries.VERSION);
        Path lender = Path.of("target")
                .toAbsolutePath()
                .resolve("postgres-for-tests-1")
                .resolve(programs);
        try {
            if (Files.notExists(folder.resolve(programs)) && Files.exists(lender)) {
                Files.createSymbolicLink(folder.resolve(programs), lender);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private EmbeddedPostgres running() {
        EmbeddedPostgres present = postgres;
        if (present == null) {
            throw new IllegalStateException("it is stopped");
        }
        return present;
    }

    private void makeDatabase() {
        JdbcClient admin = client("postgres");
        List<String> leftovers = admin.sql("SELECT datname FROM pg_database WHERE datname LIKE 'durable%'")
                .query((row, _) -> row.getString(1))
                .list();
        leftovers.forEach(
                left -> admin.sql("DROP DATABASE \"" + left + "\" WITH (FORCE)").update());
        try (ProvisioningStore owner = store("postgres")) {
            owner.createDatabase(name);
            owner.createAppRole();
            owner.letAppRoleSignIn(APP_PASSWORD);
        }
        Database.migrate(running().url(name), EmbeddedPostgres.OWNER, running().ownerPassword());
        try (ProvisioningStore owner = store(name)) {
            owner.mark(Optional.empty());
        }
    }

    private ProvisioningStore store(String database) {
        return ProvisioningStore.at(
                running().url(database), EmbeddedPostgres.OWNER, running().ownerPassword());
    }

    private JdbcClient client(String database) {
        return JdbcClient.create(ProvisioningStore.dataSource(
                running().url(database), EmbeddedPostgres.OWNER, running().ownerPassword()));
    }

    /** Runs SQL as the owner of the tables. */
    public JdbcClient owner() {
        return client(name);
    }

    /** What a server is told to work on this database. */
    public List<String> settings() {
        return List.of(
                "--countersign.database.url=" + running().url(name),
                "--countersign.database.user=" + ProvisioningStore.APP_ROLE,
                "--countersign.database.password=" + APP_PASSWORD,
                "--countersign.database.owner-user=" + EmbeddedPostgres.OWNER,
                "--countersign.database.owner-password=" + running().ownerPassword());
    }

    /** Stops it in good order; whoever works on it loses the connection. */
    public void stop() {
        running().close();
        postgres = null;
    }

    /** Starts it again, on the port it had. */
    public void startAgain() {
        postgres = EmbeddedPostgres.start(Home.take(folder), "");
    }

    /** Kills the postmaster as if the machine had no mercy, and waits until all its processes are gone. */
    public void kill() {
        List<ProcessHandle> all = processes();
        all.getFirst().destroyForcibly();
        for (int i = 0; i < 400 && all.stream().anyMatch(ProcessHandle::isAlive); i++) {
            pause(Duration.ofMillis(25));
        }
    }

    /** Brings it back after {@link #kill}. */
    public void revive() {
        try {
            running().reviveAfterCrash();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Makes all its processes stand still: connections stay open and nothing answers. */
    public void hang() {
        signal("STOP", List.of(processes().getFirst())); // first who would start further ones meanwhile
        signal("STOP", processes());
    }

    /** Lets a hanging one go on. */
    public void resume() {
        signal("CONT", processes());
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        StringBuilder command = new StringBuilder("kill -" + signal); // the shell's own: not every machine has another
        processes.forEach(process -> command.append(' ').append(process.pid()));
        try {
            Programs.status(List.of("sh", "-c", command.toString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<ProcessHandle> processes() {
        try {
            String pid =
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst();
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        EmbeddedPostgres present = postgres;
        if (present != null) {
            present.close();
            postgres = null;
        }
    }
}
