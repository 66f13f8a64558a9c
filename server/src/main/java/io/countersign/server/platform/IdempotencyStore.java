package io.countersign.server.platform;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys that callers have used in the last two days, with what was answered. */
@Component
final class IdempotencyStore {

    private final JdbcClient sql;

    IdempotencyStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** What was kept under a key. */
    record Kept(String fingerprint, int status, @Nullable String body) {}

    /** Takes the key for this transaction; waits for another one that has it, and answers what that one kept. */
    Optional<Kept> claim(Caller caller, String key, String fingerprint) {
        boolean taken = sql.sql("""
                                INSERT INTO idempotency_key (org_id, caller_id, key, fingerprint, used_at)
                                VALUES (:org, :caller, :key, :fingerprint, clock_timestamp())
                                ON CONFLICT DO NOTHING
                                """)
                        .param("org", caller.organizationId())
                        .param("caller", caller.principalId())
                        .param("key", key)
                        .param("fingerprint", fingerprint)
                        .update()
                == 1;
        return taken
                ? Optional.empty()
                : Optional.of(sql.sql("""
                                SELECT fingerprint, status, body FROM idempotency_key
                                WHERE org_id = :org AND caller_id = :caller AND key = :key
                                """)
                        .param("org", caller.organizationId())
                        .param("caller", caller.principalId())
                        .param("key", key)
                        .query((row, number) ->
                                new Kept(row.getString("fingerprint"), row.getInt("status"), row.getString("body")))
                        .single());
    }

    void keep(Caller caller, String key, int status, @Nullable String body) {
        sql.sql("""
                        UPDATE idempotency_key SET status = :status, body = :body
                        WHERE org_id = :org AND caller_id = :caller AND key = :key
                        """)
                .param("org", caller.organizationId())
                .param("caller", caller.principalId())
                .param("key", key)
                .param("status", status)
                .param("body", body)
                .update();
    }

    void release(Caller caller, String key) {
        sql.sql("DELETE FROM idempotency_key WHERE org_id = :org AND caller_id = :caller AND key = :key")
                .param("org", caller.organizationId())
                .param("caller", caller.principalId())
                .param("key", key)
                .update();
    }

    /** Forgets keys of more than two days ago, so many at a time; answers how many. */
    int forget(int most) {
        return sql.sql("""
                        DELETE FROM idempotency_key WHERE ctid IN (
                            SELECT ctid FROM idempotency_key
                            WHERE used_at < clock_timestamp() - interval '2 days' LIMIT :most)
                        """).param("most", most).update();
    }
}
