package io.countersign.server.directory;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Tier;
import io.countersign.server.directory.FormerNameStore.PlaceName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps environments and their freezes. */
@Repository
class EnvironmentStore {

    /** An environment. */
    record EnvironmentRow(
            String id,
            String projectId,
            String name,
            Tier tier,
            @Nullable String clusterId,
            @Nullable Instant frozenAt,
            @Nullable String frozenBy,
            @Nullable String freezeReason,
            long version) {

        /** Its next version, frozen or, with nothing, open. */
        EnvironmentRow frozen(@Nullable Instant at, @Nullable String by, @Nullable String reason) {
            return new EnvironmentRow(id, projectId, name, tier, clusterId, at, by, reason, version + 1);
        }

        private PlaceName named() {
            return new PlaceName(ResourceLevel.ENVIRONMENT, projectId, name, id);
        }
    }

    private final JdbcClient sql;
    private final FormerNameStore formerNames;

    EnvironmentStore(JdbcClient sql, FormerNameStore formerNames) {
        this.sql = sql;
        this.formerNames = formerNames;
    }

    void insert(String orgId, EnvironmentRow row, String by, Instant now) {
        formerNames.demandFree(orgId, row.named(), now);
        try {
            sql.sql("""
                            INSERT INTO environment (org_id, environment_id, project_id, name, tier, cluster_id,
                                                     created_by, created_at)
                            VALUES (:org, :id, :project, :name, :tier, :cluster, :by, :now)
                            """)
                    .param("org", orgId)
                    .param("id", row.id())
                    .param("project", row.projectId())
                    .param("name", row.name())
                    .param("tier", row.tier().name().toLowerCase(Locale.ROOT))
                    .param("cluster", row.clusterId())
                    .param("by", by)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw ThingName.taken("environment", row.name());
        }
    }

    void update(String orgId, EnvironmentRow row, Instant now) {
        EnvironmentRow before = find(orgId, row.id()).orElseThrow();
        if (!before.name().equalsIgnoreCase(row.name())) {
            formerNames.demandFree(orgId, row.named(), now);
            formerNames.giveUp(orgId, before.named(), now);
        }
        try {
            sql.sql("""
                            UPDATE environment SET name = :name, tier = :tier, cluster_id = :cluster,
                                   frozen_at = :frozenAt, frozen_by = :frozenBy, freeze_reason = :reason,
                                   version = version + 1
                             WHERE org_id = :org AND environment_id = :id
                            """)
                    .param("name", row.name())
                    .param("tier", row.tier().name().toLowerCase(Locale.ROOT))
                    .param("cluster", row.clusterId())
                    .param(
                            "frozenAt",
                            row.frozenAt() == null ? null : row.frozenAt().atOffset(ZoneOffset.UTC))
                    .param("frozenBy", row.frozenBy())
                    .param("reason", row.freezeReason())
                    .param("org", orgId)
                    .param("id", row.id())
                    .update();
        } catch (DuplicateKeyException taken) {
            throw ThingName.taken("environment", row.name());
        }
    }

    void delete(String orgId, String id, Instant now) {
        formerNames.giveUp(orgId, find(orgId, id).orElseThrow().named(), now);
        sql.sql("UPDATE environment SET deleted_at = :now WHERE org_id = :org AND environment_id = :id")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    List<String> deleteOfProject(String orgId, String projectId, Instant now) {
        return sql.sql("""
                        UPDATE environment SET deleted_at = :now
                         WHERE org_id = :org AND project_id = :project AND deleted_at IS NULL RETURNING environment_id
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("org", orgId)
                .param("project", projectId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    List<String> leaveCluster(String orgId, String clusterId) {
        return sql.sql("""
                        UPDATE environment SET cluster_id = NULL, version = version + 1
                         WHERE org_id = :org AND cluster_id = :cluster AND deleted_at IS NULL RETURNING environment_id
                        """)
                .param("org", orgId)
                .param("cluster", clusterId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    Optional<EnvironmentRow> find(String orgId, String id) {
        return rows("e.environment_id = :key", orgId, id, "", 1).stream().findFirst();
    }

    List<EnvironmentRow> page(String orgId, @Nullable String projectId, String after, int limit) {
        return rows("(:key::text IS NULL OR e.project_id = :key)", orgId, projectId, after, limit);
    }

    private List<EnvironmentRow> rows(String which, String orgId, @Nullable String key, String after, int limit) {
        return sql.sql("SELECT e.* FROM environment e WHERE e.org_id = :org AND e.deleted_at IS NULL AND " + which
                        + """
                         AND (e.environment_id > :after) ORDER BY e.environment_id LIMIT :limit
                        """)
                .param("org", orgId)
                .param("key", key)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> new EnvironmentRow(
                        row.getString("environment_id"),
                        row.getString("project_id"),
                        row.getString("name"),
                        Tier.valueOf(row.getString("tier").toUpperCase(Locale.ROOT)),
                        row.getString("cluster_id"),
                        instant(row.getObject("frozen_at", OffsetDateTime.class)),
                        row.getString("frozen_by"),
                        row.getString("freeze_reason"),
                        row.getLong("version")))
                .list();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
