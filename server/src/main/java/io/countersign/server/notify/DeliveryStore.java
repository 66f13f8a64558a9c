package io.countersign.server.notify;

import io.countersign.server.platform.StrictJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what is told to whom, and how far it has come. */
@Repository
class DeliveryStore {

    private static final JsonMapper JSON = StrictJson.mapper();

    private static final String COLUMNS = """
            d.org_id, d.id, d.leaf_index, n.type, n.request_id, n.request_number, d.recipient_id, d.means, d.state,
            d.attempts, d.next_at, d.last_error, d.made_at, d.ended_at
            """;

    private static final String SELECT = "SELECT " + COLUMNS + """
             FROM notification_delivery d
             JOIN notification n ON n.org_id = d.org_id AND n.leaf_index = d.leaf_index
            WHERE d.org_id = :org
            """;

    private final JdbcClient sql;

    DeliveryStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Keeps what is told of an entry; an entry is told once. */
    void insert(String orgId, Notice notice, @Nullable String requestId) {
        sql.sql("""
                        INSERT INTO notification (org_id, leaf_index, type, at, request_id, request_number, notice)
                        VALUES (:org, :leaf, :type, :at, :request, :number, :notice)
                        ON CONFLICT DO NOTHING
                        """)
                .param("org", orgId)
                .param("leaf", notice.leafIndex())
                .param("type", notice.type())
                .param("at", time(notice.at()))
                .param("request", requestId)
                .param("number", notice.number())
                .param("notice", JSON.writeValueAsString(notice))
                .update();
    }

    /** Keeps that somebody is to be told at once; of one entry everybody is told once. */
    void insert(String orgId, String id, long leafIndex, Recipient recipient, Instant now) {
        sql.sql("""
                        INSERT INTO notification_delivery
                            (org_id, id, leaf_index, recipient_id, means, next_at, made_at)
                        VALUES (:org, :id, :leaf, :recipient, :means, :now, :now)
                        ON CONFLICT (org_id, leaf_index, recipient_id) DO NOTHING
                        """)
                .param("org", orgId)
                .param("id", id)
                .param("leaf", leafIndex)
                .param("recipient", recipient.id())
                .param("means", recipient.means())
                .param("now", time(now))
                .update();
    }

    /** Whether something of this kind was told about the same thing since then. */
    boolean toldSince(String orgId, @Nullable String requestId, String type, Instant since) {
        return sql.sql("""
                        SELECT EXISTS (SELECT 1 FROM notification
                         WHERE org_id = :org AND request_id = :request AND type = :type AND at > :since)
                        """)
                .param("org", orgId)
                .param("request", requestId)
                .param("type", type)
                .param("since", time(since))
                .query(Boolean.class)
                .single();
    }

    /**
     * Takes up what is due, at most one for each recipient who is told nothing just now; nobody else takes it before the
     * lease has ended.
     *
     * @param only the recipient to look at, or none for all
     */
    List<Delivery> take(String means, @Nullable Delivery only, int limit, Instant now, Duration lease) {
        return sql.sql("""
                        WITH open AS (
                            SELECT org_id, id, row_number() OVER (PARTITION BY org_id, recipient_id
                                                                  ORDER BY next_at, id) AS place
                              FROM notification_delivery
                             WHERE state = 'pending' AND means = :means AND next_at <= :now
                               AND (:org::text IS NULL OR (org_id = :org AND recipient_id = :recipient))
                        ), due AS (
                            SELECT d.org_id, d.id
                              FROM notification_delivery d
                              JOIN open ON open.org_id = d.org_id AND open.id = d.id AND open.place = 1
                             WHERE d.state = 'pending' AND d.next_at <= :now
                               AND (d.leased_until IS NULL OR d.leased_until <= :now)
                             ORDER BY d.next_at, d.id
                             LIMIT :limit
                               FOR UPDATE OF d SKIP LOCKED
                        ), taken AS (
                            UPDATE notification_delivery t
                               SET attempts = t.attempts + 1, leased_until = :until
                              FROM due WHERE t.org_id = due.org_id AND t.id = due.id
                            RETURNING t.*
                        )
                        SELECT %s FROM taken d
                          JOIN notification n ON n.org_id = d.org_id AND n.leaf_index = d.leaf_index
                        """.formatted(COLUMNS))
                .param("means", means)
                .param("org", only == null ? null : only.orgId())
                .param("recipient", only == null ? null : only.recipientId())
                .param("limit", limit)
                .param("now", time(now))
                .param("until", time(now.plus(lease)))
                .query(DeliveryStore::delivery)
                .list();
    }

