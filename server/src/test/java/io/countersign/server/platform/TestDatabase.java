package io.countersign.server.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A fresh, migrated database for one test class, in a PostgreSQL that all tests of one JVM share. It works as the
 * application's role, like the server; the owner is there for what the application must not be able to do.
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String PASSWORD = "for-tests-only";

    private final String name;
    private final HikariDataSource pool;

    private TestDatabase(String name) {
        this.name = name;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setUsername(user());
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.setConnectionInitSql("SET TIME ZONE 'UTC'");
        this.pool = new HikariDataSource(config);
    }

    /** A new database with the real clock. */
    public static TestDatabase fresh() {
        return make(Optional.empty());
    }

    /** A new database whose clock starts at this instant and runs on from there. */
    public static TestDatabase simulated(Instant start) {
        return make(Optional.of(start));
    }

    private static TestDatabase make(Optional<Instant> start) {
        String name = "test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        Cluster.SHARED
                .admin()
                .sql("CREATE DATABASE " + name + " TEMPLATE " + Cluster.TEMPLATE)
                .update();
        try (ProvisioningStore store = Cluster.SHARED.store(name)) {
            store.mark(start);
        }
        return new TestDatabase(name);
    }

    public String url() {
        return Cluster.SHARED.postgres.url(name);
    }

    public String user() {
        return ProvisioningStore.APP_ROLE;
    }

    public String password() {
        return PASSWORD;
    }

    public String ownerUser() {
        return EmbeddedPostgres.OWNER;
    }

    public String ownerPassword() {
        return Cluster.SHARED.postgres.ownerPassword();
    }

    /** Works as the application's role, over a pool of eight connections. */
    public DataSource dataSource() {
        return pool;
    }

    /** Runs SQL as the application's role. */
    public JdbcClient sql() {
        return JdbcClient.create(pool);
    }

    /** Transactions on {@link #dataSource()}. */
    public TransactionTemplate transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    /** Runs SQL as the owner of the tables. */
    public JdbcClient owner() {
        return JdbcClient.create(ProvisioningStore.dataSource(url(), ownerUser(), ownerPassword()));
    }

    /** Whether somebody waits for a lock in it. */
    public boolean somebodyWaits() {
        return owner().sql("""
                        SELECT count(*) > 0 FROM pg_stat_activity
                         WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """).query(Boolean.class).single();
    }

    @Override
    public void close() {
        pool.close();
        Cluster.SHARED
                .admin()
                .sql("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")
                .update();
    }

    /** The PostgreSQL of this JVM, with one migrated database that all others are copied from. */
    private static final class Cluster {

        private static final String TEMPLATE = "migrated";
        private static final int HOMES = 20;
        private static final Cluster SHARED = new Cluster();

        private final EmbeddedPostgres postgres;

        private Cluster() {
            postgres = EmbeddedPostgres.start(
                    takeHome(),
                    "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 300\n");
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            dropLeftovers();
            admin().sql("CREATE DATABASE " + TEMPLATE).update();
            try (ProvisioningStore owner = store(TEMPLATE)) {
                owner.createAppRole();
                owner.letAppRoleSignIn(PASSWORD);
            }
            Database.migrate(postgres.url(TEMPLATE), EmbeddedPostgres.OWNER, postgres.ownerPassword());
        }

        /** Kept between runs, so that only the first one pays for unpacking; a second JVM takes the next. */
        private static Home takeHome() {
            Path target = Path.of("target").toAbsolutePath();
            try {
                Files.createDirectories(target);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            for (int i = 1; i < HOMES; i++) {
                Optional<Home> home = tryToTake(target.resolve("postgres-for-tests-" + i));
                if (home.isPresent()) {
                    return home.get();
                }
            }
            throw new IllegalStateException("no free folder for a test database beneath " + target);
        }

        private static Optional<Home> tryToTake(Path folder) {
            try {
                return Optional.of(Home.take(folder));
            } catch (StartRefused taken) {
                return Optional.empty();
            }
        }

        private JdbcClient admin() {
            return JdbcClient.create(ProvisioningStore.dataSource(
                    postgres.url("postgres"), EmbeddedPostgres.OWNER, postgres.ownerPassword()));
        }

        private ProvisioningStore store(String database) {
            return ProvisioningStore.at(postgres.url(database), EmbeddedPostgres.OWNER, postgres.ownerPassword());
        }

        private void dropLeftovers() {
            List<String> leftovers = admin().sql("SELECT datname FROM pg_database WHERE NOT datistemplate")
                    .query((row, number) -> row.getString(1))
                    .list();
            leftovers.stream()
                    .filter(name -> !name.equals("postgres"))
                    .forEach(name -> admin().sql("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)")
                            .update());
        }
    }
}
