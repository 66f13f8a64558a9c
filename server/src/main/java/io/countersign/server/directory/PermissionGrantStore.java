package io.countersign.server.directory;

import io.countersign.core.action.ActionType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what an organization adds one by one: permissions given by name, and kinds of action of its own. */
@Repository
class PermissionGrantStore {

    /** A permission given by name, for these actions on these resources and what lies below them. */
    record GivenRow(
            String id,
            String principalId,
            String permission,
            List<String> actions,
            List<String> resources,
            String grantedBy,
            Instant grantedAt) {}

    private final JdbcClient sql;

    PermissionGrantStore(JdbcClient sql) {
        this.sql = sql;
    }

    void insert(String orgId, GivenRow row) {
        sql.sql("""
                        INSERT INTO permission_grant (org_id, grant_id, principal_id, permission, actions, resources,
                                                      granted_by, granted_at)
                        VALUES (:org, :id, :principal, :permission, :actions, :resources, :by, :at)
                        """)
                .param("org", orgId)
                .param("id", row.id())
                .param("principal", row.principalId())
                .param("permission", row.permission())
                .param("actions", array(row.actions()))
                .param("resources", array(row.resources()))
                .param("by", row.grantedBy())
                .param("at", row.grantedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<GivenRow> find(String orgId, String id) {
        return page(orgId, null, "", id, 1).stream().findFirst();
    }

    void delete(String orgId, String id) {
        sql.sql("DELETE FROM permission_grant WHERE org_id = :org AND grant_id = :id")
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    List<GivenRow> page(String orgId, @Nullable String principalId, String after, @Nullable String only, int limit) {
        return sql.sql("""
                        SELECT * FROM permission_grant
                         WHERE org_id = :org AND (:principal::text IS NULL OR principal_id = :principal)
                           AND (grant_id > :after) AND (:only::text IS NULL OR grant_id = :only)
                         ORDER BY grant_id LIMIT :limit
                        """)
                .param("org", orgId)
                .param("principal", principalId)
                .param("after", after)
                .param("only", only)
                .param("limit", limit)
                .query((row, _) -> new GivenRow(
                        row.getString("grant_id"),
                        row.getString("principal_id"),
                        row.getString("permission"),
                        Arrays.asList((String[]) row.getArray("actions").getArray()),
                        Arrays.asList((String[]) row.getArray("resources").getArray()),
                        row.getString("granted_by"),
                        row.getTimestamp("granted_at").toInstant()))
                .list();
    }

    /** Answers whether the id was free. */
    boolean insertAction(String orgId, ActionType type, String by, Instant now) {
        return sql.sql("""
                        INSERT INTO action_type (org_id, action_id, title, description, risk, level, deploying, emergency,
                                                 created_by, created_at)
                        VALUES (:org, :id, :title, :description, :risk, :level, :deploying, :emergency, :by, :now)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("org", orgId)
                        .param("id", type.id())
                        .param("title", type.title())
                        .param("description", type.description())
                        .param("risk", type.risk().name().toLowerCase(Locale.ROOT))
                        .param("level", type.level().name().toLowerCase(Locale.ROOT))
                        .param("deploying", type.deploying())
                        .param("emergency", type.emergency())
                        .param("by", by)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private static String[] array(Collection<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }
}
