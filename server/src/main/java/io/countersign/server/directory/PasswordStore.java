package io.countersign.server.directory;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The hashes of people's passwords, and whose link each came from. */
@Repository
class PasswordStore {

    /** A person as the sign-in sees him. */
    record Account(
            String personId,
            String handle,
            boolean active,
            @Nullable String hash) {}

    private final JdbcClient sql;

    PasswordStore(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<Account> byHandle(String orgId, String handle) {
        return accounts("p.handle = lower(:who) AND p.deleted_at IS NULL", orgId, handle);
    }

    Optional<Account> byId(String orgId, String personId) {
        return accounts("p.person_id = :who AND p.deleted_at IS NULL", orgId, personId);
    }

    private Optional<Account> accounts(String where, String orgId, String who) {
        return sql.sql("""
                        SELECT p.person_id, p.handle, p.active, w.hash
                        FROM person p LEFT JOIN password w ON w.org_id = p.org_id AND w.person_id = p.person_id
                        WHERE p.org_id = :org AND
                        """ + where)
                .param("org", orgId)
                .param("who", who)
                .query((row, _) -> new Account(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4)))
                .optional();
    }

    /** Sets the password that came by a link; from now on it is the link's maker who counts, unconfirmed. */
    void set(String orgId, String personId, String hash, LinkStore.Link link, Instant now) {
        sql.sql("""
                        INSERT INTO password (org_id, person_id, hash, set_at, maker_id, link_made_at)
                        VALUES (:org, :person, :hash, :now, :maker, :made)
                        ON CONFLICT (org_id, person_id) DO UPDATE
                        SET hash = excluded.hash, set_at = excluded.set_at, maker_id = excluded.maker_id,
                            link_made_at = excluded.link_made_at, confirmed_by = NULL, confirmed_at = NULL
                        """)
                .param("org", orgId)
                .param("person", personId)
                .param("hash", hash)
                .param("now", ColumnStore.time(now))
                .param("maker", link.makerId())
                .param("made", ColumnStore.time(link.madeAt()))
                .update();
    }

    /** Replaces the password by the person's own hand; the credential stays the one that came by the link. */
    void replace(String orgId, String personId, String hash, Instant now) {
        sql.sql("UPDATE password SET hash = :hash, set_at = :now WHERE org_id = :org AND person_id = :person")
                .param("org", orgId)
                .param("person", personId)
                .param("hash", hash)
                .param("now", ColumnStore.time(now))
                .update();
    }

    /** Who made the link of a credential that nobody has confirmed yet. */
    Optional<String> unconfirmedMaker(String orgId, String personId) {
        return sql.sql("""
                        SELECT maker_id FROM password
                        WHERE org_id = :org AND person_id = :person AND confirmed_at IS NULL
                        """)
                .param("org", orgId)
                .param("person", personId)
                .query((row, _) -> row.getString(1))
                .optional();
    }

    void confirm(String personId, DirectoryChange change) {
        sql.sql("""
                        UPDATE password SET confirmed_by = :by, confirmed_at = :at
                        WHERE org_id = :org AND person_id = :person
                        """)
                .param("org", change.orgId())
                .param("person", personId)
                .param("by", change.by())
                .param("at", ColumnStore.time(change.now()))
                .update();
    }
}
