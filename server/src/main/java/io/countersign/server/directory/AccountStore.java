package io.countersign.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The service accounts and agents of organizations, and the one bootstrap account of each. */
@Repository
class AccountStore {

    /** The bootstrap account of an organization. */
    record BootstrapAccount(String orgId, String id) {}

    /** An account. */
    record AccountRow(
            String id,
            String handle,
            String name,
            String kind,
            @Nullable String ownerId,
            @Nullable String accountableId,
            boolean active,
            List<String> roles,
            String createdBy,
            Instant createdAt,
            long version) {}

    private static final String SELECT = """
            SELECT a.account_id, a.handle, a.name, a.kind, a.owner_id, a.accountable_id, a.active, a.created_by,
                a.created_at, a.version,
                (SELECT array_agg(h.role_id ORDER BY h.role_id)
                    FROM role_holder h WHERE h.org_id = a.org_id AND h.holder_id = a.account_id) AS roles
            FROM account a WHERE a.org_id = :org AND a.deleted_at IS NULL
            """;

    private final JdbcClient sql;

    AccountStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** The bootstrap account of the organization with this handle, or of the oldest one. */
    Optional<BootstrapAccount> bootstrap(Optional<String> organizationHandle) {
        return sql.sql("""
                        SELECT o.org_id, a.account_id
                        FROM organization o JOIN account a ON a.org_id = o.org_id AND a.kind = 'bootstrap'
                        WHERE :handle::text IS NULL OR o.handle = :handle
                        ORDER BY o.created_at, o.org_id LIMIT 1
                        """)
                .param("handle", organizationHandle.orElse(null))
                .query((row, _) -> new BootstrapAccount(row.getString(1), row.getString(2)))
                .optional();
    }

    void insert(
            String accountId,
            String handle,
            String name,
            String kind,
            @Nullable String ownerId,
            @Nullable String accountableId,
            DirectoryChange change) {
        sql.sql("""
                        INSERT INTO account (org_id, account_id, handle, name, kind, owner_id, accountable_id,
                            created_by, created_at)
                        VALUES (:org, :id, :handle, :name, :kind, :owner, :accountable, :by, :at)
                        """)
                .param("org", change.orgId())
                .param("id", accountId)
                .param("handle", handle)
                .param("name", name)
                .param("kind", kind)
                .param("owner", ownerId)
                .param("accountable", accountableId)
                .param("by", change.by())
                .param("at", ColumnStore.time(change.now()))
                .update();
    }

    Optional<AccountRow> find(String orgId, String accountId) {
        return sql.sql(SELECT + " AND a.account_id = :id")
                .param("org", orgId)
                .param("id", accountId)
                .query(AccountStore::account)
                .optional();
    }

    List<AccountRow> list(String orgId, String after, int rows) {
        return sql.sql(SELECT + " AND a.handle > :after ORDER BY a.handle LIMIT :rows")
                .param("org", orgId)
                .param("after", after)
                .param("rows", rows)
                .query(AccountStore::account)
                .list();
    }

    void update(
            String orgId,
            String accountId,
            String name,
            @Nullable String ownerId,
            @Nullable String accountableId,
            boolean active) {
        sql.sql("""
                        UPDATE account SET name = :name, owner_id = :owner, accountable_id = :accountable,
                            active = :active, version = version + 1
                        WHERE org_id = :org AND account_id = :id
                        """)
                .param("org", orgId)
                .param("id", accountId)
                .param("name", name)
                .param("owner", ownerId)
                .param("accountable", accountableId)
                .param("active", active)
                .update();
    }

    /** Whether an account is this one or is owned by it through other accounts. */
    boolean isOwnedThrough(String orgId, String accountId, String ownerId) {
        return sql.sql("""
                        WITH RECURSIVE upwards AS (
                            SELECT account_id, owner_id FROM account WHERE org_id = :org AND account_id = :id
                            UNION
                            SELECT a.account_id, a.owner_id FROM account a JOIN upwards u ON a.account_id = u.owner_id
                            WHERE a.org_id = :org)
                        SELECT count(*) > 0 FROM upwards WHERE account_id = :owner
                        """)
                .param("org", orgId)
                .param("id", accountId)
                .param("owner", ownerId)
                .query(Boolean.class)
                .single();
    }

    void delete(String orgId, String accountId, Instant now) {
        for (String statement : List.of(
                "DELETE FROM role_holder WHERE org_id = :org AND holder_id = :id",
                "DELETE FROM permission_grant WHERE org_id = :org AND principal_id = :id")) {
            sql.sql(statement).param("org", orgId).param("id", accountId).update();
        }
        sql.sql("""
                        UPDATE account SET active = false, deleted_at = :now, version = version + 1
                        WHERE org_id = :org AND account_id = :id
                        """)
                .param("org", orgId)
                .param("id", accountId)
                .param("now", ColumnStore.time(now))
                .update();
    }

    private static AccountRow account(ResultSet row, int number) throws SQLException {
        return new AccountRow(
                row.getString("account_id"),
                row.getString("handle"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("owner_id"),
                row.getString("accountable_id"),
                row.getBoolean("active"),
                ColumnStore.texts(row, "roles"),
                row.getString("created_by"),
                ColumnStore.instant(row, "created_at"),
                row.getLong("version"));
    }
}
