package io.countersign.server.notify;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Forgets deliveries that ended long ago; the audit log still says what became of each. */
@Repository
class OldDeliveryStore {

    private final JdbcClient sql;

    OldDeliveryStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Forgets some of what ended longer ago than this by the server's clock, and what was to be told of an entry once none of
     * its deliveries is left; what is pending stays, however old. Answers how many deliveries.
     */
    int forget(Duration older, int most) {
        int forgotten = sql.sql("""
                        DELETE FROM notification_delivery
                         WHERE state <> 'pending' AND (org_id, id) IN (
                            SELECT org_id, id FROM notification_delivery
                             WHERE state <> 'pending' AND ended_at < countersign_now() - make_interval(secs => :older)
                             ORDER BY ended_at LIMIT :most)
                        """)
                .param("older", (double) older.toSeconds())
                .param("most", most)
                .update();
        sql.sql("""
                        DELETE FROM notification WHERE (org_id, leaf_index) IN (
                            SELECT n.org_id, n.leaf_index FROM notification n
                             WHERE n.at < countersign_now() - make_interval(secs => :older)
                               AND NOT EXISTS (SELECT 1 FROM notification_delivery d
                                                WHERE d.org_id = n.org_id AND d.leaf_index = n.leaf_index)
                             ORDER BY n.at LIMIT :most)
                        """)
                .param("older", (double) older.toSeconds())
                .param("most", most)
                .update();
        return forgotten;
    }
}
