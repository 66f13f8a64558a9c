package io.countersign.server.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** The database the server works on: where it is, brought to the present version, and by whom it is used. */
final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final String NAME = "countersign";

    /** What this process is called among the connections of a database that several servers share. */
    private static final String NODE = Ids.next("node");

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);

    private final Optional<EmbeddedPostgres> embedded;
    private final String url;
    private final String user;
    private final String password;

    private Database(Optional<EmbeddedPostgres> embedded, String url, String user, String password) {
        this.embedded = embedded;
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** Starts or finds the database, migrates it, and refuses one whose clock is of the other kind. */
    static Database open(HomeSettings home, DatabaseSettings database, ClockSettings clock, ServerSettings server) {
        if (clock.start().isPresent() && !isLoopback(server.address())) {
            throw new StartRefused("a simulated clock is for demonstrations and tests: it is served on a loopback"
                    + " address only, not on `" + server.address() + "`");
        }
        return database.embedded() ? openEmbedded(home, clock) : openExisting(database, clock);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new StartRefused(
                    "countersign.server.address `" + address + "` is no address of this machine", unknown);
        }
    }

    private static Database openEmbedded(HomeSettings settings, ClockSettings clock) {
        Home home = Home.take(settings.folder());
        EmbeddedPostgres postgres = EmbeddedPostgres.start(home, "");
        try {
            String password = home.secret("app.secret");
            try (ProvisioningStore cluster =
                    ProvisioningStore.at(postgres.url("postgres"), EmbeddedPostgres.OWNER, postgres.ownerPassword())) {
                cluster.createDatabase(NAME);
                cluster.createAppRole();
                cluster.letAppRoleSignIn(password);
            }
            String url = postgres.url(NAME);
            bringUp(clock, true, url, EmbeddedPostgres.OWNER, postgres.ownerPassword());
            return new Database(Optional.of(postgres), url, ProvisioningStore.APP_ROLE, password);
        } catch (IOException failed) {
            postgres.close();
            throw new StartRefused("the folder `" + home.folder() + "` cannot be used: " + failed, failed);
        } catch (RuntimeException refused) {
            postgres.close();
            throw refused;
        }
    }

    private static Database openExisting(DatabaseSettings settings, ClockSettings clock) {
        boolean separate = !settings.ownerUser().isBlank();
        String ownerUser = separate ? settings.ownerUser() : settings.user();
        String ownerPassword = separate ? settings.ownerPassword() : settings.password();
        try (ProvisioningStore owner = ProvisioningStore.at(settings.url(), ownerUser, ownerPassword)) {
            prepare(owner, settings, separate);
        }
        if (!separate) {
            LOG.warn("the server works as the owner of its tables; give countersign.database.owner-user, so that the"
                    + " database itself keeps the audit log from being changed");
        }
        bringUp(clock, false, settings.url(), ownerUser, ownerPassword);
        return new Database(Optional.empty(), settings.url(), settings.user(), settings.password());
    }

    private static void prepare(ProvisioningStore owner, DatabaseSettings settings, boolean separate) {
        try {
            owner.refuseOldServer();
            owner.createAppRole();
            if (separate) {
                owner.makeMember(settings.user());
            }
        } catch (DataAccessException failed) {
            throw new StartRefused(
                    "the database of countersign.database.url cannot be prepared: "
                            + failed.getMostSpecificCause().getMessage(),
                    failed);
        }
    }

    private static void bringUp(ClockSettings clock, boolean mayMark, String url, String user, String password) {
        try (ProvisioningStore owner = ProvisioningStore.at(url, user, password)) {
            refuseOtherKind(owner.simulated(), clock, mayMark);
            migrate(url, user, password);
            owner.mark(clock.start());
        }
    }

    private static void refuseOtherKind(Optional<Boolean> simulated, ClockSettings clock, boolean mayMark) {
        boolean wanted = clock.start().isPresent();
        if (simulated.isPresent() && simulated.get() != wanted) {
            throw new StartRefused(
                    wanted
                            ? "this database was made with the real clock and keeps it for life: take a new folder for"
                                    + " a simulated one"
                            : "this database was made with a simulated clock and keeps it for life: start with"
                                    + " --simulated-clock, or take a new folder");
        }
        if (simulated.isEmpty() && wanted && !mayMark) {
            throw new StartRefused("a simulated clock can only be given to a new embedded database, not to one of"
                    + " countersign.database.url");
        }
    }

    /** Brings the tables to this server's version; of several nodes one does it, the others wait. */
    static void migrate(String url, String user, String password) {
        try {
            Flyway.configure()
                    .dataSource(url, user, password)
                    .locations("classpath:db/migration")
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new StartRefused("the database could not be brought to this version: " + failed.getMessage(), failed);
        }
    }

    /**
     * A pool of connections of the application's role; a call waits 3 s for one and then fails. A statement that is not
     * answered within 9 s is given up by the database, and after 10 s by us, where the database hangs; a transaction whose
     * server hangs is ended after 30 s, so that its locks hold nobody up. What is committed is durable even where whoever
     * runs the database has set that commits are not waited for.
     */
    HikariDataSource pool(int size) {
        HikariConfig config = config("countersign", size);
        config.setConnectionInitSql(config.getConnectionInitSql() + """
                ; SELECT set_config('synchronous_commit', 'on', false)
                   WHERE current_setting('synchronous_commit') = 'off'
                """);
        return new HikariDataSource(config);
    }

    /**
     * A few connections apart from the pool, for single statements whose commit nobody waits for: a transaction may use one
     * without waiting for a connection that another transaction holds while it waits for this one's.
     */
    HikariDataSource unwaited() {
        HikariConfig config = config("countersign-unwaited", 2);
        config.setConnectionInitSql(config.getConnectionInitSql() + "; SET synchronous_commit = off");
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    private HikariConfig config(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
        config.setConnectionInitSql("""
                SET TIME ZONE 'UTC';
                SET statement_timeout = '9s';
                SET idle_in_transaction_session_timeout = '30s'
                """);
        config.addDataSourceProperty("ApplicationName", "countersign " + NODE);
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("socketTimeout", "10");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return config;
    }

    /** The database of our own, if it is one. */
    Optional<EmbeddedPostgres> embedded() {
        return embedded;
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedPostgres::close);
    }
}
