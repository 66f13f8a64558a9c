package io.countersign.server.signing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the signing keys of every organization, the private ones encrypted. */
@Repository
class SigningKeyStore {

    static final String NEXT = "next";
    static final String ACTIVE = "active";
    static final String RETIRED = "retired";

    private final JdbcClient sql;

    SigningKeyStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** One key as it is kept. */
    static final class Row {

        private final String kid;
        private final KeyUse use;
        private final String state;
        private final byte[] publicKey;
        private final @Nullable String sealed;
        private final Instant madeAt;
        private final @Nullable Instant retiredAt;
        private final @Nullable Instant publishedUntil;
        private final boolean withdrawn;

        private Row(ResultSet row) throws SQLException {
            kid = row.getString("kid");
            use = KeyUse.named(row.getString("use")).orElseThrow();
            state = row.getString("state");
            publicKey = row.getBytes("public_key");
            sealed = row.getString("private_key");
            madeAt = row.getObject("made_at", OffsetDateTime.class).toInstant();
            retiredAt = instant(row, "retired_at");
            publishedUntil = instant(row, "published_until");
            withdrawn = row.getBoolean("withdrawn");
        }

        private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }

        String kid() {
            return kid;
        }

        KeyUse use() {
            return use;
        }

        String state() {
            return state;
        }

        /** In X.509 form. */
        byte[] publicKey() {
            return publicKey.clone();
        }

        /** The private key, encrypted; none once the key has retired. */
        @Nullable
        String sealed() {
            return sealed;
        }

        Instant madeAt() {
            return madeAt;
        }

        @Nullable
        Instant retiredAt() {
            return retiredAt;
        }

        @Nullable
        Instant publishedUntil() {
            return publishedUntil;
        }

        boolean withdrawn() {
            return withdrawn;
        }
    }

    /** The key that is in this state, {@code next} or {@code active}. */
    Optional<Row> find(String orgId, KeyUse use, String state) {
        return sql.sql("SELECT * FROM signing_key WHERE org_id = :org AND use = :use AND state = :state")
                .param("org", orgId)
                .param("use", use.id())
                .param("state", state)
                .query((row, _) -> new Row(row))
                .optional();
    }

    /** Every key there ever was, newest first. */
    List<Row> all(String orgId) {
        return sql.sql("SELECT * FROM signing_key WHERE org_id = :org ORDER BY made_at DESC, state, kid")
                .param("org", orgId)
                .query((row, _) -> new Row(row))
                .list();
    }

    /** The keys that verifiers are told of, oldest first. */
    List<Row> published(String orgId) {
        return sql.sql("""
                        SELECT * FROM signing_key
                         WHERE org_id = :org AND (state <> 'retired' OR published_until > countersign_now())
                         ORDER BY made_at, kid
                        """).param("org", orgId).query((row, _) -> new Row(row)).list();
    }

    boolean isWithdrawn(String orgId, String kid) {
        return sql.sql("SELECT withdrawn FROM signing_key WHERE org_id = :org AND kid = :kid")
                .param("org", orgId)
                .param("kid", kid)
                .query(Boolean.class)
                .single();
    }

    /** Adds a key; false when another one is in that state, made by somebody else at the same moment. */
    boolean insert(String orgId, KeyUse use, String state, String kid, byte[] publicKey, String sealed, Instant now) {
        return sql.sql("""
                                INSERT INTO signing_key (org_id, kid, use, state, public_key, private_key, made_at)
                                VALUES (:org, :kid, :use, :state, :public, :sealed, :now)
                                ON CONFLICT (org_id, use, state) WHERE state <> 'retired' DO NOTHING
                                """)
                        .param("org", orgId)
                        .param("kid", kid)
                        .param("use", use.id())
                        .param("state", state)
                        .param("public", publicKey)
                        .param("sealed", sealed)
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    /** Lets nobody else make or rotate keys of this organization until the transaction ends. */
    void lock(String orgId) {
        sql.sql("SELECT org_id FROM organization WHERE org_id = :org FOR NO KEY UPDATE")
                .param("org", orgId)
                .query(String.class)
                .single();
    }

    void activate(String orgId, String kid) {
        sql.sql("UPDATE signing_key SET state = 'active' WHERE org_id = :org AND kid = :kid AND state = 'next'")
                .param("org", orgId)
                .param("kid", kid)
                .update();
    }

    /** A key signs no more, its private half is forgotten, and verifiers are told of it until then. */
    void retire(String orgId, String kid, Instant now, Instant publishedUntil) {
        sql.sql("""
                        UPDATE signing_key
                           SET state = 'retired', private_key = NULL, retired_at = :now, published_until = :until
                         WHERE org_id = :org AND kid = :kid
                        """)
                .param("org", orgId)
                .param("kid", kid)
                .param("now", utc(now))
                .param("until", utc(publishedUntil))
                .update();
    }

    /** No retired key of this use is published any longer, and what they signed proves nothing. */
    void withdraw(String orgId, KeyUse use, Instant now) {
        sql.sql("""
                        UPDATE signing_key SET published_until = least(published_until, :now), withdrawn = true
                         WHERE org_id = :org AND use = :use AND state = 'retired'
                        """)
                .param("org", orgId)
                .param("use", use.id())
                .param("now", utc(now))
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
