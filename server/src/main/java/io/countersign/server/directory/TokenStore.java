package io.countersign.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The API tokens of people and accounts; of each secret only the hash. */
@Repository
class TokenStore {

    /** A token, whether it still stands or not. */
    record Token(
            String orgId,
            String id,
            String principalId,
            String makerId,
            String name,
            List<String> scopes,
            Instant madeAt,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            boolean compromised,
            @Nullable Instant lastUsedAt) {}

    private static final String COLUMNS = """
            org_id, token_id, principal_id, maker_id, name, scopes, made_at, expires_at, revoked_at, compromised,
            last_used_at
            """;

    private final JdbcClient sql;

    TokenStore(JdbcClient sql) {
        this.sql = sql;
    }

    void insert(Token token, String secretHash) {
        sql.sql("""
                        INSERT INTO api_token (org_id, token_id, secret_hash, principal_id, maker_id, name, scopes,
                            made_at, expires_at)
                        VALUES (:org, :id, :hash, :principal, :maker, :name, :scopes, :made, :expires)
                        """)
                .param("org", token.orgId())
                .param("id", token.id())
                .param("hash", secretHash)
                .param("principal", token.principalId())
                .param("maker", token.makerId())
                .param("name", token.name())
                .param("scopes", token.scopes().toArray(String[]::new))
                .param("made", ColumnStore.time(token.madeAt()))
                .param("expires", ColumnStore.time(token.expiresAt()))
                .update();
    }

    Optional<Token> bySecret(String secretHash) {
        return sql.sql("SELECT " + COLUMNS + " FROM api_token WHERE secret_hash = :hash")
                .param("hash", secretHash)
                .query(TokenStore::token)
                .optional();
    }

    Optional<Token> byId(String orgId, String tokenId) {
        return sql.sql("SELECT " + COLUMNS + " FROM api_token WHERE org_id = :org AND token_id = :id")
                .param("org", orgId)
                .param("id", tokenId)
                .query(TokenStore::token)
                .optional();
    }

    /** The same with the database's time at the reading. */
    Optional<ColumnStore.Read<Token>> read(String orgId, String tokenId) {
        return sql.sql("SELECT countersign_now() AS read_at, " + COLUMNS
                        + " FROM api_token WHERE org_id = :org AND token_id = :id")
                .param("org", orgId)
                .param("id", tokenId)
                .query(ColumnStore.reading(TokenStore::token))
                .optional();
    }

    /** Tokens of these principals, or of all where none are given, oldest first. */
    List<Token> list(String orgId, @Nullable List<String> principalIds, String after, int rows) {
        return sql.sql("SELECT " + COLUMNS + """
                         FROM api_token
                        WHERE org_id = :org AND token_id > :after
                          AND (:principals::text[] IS NULL OR principal_id = ANY (:principals))
                        ORDER BY token_id
                        LIMIT :rows
                        """)
                .param("org", orgId)
                .param("principals", principalIds == null ? null : principalIds.toArray(String[]::new))
                .param("after", after)
                .param("rows", rows)
                .query(TokenStore::token)
                .list();
    }

    void touch(String orgId, String tokenId, Instant now) {
        sql.sql("""
                        UPDATE api_token SET last_used_at = greatest(last_used_at, :now)
                        WHERE org_id = :org AND token_id = :id
                        """)
                .param("org", orgId)
                .param("id", tokenId)
                .param("now", ColumnStore.time(now))
                .update();
    }

    void revoke(String orgId, String tokenId, String by, boolean compromised, Instant now) {
        sql.sql("""
                        UPDATE api_token
                        SET revoked_at = coalesce(revoked_at, :now), revoked_by = coalesce(revoked_by, :by),
                            compromised = compromised OR :compromised
                        WHERE org_id = :org AND token_id = :id
                        """)
                .param("org", orgId)
                .param("id", tokenId)
                .param("by", by)
                .param("compromised", compromised)
                .param("now", ColumnStore.time(now))
                .update();
    }

    /** Revokes all tokens of a principal; answers how many ended before their time. */
    int revokeAll(String orgId, String principalId, String by, Instant now) {
        return sql.sql("""
                        UPDATE api_token SET revoked_at = :now, revoked_by = :by
                        WHERE org_id = :org AND principal_id = :principal AND revoked_at IS NULL AND expires_at > :now
                        """)
                .param("org", orgId)
                .param("principal", principalId)
                .param("by", by)
                .param("now", ColumnStore.time(now))
                .update();
    }

    private static Token token(ResultSet row, int number) throws SQLException {
        return new Token(
                row.getString("org_id"),
                row.getString("token_id"),
                row.getString("principal_id"),
                row.getString("maker_id"),
                row.getString("name"),
                ColumnStore.texts(row, "scopes"),
                ColumnStore.instant(row, "made_at"),
                ColumnStore.instant(row, "expires_at"),
                ColumnStore.instantOrNull(row, "revoked_at"),
                row.getBoolean("compromised"),
                ColumnStore.instantOrNull(row, "last_used_at"));
    }
}
