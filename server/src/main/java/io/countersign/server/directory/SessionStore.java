package io.countersign.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The sign-ins of people; of each secret only the hash. */
@Repository
class SessionStore {

    /** A sign-in, whether it still stands or not. */
    record SignIn(
            String orgId,
            String id,
            String personId,
            Instant signedInAt,
            Instant lastSeenAt,
            Instant expiresAt,
            @Nullable Instant endedAt) {}

    private static final String COLUMNS =
            "org_id, session_id, person_id, signed_in_at, last_seen_at, expires_at, ended_at";

    private final JdbcClient sql;

    SessionStore(JdbcClient sql) {
        this.sql = sql;
    }

    void insert(SignIn signIn, String secretHash, String transport) {
        sql.sql("""
                        INSERT INTO sign_in_session (org_id, session_id, secret_hash, person_id, transport,
                            signed_in_at, last_seen_at, expires_at)
                        VALUES (:org, :id, :hash, :person, :transport, :at, :at, :expires)
                        """)
                .param("org", signIn.orgId())
                .param("id", signIn.id())
                .param("hash", secretHash)
                .param("person", signIn.personId())
                .param("transport", transport)
                .param("at", ColumnStore.time(signIn.signedInAt()))
                .param("expires", ColumnStore.time(signIn.expiresAt()))
                .update();
    }

    Optional<SignIn> bySecret(String secretHash) {
        return sql.sql("SELECT " + COLUMNS + " FROM sign_in_session WHERE secret_hash = :hash")
                .param("hash", secretHash)
                .query(SessionStore::signIn)
                .optional();
    }

    Optional<SignIn> byId(String orgId, String sessionId) {
        return sql.sql("SELECT " + COLUMNS + " FROM sign_in_session WHERE org_id = :org AND session_id = :id")
                .param("org", orgId)
                .param("id", sessionId)
                .query(SessionStore::signIn)
                .optional();
    }

    /** The same with the database's time at the reading. */
    Optional<ColumnStore.Read<SignIn>> read(String orgId, String sessionId) {
        return sql.sql("SELECT countersign_now() AS read_at, " + COLUMNS
                        + " FROM sign_in_session WHERE org_id = :org AND session_id = :id")
                .param("org", orgId)
                .param("id", sessionId)
                .query(ColumnStore.reading(SessionStore::signIn))
                .optional();
    }

    List<SignIn> standing(String orgId, String personId, Instant now) {
        return sql.sql("SELECT " + COLUMNS + """
                         FROM sign_in_session
                        WHERE org_id = :org AND person_id = :person AND ended_at IS NULL AND expires_at > :now
                        ORDER BY session_id
                        """)
                .param("org", orgId)
                .param("person", personId)
                .param("now", ColumnStore.time(now))
                .query(SessionStore::signIn)
                .list();
    }

    void touch(String orgId, String sessionId, Instant now) {
        sql.sql("""
                        UPDATE sign_in_session SET last_seen_at = greatest(last_seen_at, :now)
                        WHERE org_id = :org AND session_id = :id
                        """)
                .param("org", orgId)
                .param("id", sessionId)
                .param("now", ColumnStore.time(now))
                .update();
    }

    /** Notes that the person has just proven once more who he is. */
    void confirm(String orgId, String sessionId, Instant now) {
        sql.sql("""
                        UPDATE sign_in_session SET signed_in_at = :now, last_seen_at = greatest(last_seen_at, :now)
                        WHERE org_id = :org AND session_id = :id
                        """)
                .param("org", orgId)
                .param("id", sessionId)
                .param("now", ColumnStore.time(now))
                .update();
    }

    boolean end(String orgId, String sessionId, Instant now) {
        return sql.sql("""
                                UPDATE sign_in_session SET ended_at = :now
                                WHERE org_id = :org AND session_id = :id AND ended_at IS NULL
                                """)
                        .param("org", orgId)
                        .param("id", sessionId)
                        .param("now", ColumnStore.time(now))
                        .update()
                == 1;
    }

    /** Ends all sessions of a person but one; answers how many ended before their time. */
    int endAll(String orgId, String personId, String butThis, Instant now) {
        return sql.sql("""
                        UPDATE sign_in_session SET ended_at = :now
                        WHERE org_id = :org AND person_id = :person AND session_id <> :but AND ended_at IS NULL
                          AND expires_at > :now
                        """)
                .param("org", orgId)
                .param("person", personId)
                .param("but", butThis)
                .param("now", ColumnStore.time(now))
                .update();
    }

    /** Forgets some of those that expired before; answers how many. */
    int forget(Instant before, int most) {
        return sql.sql("""
                        DELETE FROM sign_in_session WHERE (org_id, session_id) IN (
                            SELECT org_id, session_id FROM sign_in_session WHERE expires_at < :before LIMIT :most)
                        """)
                .param("before", ColumnStore.time(before))
                .param("most", most)
                .update();
    }

    private static SignIn signIn(ResultSet row, int number) throws SQLException {
        return new SignIn(
                row.getString("org_id"),
                row.getString("session_id"),
                row.getString("person_id"),
                ColumnStore.instant(row, "signed_in_at"),
                ColumnStore.instant(row, "last_seen_at"),
                ColumnStore.instant(row, "expires_at"),
                ColumnStore.instantOrNull(row, "ended_at"));
    }
}