    /** What is told in a delivery. */
    Notice notice(Delivery delivery) {
        return sql.sql("SELECT notice FROM notification WHERE org_id = :org AND leaf_index = :leaf")
                .param("org", delivery.orgId())
                .param("leaf", delivery.leafIndex())
                .query((row, _) -> JSON.readValue(row.getString(1), Notice.class))
                .single();
    }

    Optional<Delivery> find(String orgId, String id) {
        return sql.sql(SELECT + " AND d.id = :id")
                .param("org", orgId)
                .param("id", id)
                .query(DeliveryStore::delivery)
                .optional();
    }

    Optional<Delivery> lock(String orgId, String id) {
        return sql.sql(SELECT + " AND d.id = :id FOR UPDATE OF d")
                .param("org", orgId)
                .param("id", id)
                .query(DeliveryStore::delivery)
                .optional();
    }

    /** Every delivery to a recipient that is still open, held until the transaction ends. */
    List<Delivery> lockOpen(String orgId, String recipientId) {
        return sql.sql(SELECT
                        + " AND d.recipient_id = :recipient AND d.state = 'pending' ORDER BY d.id FOR UPDATE OF d")
                .param("org", orgId)
                .param("recipient", recipientId)
                .query(DeliveryStore::delivery)
                .list();
    }

    /** The latest first; what was made after the key of the last page is left out. */
    List<Delivery> page(String orgId, @Nullable String state, @Nullable String recipientId, String before, int rows) {
        return sql.sql(SELECT + """
                         AND (:state::text IS NULL OR d.state = :state)
                         AND (:recipient::text IS NULL OR d.recipient_id = :recipient)
                         AND (:before = '' OR d.id < :before)
                        ORDER BY d.id DESC LIMIT :rows
                        """)
                .param("org", orgId)
                .param("state", state)
                .param("recipient", recipientId)
                .param("before", before)
                .param("rows", rows)
                .query(DeliveryStore::delivery)
                .list();
    }

    /** Whether something has reached a recipient since then. */
    boolean deliveredSince(String orgId, String recipientId, Instant since) {
        return sql.sql("""
                        SELECT EXISTS (SELECT 1 FROM notification_delivery
                         WHERE org_id = :org AND recipient_id = :recipient AND state = 'delivered'
                           AND ended_at >= :since)
                        """)
                .param("org", orgId)
                .param("recipient", recipientId)
                .param("since", time(since))
                .query(Boolean.class)
                .single();
    }

    void end(Delivery delivery, String state, @Nullable String error, Instant now) {
        sql.sql("""
                        UPDATE notification_delivery
                           SET state = :state, last_error = :error, ended_at = :now, leased_until = NULL
                         WHERE org_id = :org AND id = :id
                        """)
                .param("org", delivery.orgId())
                .param("id", delivery.id())
                .param("state", state)
                .param("error", error)
                .param("now", time(now))
                .update();
    }

    void later(Delivery delivery, String error, Instant nextAt) {
        sql.sql("""
                        UPDATE notification_delivery
                           SET last_error = :error, next_at = :next, leased_until = NULL
                         WHERE org_id = :org AND id = :id
                        """)
                .param("org", delivery.orgId())
                .param("id", delivery.id())
                .param("error", error)
                .param("next", time(nextAt))
                .update();
    }

    /** Begins anew with one that was given up. */
    void reopen(Delivery delivery, Instant now) {
        sql.sql("""
                        UPDATE notification_delivery
                           SET state = 'pending', attempts = 0, next_at = :now, ended_at = NULL, leased_until = NULL
                         WHERE org_id = :org AND id = :id
                        """)
                .param("org", delivery.orgId())
                .param("id", delivery.id())
                .param("now", time(now))
                .update();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Delivery(
                row.getString("org_id"),
                row.getString("id"),
                row.getLong("leaf_index"),
                row.getString("type"),
                row.getString("request_id"),
                row.getString("request_number"),
                row.getString("recipient_id"),
                row.getString("means"),
                row.getString("state"),
                row.getInt("attempts"),
                row.getObject("next_at", OffsetDateTime.class).toInstant(),
                row.getString("last_error"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant());
    }
}
