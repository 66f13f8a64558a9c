package io.countersign.server.policy;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a recovery looks at, across all organizations. */
@Repository
class RecoveryStore {

    private final JdbcClient sql;

    RecoveryStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** A live binding that gates the change of rules, and where. */
    record GateOfRules(String organizationId, String organization, String bindingId, String template) {}

    List<GateOfRules> gatesOfRules() {
        return sql.sql("""
                        SELECT b.org_id, o.handle, b.id, v.spec ->> 'name' AS template
                          FROM binding b
                          JOIN organization o ON o.org_id = b.org_id
                          JOIN template t ON t.org_id = b.org_id AND t.id = b.template_id
                          JOIN template_version v
                            ON v.org_id = t.org_id AND v.template_id = t.id AND v.version = t.current_version
                         WHERE b.ended_at IS NULL AND 'policy.change' = ANY (b.actions)
                         ORDER BY o.handle, b.id
                        """)
                .query((row, _) -> new GateOfRules(
                        row.getString("org_id"),
                        row.getString("handle"),
                        row.getString("id"),
                        row.getString("template")))
                .list();
    }

    /** How many other servers work on this database now: each names itself in its connections. */
    int otherServers() {
        return sql.sql("""
                        SELECT count(DISTINCT application_name) FROM pg_stat_activity
                         WHERE datname = current_database() AND application_name LIKE 'countersign %'
                           AND application_name <> current_setting('application_name')
                        """).query(Integer.class).single();
    }
}
