package io.countersign.server.approval;

import io.countersign.core.action.PayloadDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the raw bytes that requests are about, each once for each organization. */
@Repository
class PayloadStore {

    private final JdbcClient jdbc;

    PayloadStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void save(String orgId, PayloadDigest digest, Payload payload, Instant now) {
        jdbc.sql("""
                        INSERT INTO payload (org_id, digest, media_type, bytes, stored_at)
                        VALUES (:org, :digest, :mediaType, :bytes, :now) ON CONFLICT DO NOTHING
                        """)
                .param("org", orgId)
                .param("digest", digest.value())
                .param("mediaType", payload.mediaType())
                .param("bytes", payload.bytes())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean has(String orgId, PayloadDigest digest) {
        return jdbc.sql("SELECT count(*) FROM payload WHERE org_id = :org AND digest = :digest")
                        .param("org", orgId)
                        .param("digest", digest.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** How many bytes there are, without reading them. */
    Optional<Long> size(String orgId, PayloadDigest digest) {
        return jdbc.sql("SELECT octet_length(bytes)::bigint FROM payload WHERE org_id = :org AND digest = :digest")
                .param("org", orgId)
                .param("digest", digest.value())
                .query(Long.class)
                .optional();
    }

    Optional<Payload> find(String orgId, PayloadDigest digest) {
        return jdbc.sql("SELECT media_type, bytes FROM payload WHERE org_id = :org AND digest = :digest")
                .param("org", orgId)
                .param("digest", digest.value())
                .query((row, _) -> new Payload(row.getString("media_type"), row.getBytes("bytes")))
                .optional();
    }
}
