package io.countersign.server.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Reads the log: by what somebody looks for, in the order of time, and by place. */
@Component
class AuditSearchStore {

    private static final String COLUMNS = """
            page.leaf_index, event.at, event.type, event.prominent, event.actor_id, event.actor_kind,
            event.credential_id, event.channel, event.call_id, event.request_id, event.request_number, event.body
            """;

    private final JdbcClient sql;

    AuditSearchStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Where a page ends: the instant and the place of its last entry, which are unique and never change. */
    record Key(Instant at, long leafIndex) {}

    /** The next entries before the key, the latest first. */
    List<FoundEntry> latest(String organizationId, AuditQuery query, @Nullable Key before, int rows) {
        String key = before == null ? "" : " AND (leaf.at, leaf.leaf_index) < (:keyAt, :keyLeaf)";
        return bind(page(query, key, "DESC"), organizationId, query, before, rows)
                .query(AuditSearchStore::entry)
                .list();
    }

    /** The next entries behind the key, the earliest first, of those that had their place when the log was this long. */
    List<FoundEntry> earliest(String organizationId, AuditQuery query, @Nullable Key after, long length, int rows) {
        String key = (after == null ? "" : " AND (leaf.at, leaf.leaf_index) > (:keyAt, :keyLeaf)")
                + " AND leaf.leaf_index < :length";
        return bind(page(query, key, "ASC"), organizationId, query, after, rows)
                .param("length", length)
                .query(AuditSearchStore::entry)
                .list();
    }

    Optional<FoundEntry> at(String organizationId, long leafIndex) {
        return sql.sql("SELECT " + COLUMNS + """
                          FROM audit_leaf page
                          JOIN audit_event event ON event.org_id = page.org_id AND event.event_id = page.event_id
                         WHERE page.org_id = :organization AND page.leaf_index = :leaf
                        """)
                .param("organization", organizationId)
                .param("leaf", leafIndex)
                .query(AuditSearchStore::entry)
                .optional();
    }

    /** How many entries of an organization have their place. */
    long length(String organizationId) {
        return sql.sql("SELECT next_leaf FROM audit_head WHERE org_id = :organization")
                .param("organization", organizationId)
                .query((row, number) -> row.getLong(1))
                .optional()
                .orElse(0L);
    }

    /** The statement of a page; what is looked for decides which conditions it has. */
    static String page(AuditQuery query, String key, String direction) {
        StringBuilder where = new StringBuilder("leaf.org_id = :organization").append(key);
        if (query.types().size() == 1) {
            where.append(" AND leaf.type = :type");
        } else if (!query.types().isEmpty()) {
            where.append(" AND leaf.type IN (:types)");
        }
        if (query.actor() != null) {
            where.append(" AND leaf.actor_id = :actor");
        }
        if (query.byNumber()) {
            where.append("""
                     AND leaf.request_id = (
                        SELECT opened.request_id FROM audit_leaf opened
                         WHERE opened.org_id = :organization AND opened.request_number = :request
                           AND opened.type = 'request-opened'
                         LIMIT 1)\
                    """);
        } else if (query.request() != null) {
            where.append(" AND leaf.request_id = :request");
        }
        if (query.from() != null) {
            where.append(" AND leaf.at >= :from");
        }
        if (query.to() != null) {
            where.append(" AND leaf.at < :to");
        }
        if (!query.words().isEmpty()) {
            where.append(" AND leaf.words @@ :words::tsquery");
        }
        if (query.prominent() != null) {
            where.append(query.prominent() ? " AND leaf.prominent" : " AND NOT leaf.prominent");
        }
        return """
                SELECT %1$s
                  FROM (SELECT leaf.org_id, leaf.leaf_index, leaf.event_id, leaf.at
                          FROM audit_leaf leaf
                         WHERE %2$s
                         ORDER BY leaf.at %3$s, leaf.leaf_index %3$s
                         LIMIT :rows) page
                  JOIN audit_event event ON event.org_id = page.org_id AND event.event_id = page.event_id
                 ORDER BY page.at %3$s, page.leaf_index %3$s
                """.formatted(COLUMNS, where, direction);
    }

    private StatementSpec bind(String statement, String organizationId, AuditQuery query, @Nullable Key key, int rows) {
        return bind(sql.sql(statement), organizationId, query, key, rows);
    }

    static StatementSpec bind(
            StatementSpec statement, String organizationId, AuditQuery query, @Nullable Key key, int rows) {
        StatementSpec bound = statement
                .param("organization", organizationId)
                .param("types", query.types())
                .param("type", query.types().stream().findFirst().orElse(""))
                .param("actor", query.actor())
                .param("request", query.request())
                .param("words", tsquery(query.words()))
                .param("rows", rows);
        if (query.from() != null) {
            bound = bound.param("from", Timestamp.from(query.from()));
        }
        if (query.to() != null) {
            bound = bound.param("to", Timestamp.from(query.to()));
        }
        return key == null
                ? bound
                : bound.param("keyAt", Timestamp.from(key.at())).param("keyLeaf", key.leafIndex());
    }

    /** Each word as the beginning of one; quotes and backslashes cannot be in them, but are doubled all the same. */
    private static String tsquery(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("\\", "\\\\").replace("'", "''") + "':*")
                .collect(Collectors.joining(" & "));
    }

    private static FoundEntry entry(ResultSet row, int number) throws SQLException {
        return new FoundEntry(
                row.getLong("leaf_index"),
                row.getTimestamp("at").toInstant(),
                row.getString("type"),
                row.getBoolean("prominent"),
                new FoundEntry.Doer(
                        row.getString("actor_id"),
                        null,
                        row.getString("actor_kind"),
                        row.getString("credential_id"),
                        row.getString("channel"),
                        row.getString("call_id")),
                row.getString("request_id"),
                row.getString("request_number"),
                EntryJson.tree(row.getBytes("body")).required("entry"));
    }
}
