package io.countersign.server.audit;

import io.countersign.core.audit.Entry;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Stores what happened, and that it waits for its place in the log. */
@Component
class AuditEventStore {

    private final JdbcTemplate jdbc;

    AuditEventStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private static final int BATCH = 500;

    private static final String INSERT = """
            WITH moment AS MATERIALIZED (
                SELECT countersign_now() AS at
            ), event AS (
                INSERT INTO audit_event (org_id, at, type, actor_id, actor_kind, credential_id, channel, call_id,
                                         request_id, request_number, prominent, body)
                SELECT ?, at, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                       ?::bytea
                       || convert_to(to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'UTF8')
                       || ?::bytea
                  FROM moment
                RETURNING org_id, event_id
            )
            INSERT INTO audit_pending (org_id, event_id, words)
            SELECT org_id, event_id, array_to_tsvector(?) FROM event
            """;

    void insert(Actor actor, Entry entry, @Nullable String requestId) {
        jdbc.update(INSERT, statement -> fill(statement, actor, entry, requestId));
    }

    /** Inserts entries that are about no request, many in one round trip. */
    void insertAll(Actor actor, List<Entry> entries) {
        jdbc.batchUpdate(INSERT, entries, BATCH, (statement, entry) -> fill(statement, actor, entry, null));
    }

    private static void fill(PreparedStatement statement, Actor actor, Entry entry, @Nullable String requestId)
            throws SQLException {
        EntryJson.Halves body = EntryJson.write(actor, entry, requestId);
        String[] words = Words.of(actor, entry, requestId).toArray(String[]::new);
        statement.setString(1, actor.organizationId());
        statement.setString(2, EntryTypes.nameOf(entry.getClass()));
        statement.setString(3, actor.principalId());
        statement.setString(4, actor.kind().name().toLowerCase(Locale.ROOT));
        statement.setString(5, actor.credentialId());
        statement.setString(6, actor.channel());
        statement.setString(7, actor.callId());
        statement.setString(8, requestId);
        statement.setString(9, entry.requestNumber());
        statement.setBoolean(10, EntryJson.prominent(actor, entry));
        statement.setBytes(11, body.beforeTime());
        statement.setBytes(12, body.afterTime());
        statement.setArray(13, statement.getConnection().createArrayOf("text", words));
    }
}
