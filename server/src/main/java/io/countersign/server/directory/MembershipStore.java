package io.countersign.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who is in which team and holds which role, each with who gave it and when. */
@Repository
class MembershipStore {

    /** Somebody in a team or with a role. */
    record HolderRow(String id, String handle, String name, String grantedBy, Instant grantedAt) {}

    /** A team or role that somebody was given; of a role the handle is its id. */
    record BelongingRow(String id, String handle, String name, String grantedBy, Instant grantedAt) {}

    private final JdbcClient sql;

    MembershipStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Puts a person into a team; false when he was in it, which keeps who had put him there. */
    boolean join(String teamId, String personId, DirectoryChange change) {
        return add(
                "INSERT INTO team_member (org_id, team_id, person_id, granted_by, granted_at)",
                teamId,
                personId,
                change);
    }

    boolean leave(String orgId, String teamId, String personId) {
        return remove(
                "team_member WHERE org_id = :org AND team_id = :group AND person_id = :holder",
                orgId,
                teamId,
                personId);
    }

    /** Gives a role; false when he held it, which keeps who had given it. */
    boolean give(String roleId, String holderId, DirectoryChange change) {
        return add(
                "INSERT INTO role_holder (org_id, role_id, holder_id, granted_by, granted_at)",
                roleId,
                holderId,
                change);
    }

    boolean take(String orgId, String roleId, String holderId) {
        return remove(
                "role_holder WHERE org_id = :org AND role_id = :group AND holder_id = :holder",
                orgId,
                roleId,
                holderId);
    }

    private boolean add(String insert, String groupId, String holderId, DirectoryChange change) {
        return sql.sql(insert + " VALUES (:org, :group, :holder, :by, :at) ON CONFLICT DO NOTHING")
                        .param("org", change.orgId())
                        .param("group", groupId)
                        .param("holder", holderId)
                        .param("by", change.by())
                        .param("at", ColumnStore.time(change.now()))
                        .update()
                == 1;
    }

    private boolean remove(String where, String orgId, String groupId, String holderId) {
        return sql.sql("DELETE FROM " + where)
                        .param("org", orgId)
                        .param("group", groupId)
                        .param("holder", holderId)
                        .update()
                == 1;
    }

    /** Everybody leaves a team; answers who was in it. */
    List<String> leaveAll(String orgId, String teamId) {
        return sql.sql("DELETE FROM team_member WHERE org_id = :org AND team_id = :id RETURNING person_id")
                .param("org", orgId)
                .param("id", teamId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** A role is taken from everybody; answers who held it. */
    List<String> takeAll(String orgId, String roleId) {
        return sql.sql("DELETE FROM role_holder WHERE org_id = :org AND role_id = :id RETURNING holder_id")
                .param("org", orgId)
                .param("id", roleId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    List<HolderRow> members(String orgId, String teamId, String after, int rows) {
        return sql.sql("""
                        SELECT p.person_id AS id, p.handle, p.name, m.granted_by, m.granted_at
                        FROM team_member m JOIN person p ON p.org_id = m.org_id AND p.person_id = m.person_id
                        WHERE m.org_id = :org AND m.team_id = :id AND p.handle > :after
                        ORDER BY p.handle LIMIT :rows
                        """)
                .param("org", orgId)
                .param("id", teamId)
                .param("after", after)
                .param("rows", rows)
                .query(MembershipStore::holder)
                .list();
    }

    List<HolderRow> holders(String orgId, String roleId, String after, int rows) {
        return sql.sql("""
                        SELECT h.holder_id AS id, n.handle, coalesce(p.name, a.name) AS name, h.granted_by, h.granted_at
                        FROM role_holder h
                        JOIN handle n ON n.org_id = h.org_id AND n.holder_id = h.holder_id
                        LEFT JOIN person p ON p.org_id = h.org_id AND p.person_id = h.holder_id
                        LEFT JOIN account a ON a.org_id = h.org_id AND a.account_id = h.holder_id
                        WHERE h.org_id = :org AND h.role_id = :id AND n.handle > :after
                        ORDER BY n.handle LIMIT :rows
                        """)
                .param("org", orgId)
                .param("id", roleId)
                .param("after", after)
                .param("rows", rows)
                .query(MembershipStore::holder)
                .list();
    }

    /** The teams a person is directly in. */
    List<BelongingRow> teamsOf(String orgId, String personId) {
        return belongings("""
                        SELECT t.team_id AS id, t.handle, t.name, m.granted_by, m.granted_at
                        FROM team_member m JOIN team t ON t.org_id = m.org_id AND t.team_id = m.team_id
                        WHERE m.org_id = :org AND m.person_id = :holder
                        ORDER BY t.handle
                        """, orgId, personId);
    }

    /** The roles a person or an account holds. */
    List<BelongingRow> rolesOf(String orgId, String holderId) {
        return belongings("""
                        SELECT r.role_id AS id, r.role_id AS handle, r.name, h.granted_by, h.granted_at
                        FROM role_holder h JOIN role r ON r.org_id = h.org_id AND r.role_id = h.role_id
                        WHERE h.org_id = :org AND h.holder_id = :holder
                        ORDER BY r.role_id
                        """, orgId, holderId);
    }

    private List<BelongingRow> belongings(String query, String orgId, String holderId) {
        return sql.sql(query)
                .param("org", orgId)
                .param("holder", holderId)
                .query((row, _) -> new BelongingRow(
                        row.getString("id"),
                        row.getString("handle"),
                        row.getString("name"),
                        row.getString("granted_by"),
                        ColumnStore.instant(row, "granted_at")))
                .list();
    }

    /** How many active people hold a role, leaving one of them out. */
    long activePeopleWith(String orgId, String roleId, String butThis) {
        return sql.sql("""
                        SELECT count(*) FROM role_holder h
                        JOIN person p ON p.org_id = h.org_id AND p.person_id = h.holder_id
                        WHERE h.org_id = :org AND h.role_id = :role AND h.holder_id <> :but
                          AND p.active AND p.deleted_at IS NULL
                        """)
                .param("org", orgId)
                .param("role", roleId)
                .param("but", butThis)
                .query(Long.class)
                .single();
    }

    private static HolderRow holder(ResultSet row, int number) throws SQLException {
        return new HolderRow(
                row.getString("id"),
                row.getString("handle"),
                row.getString("name"),
                row.getString("granted_by"),
                ColumnStore.instant(row, "granted_at"));
    }
}
