package io.countersign.server.audit;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads what happened in the order of the log, without what was written in it. */
@Component
class LiveEventStore {

    private final JdbcTemplate jdbc;

    LiveEventStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** How long the log of each of these organizations is; those without entries are missing. */
    Map<String, Long> lengths(Collection<String> organizationIds) {
        Map<String, Long> lengths = new HashMap<>();
        jdbc.query(
                "SELECT org_id, next_leaf FROM audit_head WHERE org_id = ANY (?)",
                statement -> statement.setArray(
                        1, statement.getConnection().createArrayOf("text", organizationIds.toArray())),
                row -> {
                    lengths.put(row.getString(1), row.getLong(2));
                });
        return lengths;
    }

    List<LiveEvent> read(String organizationId, long fromLeaf, int atMost) {
        return jdbc.query(
                """
                SELECT type, at, leaf_index, request_id, request_number, actor_id
                  FROM audit_leaf
                 WHERE org_id = ? AND leaf_index >= ?
                 ORDER BY leaf_index
                 LIMIT ?
                """,
                (row, number) -> new LiveEvent(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)),
                organizationId,
                fromLeaf,
                atMost);
    }
}
