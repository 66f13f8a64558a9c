package io.countersign.server.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the things of the directory are called, those that are gone as well: their rows are kept. */
@Repository
class NameStore {

    /** A thing and its name; an environment's is {@code project/environment}, and only who has a handle has one. */
    record NameRow(String id, String kind, @Nullable String handle, String name, boolean gone) {}

    private final JdbcClient sql;

    NameStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Those of these ids that the organization knows or knew. */
    List<NameRow> find(String orgId, List<String> ids) {
        return sql.sql("""
                        SELECT person_id AS id, 'person' AS kind, handle, name, deleted_at IS NOT NULL AS gone
                        FROM person WHERE org_id = :org AND person_id = ANY (:ids)
                        UNION ALL
                        SELECT account_id, kind, handle, name, deleted_at IS NOT NULL
                        FROM account WHERE org_id = :org AND account_id = ANY (:ids)
                        UNION ALL
                        SELECT team_id, 'team', handle, name, deleted_at IS NOT NULL
                        FROM team WHERE org_id = :org AND team_id = ANY (:ids)
                        UNION ALL
                        SELECT project_id, 'project', NULL, name, deleted_at IS NOT NULL
                        FROM project WHERE org_id = :org AND project_id = ANY (:ids)
                        UNION ALL
                        SELECT e.environment_id, 'environment', NULL, p.name || '/' || e.name, e.deleted_at IS NOT NULL
                        FROM environment e JOIN project p ON p.org_id = e.org_id AND p.project_id = e.project_id
                        WHERE e.org_id = :org AND e.environment_id = ANY (:ids)
                        UNION ALL
                        SELECT cluster_id, 'cluster', NULL, name, deleted_at IS NOT NULL
                        FROM cluster WHERE org_id = :org AND cluster_id = ANY (:ids)
                        UNION ALL
                        SELECT role_id, 'role', NULL, name, false
                        FROM role WHERE org_id = :org AND role_id = ANY (:ids)
                        UNION ALL
                        SELECT release_id, 'release', NULL, name, false
                        FROM release WHERE org_id = :org AND release_id = ANY (:ids)
                        UNION ALL
                        SELECT org_id, 'organization', handle, name, false
                        FROM organization WHERE org_id = :org AND org_id = ANY (:ids)
                        """)
                .param("org", orgId)
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> new NameRow(
                        row.getString("id"),
                        row.getString("kind"),
                        row.getString("handle"),
                        row.getString("name"),
                        row.getBoolean("gone")))
                .list();
    }
}
