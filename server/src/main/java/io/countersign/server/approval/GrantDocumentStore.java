package io.countersign.server.approval;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the signed documents of grants, so that a grant reads the same for ever. */
@Repository
class GrantDocumentStore {

    /** A document, and the name of the key it was signed with. */
    record Kept(String document, String kid) {}

    private final JdbcClient sql;

    GrantDocumentStore(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<Kept> find(String orgId, String grantId) {
        return sql.sql("SELECT document, kid FROM grant_document WHERE org_id = :org AND grant_id = :grant")
                .param("org", orgId)
                .param("grant", grantId)
                .query((row, _) -> new Kept(row.getString(1), row.getString(2)))
                .optional();
    }

    /** Keeps a document, in the place of an earlier one whose key was compromised. */
    void save(String orgId, String grantId, String requestId, Kept made, Instant now) {
        sql.sql("""
                        INSERT INTO grant_document (org_id, grant_id, request_id, kid, document, made_at)
                        VALUES (:org, :grant, :request, :kid, :document, :now)
                        ON CONFLICT (org_id, grant_id) DO UPDATE
                           SET kid = excluded.kid, document = excluded.document, made_at = excluded.made_at
                        """)
                .param("org", orgId)
                .param("grant", grantId)
                .param("request", requestId)
                .param("kid", made.kid())
                .param("document", made.document())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
