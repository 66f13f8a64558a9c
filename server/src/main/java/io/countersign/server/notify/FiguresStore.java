package io.countersign.server.notify;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts over all organizations. */
@Repository
class FiguresStore {

    private final JdbcClient sql;

    FiguresStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * What was counted.
     *
     * @param unreached organizations in which somebody may open break-glass sessions and nobody would be told
     */
    record Seen(long pending, long unreached, long disabled) {}

    Seen count(boolean mailGiven) {
        return sql.sql("""
                        SELECT (SELECT count(*) FROM notification_delivery WHERE state = 'pending') AS pending,
                               (SELECT count(*) FROM notification_destination
                                 WHERE disabled_at IS NOT NULL AND removed_at IS NULL) AS disabled,
                               (SELECT count(*) FROM organization o
                                 WHERE EXISTS (SELECT 1 FROM permission_grant g
                                                WHERE g.org_id = o.org_id AND g.permission = 'breakglass-open')
                                   AND NOT EXISTS (SELECT 1 FROM notification_destination n
                                                    WHERE n.org_id = o.org_id AND n.disabled_at IS NULL
                                                      AND n.removed_at IS NULL AND (n.means = 'webhook' OR :mail))
                                   AND NOT (:mail AND EXISTS (
                                           SELECT 1 FROM role_holder h
                                             JOIN person p ON p.org_id = h.org_id AND p.person_id = h.holder_id
                                            WHERE h.org_id = o.org_id AND h.role_id = 'security_manager'
                                              AND p.active AND p.deleted_at IS NULL AND p.email IS NOT NULL))
                               ) AS unreached
                        """)
                .param("mail", mailGiven)
                .query((row, _) -> new Seen(row.getLong("pending"), row.getLong("unreached"), row.getLong("disabled")))
                .single();
    }
}
