package io.countersign.server.audit;

import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps how far each follower has come. */
@Component
class FollowerStore {

    private final JdbcTemplate jdbc;

    FollowerStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** An organization with entries the follower has not seen, how many, and whether a position is kept there. */
    record Behind(String organizationId, long entries, boolean started) {}

    List<Behind> behind(String follower) {
        return jdbc.query(
                """
                SELECT head.org_id, head.next_leaf - coalesce(follower.next_leaf, 0), follower.org_id IS NOT NULL
                  FROM audit_head head
                  LEFT JOIN audit_follower follower ON follower.org_id = head.org_id AND follower.name = ?
                 WHERE head.next_leaf > coalesce(follower.next_leaf, 0)
                """, (row, number) -> new Behind(row.getString(1), row.getLong(2), row.getBoolean(3)), follower);
    }

    /** Takes the follower's position in an organization; empty when another node has it. */
    OptionalLong takePosition(String organizationId, String follower) {
        List<Long> position = jdbc.query(
                "SELECT next_leaf FROM audit_follower WHERE org_id = ? AND name = ? FOR UPDATE SKIP LOCKED",
                (row, number) -> row.getLong(1),
                organizationId,
                follower);
        return position.isEmpty() ? OptionalLong.empty() : OptionalLong.of(position.getFirst());
    }

    /** Keeps a position from now on; outside of the transaction, so that no node waits for another. */
    void begin(String organizationId, String follower) {
        jdbc.update(
                "INSERT INTO audit_follower (org_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
                organizationId,
                follower);
    }

    /** How many places of an organization's log are taken. */
    long length(String organizationId) {
        List<Long> length = jdbc.query(
                "SELECT next_leaf FROM audit_head WHERE org_id = ?", (row, number) -> row.getLong(1), organizationId);
        return length.isEmpty() ? 0 : length.getFirst();
    }

    List<LogEntry> read(String organizationId, long fromLeaf, int atMost) {
        return read(organizationId, "leaf.leaf_index >= ?", fromLeaf, Long.MAX_VALUE, atMost);
    }

    /** Those that stand out, from a place on and before another one. */
    List<LogEntry> readProminent(String organizationId, long fromLeaf, long before, int atMost) {
        return read(organizationId, "leaf.prominent AND leaf.leaf_index >= ?", fromLeaf, before, atMost);
    }

    private List<LogEntry> read(String organizationId, String which, long fromLeaf, long before, int atMost) {
        return jdbc.query(
                """
                SELECT leaf.leaf_index, leaf.at, leaf.type, leaf.actor_id, leaf.request_id, leaf.request_number,
                       leaf.prominent, event.body
                  FROM audit_leaf leaf
                  JOIN audit_event event ON event.org_id = leaf.org_id AND event.event_id = leaf.event_id
                 WHERE leaf.org_id = ? AND %s AND leaf.leaf_index < ?
                 ORDER BY leaf.leaf_index
                 LIMIT ?
                """.formatted(which),
                (row, number) -> new LogEntry(
                        organizationId,
                        row.getLong(1),
                        row.getTimestamp(2).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getBoolean(7),
                        EntryJson.entry(row.getBytes(8))),
                organizationId,
                fromLeaf,
                before,
                atMost);
    }

    void moveTo(String organizationId, String follower, long nextLeaf) {
        jdbc.update(
                "UPDATE audit_follower SET next_leaf = ? WHERE org_id = ? AND name = ?",
                nextLeaf,
                organizationId,
                follower);
    }
}
