package io.countersign.server.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what approvers ask to be done afterwards. */
@Repository
class FollowUpStore {

    /**
     * One thing to be done, or done.
     *
     * @param voided whether nobody owes it any more: the vote it came with was taken back or struck before it was done
     */
    record FollowUp(
            String id,
            String requestId,
            long number,
            String voteId,
            String text,
            String ownerId,
            LocalDate dueOn,
            String madeBy,
            Instant madeAt,
            @Nullable Instant doneAt,
            @Nullable String doneBy,
            @Nullable String doneNote,
            boolean voided) {}

    /** Which of them are wanted. */
    enum Wanted {
        OPEN,
        DONE,
        OVERDUE,
        ALL
    }

    /** A place in the list: the soonest due first. */
    record Mark(LocalDate dueOn, String id) {}

    /** A follow-up with whether it is void; what was done stays done, and a vote that has only lapsed may count again. */
    private static final String ALL = """
            SELECT * FROM (
                SELECT f.*, f.done_at IS NULL AND v.ended_how IN ('withdrawn', 'struck') IS TRUE AS voided
                  FROM follow_up f
                  LEFT JOIN vote v ON v.org_id = f.org_id AND v.request_id = f.request_id AND v.id = f.vote_id
            ) AS known
             WHERE org_id = :org
            """;

    private final JdbcClient jdbc;

    FollowUpStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(String orgId, FollowUp followUp) {
        jdbc.sql("""
                        INSERT INTO follow_up (org_id, id, request_id, number, vote_id, text, owner_id, due_on, made_by,
                            made_at)
                        VALUES (:org, :id, :request, :number, :vote, :text, :owner, :due, :by, :at)
                        """)
                .param("org", orgId)
                .param("id", followUp.id())
                .param("request", followUp.requestId())
                .param("number", followUp.number())
                .param("vote", followUp.voteId())
                .param("text", followUp.text())
                .param("owner", followUp.ownerId())
                .param("due", followUp.dueOn())
                .param("by", followUp.madeBy())
                .param("at", followUp.madeAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<FollowUp> lock(String orgId, String id) {
        jdbc.sql("SELECT id FROM follow_up WHERE org_id = :org AND id = :id FOR UPDATE")
                .param("org", orgId)
                .param("id", id)
                .query(String.class)
                .optional();
        return jdbc.sql(ALL + " AND id = :id")
                .param("org", orgId)
                .param("id", id)
                .query(FollowUpStore::followUp)
                .optional();
    }

    void complete(String orgId, String id, String by, Instant at, @Nullable String note) {
        jdbc.sql("""
                        UPDATE follow_up SET done_at = :at, done_by = :by, done_note = :note
                         WHERE org_id = :org AND id = :id AND done_at IS NULL
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("by", by)
                .param("note", note)
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    /** How many a person has made for a request that are not void. */
    long count(String orgId, String requestId, String madeBy) {
        return jdbc.sql("SELECT count(*) FROM (" + ALL
                        + " AND request_id = :request AND made_by = :by AND NOT voided) AS made")
                .param("org", orgId)
                .param("request", requestId)
                .param("by", madeBy)
                .query(Long.class)
                .single();
    }

    List<FollowUp> ofRequest(String orgId, String requestId) {
        return jdbc.sql(ALL + " AND request_id = :request ORDER BY due_on, id")
                .param("org", orgId)
                .param("request", requestId)
                .query(FollowUpStore::followUp)
                .list();
    }

    List<FollowUp> list(
            String orgId,
            Wanted wanted,
            @Nullable String ownerId,
            @Nullable String requestId,
            @Nullable Mark after,
            LocalDate today,
            int limit) {
        String which = switch (wanted) {
            case OPEN -> " AND done_at IS NULL AND NOT voided";
            case DONE -> " AND done_at IS NOT NULL";
            case OVERDUE -> " AND done_at IS NULL AND NOT voided AND due_on < :today";
            case ALL -> "";
        };
        String sql = ALL + which
                + (ownerId == null ? "" : " AND owner_id = :owner")
                + (requestId == null ? "" : " AND request_id = :request")
                + (after == null ? "" : " AND (due_on, id) > (:due, :id)")
                + " ORDER BY due_on, id LIMIT :limit";
        return jdbc.sql(sql)
                .param("org", orgId)
                .param("today", today)
                .param("owner", ownerId)
                .param("request", requestId)
                .param("due", after == null ? null : after.dueOn())
                .param("id", after == null ? null : after.id())
                .param("limit", limit)
                .query(FollowUpStore::followUp)
                .list();
    }

    private static FollowUp followUp(ResultSet row, int number) throws SQLException {
        return new FollowUp(
                row.getString("id"),
                row.getString("request_id"),
                row.getLong("number"),
                row.getString("vote_id"),
                row.getString("text"),
                row.getString("owner_id"),
                row.getObject("due_on", LocalDate.class),
                row.getString("made_by"),
                RequestRowStore.instant(row, "made_at"),
                RequestRowStore.instantOrNull(row, "done_at"),
                row.getString("done_by"),
                row.getString("done_note"),
                row.getBoolean("voided"));
    }
}
