package io.countersign.server.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The failed sign-ins of the last minutes, by handle and by address. */
@Repository
class AttemptStore {

    /** Where attempts from an address are counted, whatever organization they were meant for. */
    static final String ANYWHERE = "-";

    private final JdbcClient sql;

    AttemptStore(JdbcClient sql) {
        this.sql = sql;
    }

    void add(String orgId, String attemptId, String subject, Instant now) {
        sql.sql("INSERT INTO sign_in_attempt (org_id, attempt_id, subject, at) VALUES (:org, :id, :subject, :at)")
                .param("org", orgId)
                .param("id", attemptId)
                .param("subject", subject)
                .param("at", ColumnStore.time(now))
                .update();
    }

    /** When the last of so many allowed ones was made, if the present one is more than that. */
    Optional<Instant> lastAllowed(String orgId, String subject, Instant since, int allowed) {
        return sql.sql("""
                        SELECT at FROM sign_in_attempt
                        WHERE org_id = :org AND subject = :subject AND at > :since
                        ORDER BY at DESC
                        OFFSET :allowed LIMIT 1
                        """)
                .param("org", orgId)
                .param("subject", subject)
                .param("since", ColumnStore.time(since))
                .param("allowed", allowed)
                .query((row, _) -> ColumnStore.instant(row, "at"))
                .optional();
    }

    /** Forgets one attempt. */
    void remove(String orgId, String attemptId) {
        sql.sql("DELETE FROM sign_in_attempt WHERE org_id = :org AND attempt_id = :id")
                .param("org", orgId)
                .param("id", attemptId)
                .update();
    }

    /** Forgets all attempts of a subject. */
    void forgive(String orgId, String subject) {
        sql.sql("DELETE FROM sign_in_attempt WHERE org_id = :org AND subject = :subject")
                .param("org", orgId)
                .param("subject", subject)
                .update();
    }

    /** Forgets what no longer counts. */
    void purge(Instant now, Duration window) {
        sql.sql("DELETE FROM sign_in_attempt WHERE at < :since")
                .param("since", ColumnStore.time(now.minus(window)))
                .update();
    }
}
