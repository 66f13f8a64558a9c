package io.countersign.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The teams of organizations, and who put whom into them. */
@Repository
class TeamStore {

    /** A team. */
    record TeamRow(
            String id,
            String handle,
            String name,
            @Nullable String parentId,
            @Nullable String parentHandle,
            boolean countsAsDistinct,
            long memberCount,
            String createdBy,
            Instant createdAt,
            long version) {}

    private static final String SELECT = """
            SELECT t.team_id, t.handle, t.name, t.parent_id, p.handle AS parent_handle, t.counts_as_distinct,
                t.created_by, t.created_at, t.version,
                (SELECT count(*) FROM team_member m WHERE m.org_id = t.org_id AND m.team_id = t.team_id) AS members
            FROM team t LEFT JOIN team p ON p.org_id = t.org_id AND p.team_id = t.parent_id
            WHERE t.org_id = :org AND t.deleted_at IS NULL
            """;

    private final JdbcClient sql;

    TeamStore(JdbcClient sql) {
        this.sql = sql;
    }

    void insert(
            String teamId,
            String handle,
            String name,
            @Nullable String parentId,
            boolean distinct,
            DirectoryChange change) {
        sql.sql("""
                        INSERT INTO team (org_id, team_id, handle, name, parent_id, parent_set_by, parent_set_at,
                            counts_as_distinct, created_by, created_at)
                        VALUES (:org, :id, :handle, :name, :parent, :by, :at, :distinct, :by, :at)
                        """)
                .param("org", change.orgId())
                .param("id", teamId)
                .param("handle", handle)
                .param("name", name)
                .param("parent", parentId)
                .param("distinct", distinct)
                .param("by", change.by())
                .param("at", ColumnStore.time(change.now()))
                .update();
    }

    Optional<TeamRow> find(String orgId, String teamId) {
        return sql.sql(SELECT + " AND t.team_id = :id")
                .param("org", orgId)
                .param("id", teamId)
                .query(TeamStore::team)
                .optional();
    }

    List<TeamRow> list(String orgId, String after, int rows) {
        return sql.sql(SELECT + " AND t.handle > :after ORDER BY t.handle LIMIT :rows")
                .param("org", orgId)
                .param("after", after)
                .param("rows", rows)
                .query(TeamStore::team)
                .list();
    }

    void update(String teamId, String name, boolean distinct, DirectoryChange change) {
        sql.sql("""
                        UPDATE team SET name = :name, counts_as_distinct = :distinct, version = version + 1
                        WHERE org_id = :org AND team_id = :id
                        """)
                .param("org", change.orgId())
                .param("id", teamId)
                .param("name", name)
                .param("distinct", distinct)
                .update();
    }

    void putBelow(String teamId, @Nullable String parentId, DirectoryChange change) {
        sql.sql("""
                        UPDATE team SET parent_id = :parent, parent_set_by = :by, parent_set_at = :at,
                            version = version + 1
                        WHERE org_id = :org AND team_id = :id
                        """)
                .param("org", change.orgId())
                .param("id", teamId)
                .param("parent", parentId)
                .param("by", change.by())
                .param("at", ColumnStore.time(change.now()))
                .update();
    }

    /** Whether a team is this one or stands anywhere below it. */
    boolean isWithin(String orgId, String teamId, String ancestorId) {
        return sql.sql("""
                        WITH RECURSIVE upwards AS (
                            SELECT team_id, parent_id FROM team WHERE org_id = :org AND team_id = :id
                            UNION
                            SELECT t.team_id, t.parent_id FROM team t JOIN upwards u ON t.team_id = u.parent_id
                            WHERE t.org_id = :org)
                        SELECT count(*) > 0 FROM upwards WHERE team_id = :ancestor
                        """)
                .param("org", orgId)
                .param("id", teamId)
                .param("ancestor", ancestorId)
                .query(Boolean.class)
                .single();
    }

    List<String> directlyBelow(String orgId, String teamId) {
        return sql.sql("SELECT team_id FROM team WHERE org_id = :org AND parent_id = :id ORDER BY team_id")
                .param("org", orgId)
                .param("id", teamId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    void delete(String teamId, DirectoryChange change) {
        sql.sql("""
                        UPDATE team SET deleted_at = :at, parent_id = NULL, version = version + 1
                        WHERE org_id = :org AND team_id = :id
                        """)
                .param("org", change.orgId())
                .param("id", teamId)
                .param("at", ColumnStore.time(change.now()))
                .update();
    }

    private static TeamRow team(ResultSet row, int number) throws SQLException {
        return new TeamRow(
                row.getString("team_id"),
                row.getString("handle"),
                row.getString("name"),
                row.getString("parent_id"),
                row.getString("parent_handle"),
                row.getBoolean("counts_as_distinct"),
                row.getLong("members"),
                row.getString("created_by"),
                ColumnStore.instant(row, "created_at"),
                row.getLong("version"));
    }
}
