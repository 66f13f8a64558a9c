package io.countersign.server.directory;

import io.countersign.server.platform.Duplicates;
import io.countersign.server.platform.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The roles of organizations, built-in and own ones. */
@Repository
class RoleStore {

    /** A role with how many hold it. */
    record RoleRow(Role role, long holderCount, long version) {}

    private static final String SELECT = """
            SELECT r.role_id, r.name, r.description, r.built_in, r.version,
                (SELECT count(*) FROM role_holder h WHERE h.org_id = r.org_id AND h.role_id = r.role_id) AS holders
            FROM role r WHERE r.org_id = :org
            """;

    private final JdbcClient sql;

    RoleStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Adds a role; false when there is one of that id. */
    boolean insert(Role role, DirectoryChange change) {
        return sql.sql("""
                                INSERT INTO role (org_id, role_id, name, description, built_in, created_by, created_at)
                                VALUES (:org, :id, :name, :description, :builtIn, :by, :at)
                                ON CONFLICT DO NOTHING
                                """)
                        .param("org", change.orgId())
                        .param("id", role.id())
                        .param("name", role.name())
                        .param("description", role.description())
                        .param("builtIn", role.builtIn())
                        .param("by", change.by())
                        .param("at", ColumnStore.time(change.now()))
                        .update()
                == 1;
    }

    /** Refuses names of roles that are none, and one that is there twice: 400 {@code role-not-found}, {@code duplicate-id}. */
    void demand(String orgId, List<String> roleIds) {
        for (String roleId : roleIds) {
            if (find(orgId, roleId).isEmpty()) {
                throw ProblemException.badField("role-not-found", "roles", "there is no role `" + roleId + "`");
            }
        }
        Duplicates.demandNone("roles", roleIds, roleIds);
    }

    Optional<RoleRow> find(String orgId, String roleId) {
        return sql.sql(SELECT + " AND r.role_id = :id")
                .param("org", orgId)
                .param("id", roleId)
                .query(RoleStore::role)
                .optional();
    }

    List<RoleRow> list(String orgId, String after, int rows) {
        return sql.sql(SELECT + " AND r.role_id > :after ORDER BY r.role_id LIMIT :rows")
                .param("org", orgId)
                .param("after", after)
                .param("rows", rows)
                .query(RoleStore::role)
                .list();
    }

    void update(String orgId, String roleId, String name, String description) {
        sql.sql("""
                        UPDATE role SET name = :name, description = :description, version = version + 1
                        WHERE org_id = :org AND role_id = :id
                        """)
                .param("org", orgId)
                .param("id", roleId)
                .param("name", name)
                .param("description", description)
                .update();
    }

    void delete(String orgId, String roleId) {
        sql.sql("DELETE FROM role WHERE org_id = :org AND role_id = :id AND NOT built_in")
                .param("org", orgId)
                .param("id", roleId)
                .update();
    }

    private static RoleRow role(ResultSet row, int number) throws SQLException {
        return new RoleRow(
                new Role(
                        row.getString("role_id"),
                        row.getString("name"),
                        row.getString("description"),
                        row.getBoolean("built_in")),
                row.getLong("holders"),
                row.getLong("version"));
    }
}
