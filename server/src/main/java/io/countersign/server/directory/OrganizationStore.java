package io.countersign.server.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The organizations themselves. */
@Repository
class OrganizationStore {

    private final JdbcClient sql;

    OrganizationStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Adds an organization; false when there is one of that handle. */
    boolean insert(String orgId, String handle, String name, Instant now) {
        return sql.sql("""
                                INSERT INTO organization (org_id, handle, name, created_at)
                                VALUES (:org, :handle, :name, :now)
                                ON CONFLICT (handle) DO NOTHING
                                """)
                        .param("org", orgId)
                        .param("handle", handle)
                        .param("name", name)
                        .param("now", ColumnStore.time(now))
                        .update()
                == 1;
    }

    Optional<String> byHandle(String handle) {
        return sql.sql("SELECT org_id FROM organization WHERE handle = lower(:handle)")
                .param("handle", handle)
                .query((row, _) -> row.getString(1))
                .optional();
    }

    /** The ids of the two oldest, which tells whether there is none, one, or more. */
    List<String> oldestTwo() {
        return sql.sql("SELECT org_id FROM organization ORDER BY created_at, org_id LIMIT 2")
                .query((row, _) -> row.getString(1))
                .list();
    }

    long version(String orgId) {
        return sql.sql("SELECT version FROM organization WHERE org_id = :org")
                .param("org", orgId)
                .query(Long.class)
                .single();
    }

    /** Keeps what was true before somebody changed by what rules are judged. */
    void remember(String orgId, String by, Instant at, Settings before) {
        sql.sql("""
                        INSERT INTO settings_change (org_id, at, changed_by, zone_before, own_change_window_before_s)
                        VALUES (:org, :at, :by, :zone, :window)
                        """)
                .param("org", orgId)
                .param("at", ColumnStore.time(at))
                .param("by", by)
                .param("zone", before.zone().getId())
                .param("window", before.ownChangeWindow().toSeconds())
                .update();
    }

    void update(String orgId, Settings settings) {
        sql.sql("""
                        UPDATE organization
                        SET name = :name, zone = :zone, stale_after_s = :stale, denial_memory_s = :denial,
                            own_change_window_s = :own, vote_reason_required = :reason, asks_per_minute = :asks,
                            payload_limit_bytes = :payload, outcome_after_s = :outcome,
                            breakglass_min_s = :least, breakglass_max_s = :most,
                            breakglass_closure_after_s = :closure, breakglass_review_after_s = :review,
                            breakglass_blocks_next = :blocks, version = version + 1
                        WHERE org_id = :org
                        """)
                .param("org", orgId)
                .param("name", settings.name())
                .param("zone", settings.zone().getId())
                .param("stale", settings.staleAfter().toSeconds())
                .param("denial", settings.denialMemory().toSeconds())
                .param("own", settings.ownChangeWindow().toSeconds())
                .param("reason", JsonWords.of(settings.voteReasonRequired()))
                .param("asks", settings.asksPerMinute())
                .param("payload", settings.payloadLimit())
                .param("outcome", settings.outcomeAfter().toSeconds())
                .param("least", settings.breakglass().least().toSeconds())
                .param("most", settings.breakglass().most().toSeconds())
                .param("closure", settings.breakglass().closureAfter().toSeconds())
                .param("review", settings.breakglass().reviewAfter().toSeconds())
                .param("blocks", JsonWords.of(settings.breakglass().blocksNext()))
                .update();
    }
}
