package io.countersign.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The people of organizations. */
@Repository
class PersonStore {

    /**
     * A person with everything he was given.
     *
     * @param roles ids of the roles held
     * @param teams handles of the teams he is directly in, each with {@code @}
     * @param credentialMaker who made the link his password came from; none before he has enrolled
     */
    record PersonRow(
            String id,
            String handle,
            String name,
            @Nullable String email,
            boolean active,
            List<String> roles,
            List<String> teams,
            @Nullable String credentialMaker,
            @Nullable Instant credentialConfirmedAt,
            String createdBy,
            Instant createdAt,
            long version) {}

    private static final String SELECT = """
            SELECT p.person_id, p.handle, p.name, p.email, p.active, p.created_by, p.created_at, p.version,
                w.maker_id, w.confirmed_at,
                (SELECT array_agg(h.role_id ORDER BY h.role_id)
                    FROM role_holder h WHERE h.org_id = p.org_id AND h.holder_id = p.person_id) AS roles,
                (SELECT array_agg('@' || t.handle ORDER BY t.handle)
                    FROM team_member m JOIN team t ON t.org_id = m.org_id AND t.team_id = m.team_id
                    WHERE m.org_id = p.org_id AND m.person_id = p.person_id) AS teams
            FROM person p LEFT JOIN password w ON w.org_id = p.org_id AND w.person_id = p.person_id
            WHERE p.org_id = :org AND p.deleted_at IS NULL
            """;

    private final JdbcClient sql;

    PersonStore(JdbcClient sql) {
        this.sql = sql;
    }

    void insert(
            String orgId, String personId, String handle, String name, @Nullable String email, DirectoryChange change) {
        sql.sql("""
                        INSERT INTO person (org_id, person_id, handle, name, email, created_by, created_at,
                            activated_by, activated_at)
                        VALUES (:org, :id, :handle, :name, :email, :by, :at, :by, :at)
                        """)
                .param("org", orgId)
                .param("id", personId)
                .param("handle", handle)
                .param("name", name)
                .param("email", email)
                .param("by", change.by())
                .param("at", ColumnStore.time(change.now()))
                .update();
    }

    Optional<PersonRow> find(String orgId, String personId) {
        return sql.sql(SELECT + " AND p.person_id = :id")
                .param("org", orgId)
                .param("id", personId)
                .query(PersonStore::person)
                .optional();
    }

    List<PersonRow> list(String orgId, @Nullable String text, String after, int rows) {
        return sql.sql(SELECT + """
                         AND p.handle > :after
                          AND (:text::text IS NULL OR p.handle LIKE '%' || :text || '%'
                               OR lower(p.name) LIKE '%' || :text || '%')
                        ORDER BY p.handle LIMIT :rows
                        """)
                .param("org", orgId)
                .param("text", text)
                .param("after", after)
                .param("rows", rows)
                .query(PersonStore::person)
                .list();
    }

    void update(String orgId, String personId, String name, @Nullable String email) {
        sql.sql("""
                        UPDATE person SET name = :name, email = :email, version = version + 1
                        WHERE org_id = :org AND person_id = :id
                        """)
                .param("org", orgId)
                .param("id", personId)
                .param("name", name)
                .param("email", email)
                .update();
    }

    void activate(String orgId, String personId, DirectoryChange change) {
        sql.sql("""
                        UPDATE person SET active = true, activated_by = :by, activated_at = :at, version = version + 1
                        WHERE org_id = :org AND person_id = :id
                        """)
                .param("org", orgId)
                .param("id", personId)
                .param("by", change.by())
                .param("at", ColumnStore.time(change.now()))
                .update();
    }

    void deactivate(String orgId, String personId) {
        sql.sql("""
                        UPDATE person SET active = false, version = version + 1
                        WHERE org_id = :org AND person_id = :id
                        """).param("org", orgId).param("id", personId).update();
    }

    /** Takes away everything he was given; his row stays for the names of old requests. */
    void delete(String orgId, String personId, Instant now) {
        for (String statement : List.of(
                "DELETE FROM team_member WHERE org_id = :org AND person_id = :id",
                "DELETE FROM role_holder WHERE org_id = :org AND holder_id = :id",
                "DELETE FROM permission_grant WHERE org_id = :org AND principal_id = :id")) {
            sql.sql(statement).param("org", orgId).param("id", personId).update();
        }
        sql.sql("""
                        UPDATE person SET active = false, deleted_at = :now, version = version + 1
                        WHERE org_id = :org AND person_id = :id
                        """)
                .param("org", orgId)
                .param("id", personId)
                .param("now", ColumnStore.time(now))
                .update();
    }

    private static PersonRow person(ResultSet row, int number) throws SQLException {
        return new PersonRow(
                row.getString("person_id"),
                row.getString("handle"),
                row.getString("name"),
                row.getString("email"),
                row.getBoolean("active"),
                ColumnStore.texts(row, "roles"),
                ColumnStore.texts(row, "teams"),
                row.getString("maker_id"),
                ColumnStore.instantOrNull(row, "confirmed_at"),
                row.getString("created_by"),
                ColumnStore.instant(row, "created_at"),
                row.getLong("version"));
    }
}
