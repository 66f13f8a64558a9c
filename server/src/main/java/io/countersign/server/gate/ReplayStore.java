package io.countersign.server.gate;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Reads recorded asks back, newest first and some at a time. */
@Repository
class ReplayStore {

    /** A recorded ask as its row has it; resource and place are JSON. */
    record PastAsk(
            Instant at,
            String id,
            String subjectId,
            String subjectKind,
            String callerId,
            String callerKind,
            @Nullable String tokenMaker,
            List<String> owners,
            @Nullable String accountable,
            List<String> authors,
            String action,
            String resource,
            String place,
            String digest,
            @Nullable String reason,
            @Nullable String requestId,
            boolean opened) {}

    /**
     * What is there.
     *
     * @param asks how many lie in the window
     * @param recordedSince the oldest ask that is kept, whatever the window; none when nothing is
     */
    record Extent(long asks, @Nullable Instant recordedSince) {}

    private final JdbcTemplate jdbc;

    ReplayStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** How much there is after {@code from} and until {@code to}. */
    Extent extent(String orgId, Instant from, Instant to) {
        Extent extent = jdbc.queryForObject(
                """
                SELECT (SELECT count(*) FROM recorded_ask WHERE org_id = ? AND at > ? AND at <= ?),
                       (SELECT min(at) FROM recorded_ask WHERE org_id = ?)
                """, (row, _) -> new Extent(row.getLong(1), instant(row, 2)), orgId, utc(from), utc(to), orgId);
        return extent == null ? new Extent(0, null) : extent;
    }

    /**
     * The newest asks after {@code from} that lie before this one.
     *
     * @param at the moment of the ask to go on behind, or the end of the window
     * @param id its id, or nothing to begin with the asks of that very moment
     */
    List<PastAsk> before(String orgId, Instant from, Instant at, @Nullable String id, int atMost) {
        return jdbc.query(
                """
                SELECT at, id, subject_id, subject_kind, caller_id, caller_kind, token_maker, owners, accountable, authors,
                       action, resource, place, digest, reason, request_id, opened
                  FROM recorded_ask
                 WHERE org_id = ? AND at > ? AND at <= ? AND (at < ? OR id < ? OR ?)
                 ORDER BY at DESC, id DESC
                 LIMIT ?
                """,
                (row, _) -> read(row),
                orgId,
                utc(from),
                utc(at),
                utc(at),
                id == null ? "" : id,
                id == null,
                atMost);
    }

    private static PastAsk read(ResultSet row) throws SQLException {
        return new PastAsk(
                row.getObject(1, OffsetDateTime.class).toInstant(),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                texts(row.getArray(8)),
                row.getString(9),
                texts(row.getArray(10)),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                row.getString(16),
                row.getBoolean(17));
    }

    private static List<String> texts(Array array) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object text : (Object[]) array.getArray()) {
            texts.add((String) text);
        }
        return texts;
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
