package io.countersign.server.platform;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What the owner of a database does before anybody works on it: roles, rights, and the mark of its kind; all of it on one
 * connection, because proving who one is takes longer than most of what is done then.
 */
final class ProvisioningStore implements AutoCloseable {

    /** The role that migrations grant rights to; it owns nothing. */
    static final String APP_ROLE = "countersign_app";

    private static final int OLDEST_VERSION = 18;

    private final SingleConnectionDataSource connection;
    private final JdbcClient sql;

    private ProvisioningStore(SingleConnectionDataSource connection) {
        this.connection = connection;
        this.sql = JdbcClient.create(connection);
    }

    /** Connects with the first statement. */
    static ProvisioningStore at(String url, String user, String password) {
        return new ProvisioningStore(new SingleConnectionDataSource(url, user, password, true));
    }

    @Override
    public void close() {
        connection.close();
    }

    /** A source of single connections, one for each statement. */
    static PGSimpleDataSource dataSource(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("countersign");
        return source;
    }

    void refuseOldServer() {
        String version = sql.sql("SHOW server_version_num").query(String.class).single();
        if (Integer.parseInt(version) / 10_000 < OLDEST_VERSION) {
            throw new StartRefused("the database is PostgreSQL " + Integer.parseInt(version) / 10_000 + "; PostgreSQL "
                    + OLDEST_VERSION + " or newer is needed");
        }
    }

    void createDatabase(String name) {
        boolean there = sql.sql("SELECT count(*) > 0 FROM pg_database WHERE datname = :name")
                .param("name", name)
                .query(Boolean.class)
                .single();
        if (!there) {
            execute("CREATE DATABASE %1$I", name);
        }
    }

    /** The application's role; it can sign in once it has a password. */
    void createAppRole() {
        sql.sql("""
                        DO $$
                        BEGIN
                            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
                                CREATE ROLE countersign_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
                            END IF;
                        EXCEPTION WHEN duplicate_object OR unique_violation THEN
                            NULL; -- another node was faster
                        END
                        $$
                        """).update();
    }

    void letAppRoleSignIn(String password) {
        execute("ALTER ROLE %1$I LOGIN PASSWORD %2$L", APP_ROLE, password);
    }

    /** Lets a role of the operator's choice work as the application. */
    void makeMember(String user) {
        boolean member = sql.sql("SELECT pg_has_role(:user, 'countersign_app', 'USAGE')")
                .param("user", user)
                .query(Boolean.class)
                .single();
        if (!member) {
            execute("GRANT countersign_app TO %1$I", user);
        }
    }

    /** Whether the installation's clock is simulated; empty when this database has not been used yet. */
    Optional<Boolean> simulated() {
        boolean migrated = sql.sql("SELECT to_regclass('installation') IS NOT NULL")
                .query(Boolean.class)
                .single();
        return migrated
                ? sql.sql("SELECT simulated FROM installation")
                        .query(Boolean.class)
                        .optional()
                : Optional.empty();
    }

    /** Marks a new database for life; a real clock starts at the machine's time, a simulated one at its instant. */
    void mark(Optional<Instant> simulatedStart) {
        sql.sql("""
                        INSERT INTO installation (simulated, clock_offset, clock_high_water, created_at)
                        SELECT :simulated, make_interval(secs => extract(epoch FROM start - now)), start, start
                        FROM (SELECT now, coalesce(:start, now) AS start FROM (SELECT clock_timestamp() AS now))
                        ON CONFLICT DO NOTHING
                        """)
                .param("simulated", simulatedStart.isPresent())
                .param(
                        "start",
                        simulatedStart
                                .map(start -> start.atOffset(ZoneOffset.UTC))
                                .orElse(null),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** Runs a statement that takes no parameters, with identifiers and literals quoted by the database. */
    private void execute(String statement, String... names) {
        String text = sql.sql("SELECT format(:statement, VARIADIC :names)")
                .param("statement", statement)
                .param("names", names)
                .query(String.class)
                .single();
        sql.sql(text).update();
    }
}
