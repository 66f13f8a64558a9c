package io.countersign.server.audit;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Gives committed entries their places; head, places and advance belong into one transaction. */
@Component
class SequencerStore {

    private final JdbcTemplate jdbc;

    SequencerStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** An organization that has entries waiting, how long the first of them has waited, and if it has a head. */
    record Waiting(String organizationId, Duration age, boolean headed) {}

    /** The organizations with entries that wait; one index probe each, however many entries there are. */
    List<Waiting> waiting() {
        return jdbc.query(
                """
                WITH RECURSIVE organization AS (
                    (SELECT org_id FROM audit_pending ORDER BY org_id LIMIT 1)
                    UNION ALL
                    SELECT (SELECT next.org_id FROM audit_pending next
                             WHERE next.org_id > organization.org_id ORDER BY next.org_id LIMIT 1)
                      FROM organization WHERE organization.org_id IS NOT NULL
                )
                SELECT organization.org_id, extract(epoch FROM clock_timestamp() - first.appended_at),
                       EXISTS (SELECT 1 FROM audit_head WHERE audit_head.org_id = organization.org_id)
                  FROM organization
                 CROSS JOIN LATERAL (SELECT appended_at FROM audit_pending
                                      WHERE audit_pending.org_id = organization.org_id
                                      ORDER BY event_id LIMIT 1) first
                """, (row, number) -> new Waiting(row.getString(1), seconds(row.getDouble(2)), row.getBoolean(3)));
    }

    /** Takes the head of an organization's log; empty when another node has it. */
    OptionalLong takeHead(String organizationId) {
        List<Long> head = jdbc.query(
                "SELECT next_leaf FROM audit_head WHERE org_id = ? FOR UPDATE SKIP LOCKED",
                (row, number) -> row.getLong(1),
                organizationId);
        return head.isEmpty() ? OptionalLong.empty() : OptionalLong.of(head.getFirst());
    }

    /** Makes the head of a log that has none; outside of the transaction, so that no node waits for another. */
    void makeHead(String organizationId) {
        jdbc.update("INSERT INTO audit_head (org_id) VALUES (?) ON CONFLICT DO NOTHING", organizationId);
    }

    /** Moves the entries that wait to their places, in the order their ids were drawn; answers how long each waited. */
    List<Duration> place(String organizationId, long nextLeaf, int atMost) {
        return jdbc.query(
                """
                WITH next AS MATERIALIZED (
                    SELECT event_id FROM audit_pending WHERE org_id = ? ORDER BY event_id LIMIT ?
                ), taken AS (
                    DELETE FROM audit_pending USING next
                     WHERE audit_pending.org_id = ? AND audit_pending.event_id = next.event_id
                    RETURNING audit_pending.event_id, appended_at, words
                ), numbered AS (
                    SELECT event_id, appended_at, words, row_number() OVER (ORDER BY event_id) - 1 AS place FROM taken
                ), leaf AS (
                    INSERT INTO audit_leaf (org_id, leaf_index, event_id, at, type, actor_id, request_id,
                                            request_number, prominent, words)
                    SELECT event.org_id, ? + numbered.place, event.event_id, event.at, event.type, event.actor_id,
                           event.request_id, event.request_number, event.prominent, numbered.words
                      FROM numbered JOIN audit_event event ON event.org_id = ? AND event.event_id = numbered.event_id
                    RETURNING event_id
                )
                SELECT extract(epoch FROM clock_timestamp() - numbered.appended_at), leaf.event_id
                  FROM numbered LEFT JOIN leaf ON leaf.event_id = numbered.event_id
                """,
                (row, number) -> {
                    if (row.getObject(2) == null) {
                        throw new IllegalStateException("an entry waits for its place but is not stored");
                    }
                    return seconds(row.getDouble(1));
                },
                organizationId,
                atMost,
                organizationId,
                nextLeaf,
                organizationId);
    }

    void advance(String organizationId, int places) {
        jdbc.update("UPDATE audit_head SET next_leaf = next_leaf + ? WHERE org_id = ?", places, organizationId);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(Math.max(0, seconds) * 1e9));
    }
}
