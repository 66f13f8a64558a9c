package io.countersign.server.directory;

import io.countersign.core.action.ResourceLevel;
import io.countersign.server.directory.FormerNameStore.PlaceName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps projects, clusters and releases: the things that only have a name. */
@Repository
class ProjectStore {

    /** Which table. */
    enum Kind {
        PROJECT(ResourceLevel.PROJECT, "project", IdPrefix.PROJECT),
        CLUSTER(ResourceLevel.CLUSTER, "cluster", IdPrefix.CLUSTER);

        private final ResourceLevel level;
        private final String table;
        private final String prefix;

        Kind(ResourceLevel level, String table, String prefix) {
            this.level = level;
            this.table = table;
            this.prefix = prefix;
        }

        private PlaceName named(String name, String id) {
            return new PlaceName(level, "", name, id);
        }

        String prefix() {
            return prefix;
        }

        String word() {
            return table;
        }
    }

    /** A project or a cluster. */
    record ProjectRow(String id, String name, String description, long version) {}

    private final JdbcClient sql;
    private final FormerNameStore formerNames;

    ProjectStore(JdbcClient sql, FormerNameStore formerNames) {
        this.sql = sql;
        this.formerNames = formerNames;
    }

    void insert(Kind kind, String orgId, ProjectRow row, String by, Instant now) {
        formerNames.demandFree(orgId, kind.named(row.name(), row.id()), now);
        try {
            sql.sql("INSERT INTO " + kind.table + " (org_id, " + kind.table + """
                            _id, name, description, created_by, created_at)
                            VALUES (:org, :id, :name, :description, :by, :now)
                            """)
                    .param("org", orgId)
                    .param("id", row.id())
                    .param("name", row.name())
                    .param("description", row.description())
                    .param("by", by)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw ThingName.taken(kind.word(), row.name());
        }
    }

    void update(Kind kind, String orgId, ProjectRow row, Instant now) {
        String before = name(kind, orgId, row.id());
        if (!before.equalsIgnoreCase(row.name())) {
            formerNames.demandFree(orgId, kind.named(row.name(), row.id()), now);
            formerNames.giveUp(orgId, kind.named(before, row.id()), now);
        }
        try {
            sql.sql("UPDATE " + kind.table + " SET name = :name, description = :description, version = version + 1"
                            + " WHERE org_id = :org AND " + kind.table + "_id = :id")
                    .param("name", row.name())
                    .param("description", row.description())
                    .param("org", orgId)
                    .param("id", row.id())
                    .update();
        } catch (DuplicateKeyException taken) {
            throw ThingName.taken(kind.word(), row.name());
        }
    }

    private String name(Kind kind, String orgId, String id) {
        return sql.sql("SELECT name FROM " + kind.table + " WHERE org_id = :org AND " + kind.table + "_id = :id")
                .param("org", orgId)
                .param("id", id)
                .query(String.class)
                .single();
    }

    void delete(Kind kind, String orgId, String id, Instant now) {
        formerNames.giveUp(orgId, kind.named(name(kind, orgId, id), id), now);
        sql.sql("UPDATE " + kind.table + " SET deleted_at = :now WHERE org_id = :org AND " + kind.table + "_id = :id")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    Optional<ProjectRow> find(Kind kind, String orgId, String idOrName) {
        return sql.sql("SELECT " + kind.table + "_id AS id, name, description, version FROM " + kind.table
                        + " WHERE org_id = :org AND deleted_at IS NULL AND (" + kind.table
                        + "_id = :name OR lower(name) = lower(:name)) ORDER BY " + kind.table
                        + "_id = :name DESC LIMIT 1")
                .param("org", orgId)
                .param("name", idOrName)
                .query(ProjectRow.class)
                .optional();
    }

    List<ProjectRow> page(Kind kind, String orgId, String after, int limit) {
        return sql.sql("SELECT " + kind.table + "_id AS id, name, description, version FROM " + kind.table
                        + " WHERE org_id = :org AND deleted_at IS NULL AND (" + kind.table
                        + "_id > :after) ORDER BY " + kind.table + "_id LIMIT :limit")
                .param("org", orgId)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> new ProjectRow(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("description"),
                        row.getLong("version")))
                .list();
    }

    void insertRelease(String orgId, Release release, String by, Instant now) {
        try {
            sql.sql("""
                            INSERT INTO release (org_id, release_id, project_id, name, source_reference, created_by,
                                                 created_at)
                            VALUES (:org, :id, :project, :name, :source, :by, :now)
                            """)
                    .param("org", orgId)
                    .param("id", release.id())
                    .param("project", release.projectId())
                    .param("name", release.name())
                    .param("source", release.sourceReference())
                    .param("by", by)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw ThingName.taken("release", release.name());
        }
    }

    List<Release> releases(String orgId, @Nullable String projectId, String after, int limit) {
        return sql.sql("""
                        SELECT release_id AS id, project_id, name, source_reference FROM release
                         WHERE org_id = :org AND (:project::text IS NULL OR project_id = :project)
                           AND (release_id > :after)
                         ORDER BY release_id LIMIT :limit
                        """)
                .param("org", orgId)
                .param("project", projectId)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> new Release(
                        row.getString("id"),
                        row.getString("project_id"),
                        row.getString("name"),
                        row.getString("source_reference")))
                .list();
    }
}
