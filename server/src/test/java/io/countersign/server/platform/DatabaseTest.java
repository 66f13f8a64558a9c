package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

class DatabaseTest {

    private static final ServerSettings SERVER =
            new ServerSettings(0, "127.0.0.1", "", "", DataSize.ofMegabytes(1), Duration.ofSeconds(1));
    private static final HomeSettings HOME = new HomeSettings("target/unused");

    private static DatabaseSettings settings(TestDatabase database) {
        return new DatabaseSettings(
                database.url(),
                database.user(),
                database.password(),
                database.ownerUser(),
                database.ownerPassword(),
                2);
    }

    @Test
    void worksAsARoleThatIsNoSuperuserAndOwnsNothing() {
        try (TestDatabase database = TestDatabase.fresh()) {
            assertThat(database.sql()
                            .sql("SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls FROM pg_roles"
                                    + " WHERE rolname = current_user")
                            .query(Boolean.class)
                            .single())
                    .isFalse();
            assertThat(database.sql()
                            .sql("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThatThrownBy(() ->
                            database.sql().sql("CREATE TABLE mine (id int)").update())
                    .hasStackTraceContaining("permission denied");
        }
    }

    @Test
    void takesAnExistingDatabaseButGivesItNoSimulatedClock() {
        try (TestDatabase database = TestDatabase.fresh()) {
            Database.open(HOME, settings(database), new ClockSettings(""), SERVER)
                    .close();
            assertThatThrownBy(() ->
                            Database.open(HOME, settings(database), new ClockSettings("2026-03-02T09:00:00Z"), SERVER))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("real clock and keeps it for life");
            database.owner().sql("DELETE FROM installation").update();
            assertThatThrownBy(() ->
                            Database.open(HOME, settings(database), new ClockSettings("2026-03-02T09:00:00Z"), SERVER))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("only be given to a new embedded database");
        }
    }

    @Test
    void waitsForItsCommitsWhateverTheDatabaseIsSetTo() {
        try (TestDatabase database = TestDatabase.fresh()) {
            assertThat(waits(database, "off")).isEqualTo("on");
            assertThat(waits(database, "remote_write")).isEqualTo("remote_write");
        }
    }

    private static String waits(TestDatabase database, String set) {
        String show = "SHOW synchronous_commit";
        database.owner()
                .sql("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = " + set
                        + "', current_database()); END $$")
                .update();
        assertThat(database.owner().sql(show).query(String.class).single()).isEqualTo(set);
        try (Database opened = Database.open(HOME, settings(database), new ClockSettings(""), SERVER);
                HikariDataSource pool = opened.pool(1)) {
            return JdbcClient.create(pool).sql(show).query(String.class).single();
        }
    }

    @Test
    void saysInOneSentenceThatItCannotReachTheDatabase() {
        DatabaseSettings nowhere =
                new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/none", "countersign_app", "x", "", "", 2);
        assertThatThrownBy(() -> Database.open(HOME, nowhere, new ClockSettings(""), SERVER))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot be prepared");
    }
}
