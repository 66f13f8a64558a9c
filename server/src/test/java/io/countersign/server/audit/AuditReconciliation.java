package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.Entry;
import io.countersign.server.platform.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares what is in the tables with what is in the log, both ways: every row has its entry and every entry its row,
 * by id. Rooms describe their changes to it and ask, after whatever was done to the server, whether all is there.
 */
public final class AuditReconciliation {

    private final JdbcClient sql;
    private final List<String> differences = new ArrayList<>();

    private AuditReconciliation(JdbcClient sql) {
        this.sql = sql;
    }

    /** A comparison of all organizations of a database. */
    public static AuditReconciliation of(TestDatabase database) {
        return new AuditReconciliation(database.owner());
    }

    /**
     * Every row of the query has exactly one entry of this kind, and every such entry its row.
     *
     * @param rows a query of two texts, the organization and the id, one row for each change that must be in the log
     * @param type the kind of entry that tells of the change
     * @param member name of the entry's member that holds the id
     */
    public AuditReconciliation each(String rows, Class<? extends Entry> type, String member) {
        differences.addAll(sql.sql("""
                        WITH changed (org_id, id, times) AS (
                            SELECT org_id, id, count(*) FROM (%s) AS changed (org_id, id) GROUP BY org_id, id
                        ), told AS (
                            SELECT org_id, convert_from(body, 'UTF8')::jsonb -> 'entry' ->> :member AS id, count(*) AS times
                              FROM audit_event WHERE type = :type GROUP BY 1, 2
                        )
                        SELECT format('%%s `%%s` of %%s: %%s in the table, %%s in the log', :type::text, id, org_id,
                                      coalesce(changed.times, 0), coalesce(told.times, 0))
                          FROM changed FULL JOIN told USING (org_id, id)
                         WHERE changed.times IS DISTINCT FROM told.times
                         ORDER BY 1
                        """.formatted(rows))
                .param("member", member)
                .param("type", EntryTypes.nameOf(type))
                .query((row, number) -> row.getString(1))
                .list());
        return this;
    }

    /** Every entry that has a place has one only, places have no gaps, and each entry waits or has its place. */
    public AuditReconciliation places() {
        differences.addAll(sql.sql("""
                        SELECT format('%s: %s places up to %s, and the next is to be %s', org_id, count(*),
                                      max(leaf_index), max(next_leaf))
                          FROM audit_leaf JOIN audit_head USING (org_id)
                         GROUP BY org_id
                        HAVING count(*) <> max(next_leaf) OR max(leaf_index) + 1 <> max(next_leaf) OR min(leaf_index) <> 0
                         UNION ALL
                        SELECT format('%s: the entry %s waits %s times and has %s places', org_id, event_id,
                                      count(pending.event_id), count(leaf.event_id))
                          FROM audit_event
                          LEFT JOIN audit_pending pending USING (org_id, event_id)
                          LEFT JOIN audit_leaf leaf USING (org_id, event_id)
                         GROUP BY org_id, event_id
                        HAVING count(pending.event_id) + count(leaf.event_id) <> 1
                         UNION ALL
                        SELECT format('%s: the entry %s is not in the log', org_id, event_id)
                          FROM (SELECT org_id, event_id FROM audit_pending
                                 UNION ALL SELECT org_id, event_id FROM audit_leaf) known
                         WHERE NOT EXISTS (SELECT 1 FROM audit_event event
                                            WHERE event.org_id = known.org_id AND event.event_id = known.event_id)
                        """).query((row, number) -> row.getString(1)).list());
        return this;
    }

    /** What does not agree, one sentence each. */
    public List<String> differences() {
        return List.copyOf(differences);
    }

    /** Fails with every difference. */
    public void holds() {
        assertThat(differences)
                .as("what is in the tables and what is in the log")
                .isEmpty();
    }
}
