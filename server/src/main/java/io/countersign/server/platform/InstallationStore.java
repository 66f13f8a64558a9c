package io.countersign.server.platform;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The one row that says what kind of installation this is and what time it is. */
@Component
final class InstallationStore {

    private final JdbcClient sql;

    InstallationStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** The clock of clocks, in microseconds. */
    Instant now() {
        return sql.sql("SELECT countersign_now()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    boolean simulated() {
        return sql.sql("SELECT simulated FROM installation")
                .query(Boolean.class)
                .single();
    }

    /** How far the machine's clock is behind an instant that has been shown already; negative when it is not. */
    double secondsBehind() {
        return sql.sql("""
                        SELECT extract(epoch FROM clock_high_water - (clock_timestamp() + clock_offset))::float8
                        FROM installation
                        """).query(Double.class).single();
    }

    /** Writes down that this much time has passed, at most once a second whatever the number of nodes. */
    void raiseHighWater() {
        sql.sql("""
                        UPDATE installation SET clock_high_water = countersign_now()
                        WHERE clock_high_water < clock_timestamp() + clock_offset - interval '0.9 s'
                        """).update();
    }

    /** Moves a simulated clock forward to the instant; false when it is there already or the clock is real. */
    boolean advance(Instant to) {
        return sql.sql("""
                                UPDATE installation
                                SET clock_offset = clock_offset
                                        + make_interval(secs => extract(epoch FROM :to - (clock_timestamp() + clock_offset))),
                                    clock_high_water = :to
                                WHERE simulated AND countersign_now() < :to
                                """).param("to", to.atOffset(ZoneOffset.UTC)).update() == 1;
    }
}
