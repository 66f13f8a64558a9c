package io.countersign.server.approval;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps which pending requests can be met by nobody, and which have not been looked at since people or rules changed. */
@Repository
class OutlookStore {

    /** A pending request to look at, and whether it is flagged. */
    record Unseen(String orgId, String requestId, boolean flagged) {}

    private final JdbcClient jdbc;

    OutlookStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Pending requests last looked at before the present epoch of their organization, the least seen first. */
    List<Unseen> unseen(int limit) {
        return jdbc.sql("""
                        SELECT r.org_id, r.id, r.unsatisfiable_since IS NOT NULL AS flagged
                          FROM organization_epoch e
                          JOIN LATERAL (SELECT org_id, id, unsatisfiable_since FROM request
                                         WHERE org_id = e.org_id AND state = 'pending' AND outlook_epoch < e.epoch
                                         ORDER BY outlook_epoch LIMIT :limit) r ON true
                         LIMIT :limit
                        """)
                .param("limit", limit)
                .query((row, _) -> new Unseen(row.getString("org_id"), row.getString("id"), row.getBoolean("flagged")))
                .list();
    }

    /**
     * What waits for people, over all organizations.
     *
     * @param stale pending for longer than their organizations want
     * @param unsatisfiable flagged because nobody can meet what they need
     */
    record Waiting(long pending, long stale, long unsatisfiable) {}

    Waiting waiting() {
        return jdbc.sql("""
                        SELECT count(*) AS pending,
                               count(*) FILTER (WHERE r.opened_at < c.now - make_interval(secs => o.stale_after_s)) AS stale,
                               count(*) FILTER (WHERE r.unsatisfiable_since IS NOT NULL) AS unsatisfiable
                          FROM (SELECT countersign_now() AS now) c, request r JOIN organization o ON o.org_id = r.org_id
                         WHERE r.state = 'pending' AND r.deadline > c.now
                        """)
                .query((row, _) ->
                        new Waiting(row.getLong("pending"), row.getLong("stale"), row.getLong("unsatisfiable")))
                .single();
    }

    /** Notes that these were looked at; one that somebody is deciding on just now is left for the next time. */
    void seen(String orgId, Collection<String> requestIds, long epoch) {
        jdbc.sql("""
                        WITH free AS (
                            SELECT id FROM request WHERE org_id = :org AND id = ANY(:ids) FOR UPDATE SKIP LOCKED
                        )
                        UPDATE request SET outlook_epoch = :epoch FROM free
                         WHERE request.org_id = :org AND request.id = free.id
                        """)
                .param("org", orgId)
                .param("ids", requestIds.toArray(String[]::new))
                .param("epoch", epoch)
                .update();
    }

    /** Sets or takes away the flag of a locked request. */
    void flag(String orgId, String requestId, @Nullable Instant since, long epoch) {
        jdbc.sql("""
                        UPDATE request SET unsatisfiable_since = :since, outlook_epoch = :epoch
                         WHERE org_id = :org AND id = :id
                        """)
                .param("since", since == null ? null : since.atOffset(ZoneOffset.UTC))
                .param("epoch", epoch)
                .param("org", orgId)
                .param("id", requestId)
                .update();
    }
}
