package io.countersign.server.notify;

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

/** Keeps the destinations of every organization, their secrets encrypted. */
@Repository
class DestinationStore {

    private static final String SELECT = """
            SELECT org_id, id, means, name, address, secret, earlier_secret, earlier_until, made_by, made_at,
                   disabled_at, disabled_why, version
              FROM notification_destination
             WHERE org_id = :org AND removed_at IS NULL
            """;

    private final JdbcClient sql;

    DestinationStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Adds a destination; false when another one has this name. */
    boolean insert(Destination made) {
        return sql.sql("""
                                INSERT INTO notification_destination
                                    (org_id, id, means, name, address, secret, made_by, made_at)
                                VALUES (:org, :id, :means, :name, :address, :secret, :by, :at)
                                ON CONFLICT (org_id, lower(name)) WHERE removed_at IS NULL DO NOTHING
                                """)
                        .param("org", made.orgId())
                        .param("id", made.id())
                        .param("means", made.means())
                        .param("name", made.name())
                        .param("address", made.address())
                        .param("secret", made.secret())
                        .param("by", made.madeBy())
                        .param("at", time(made.madeAt()))
                        .update()
                == 1;
    }

    /** Every destination, in the order in which they were made. */
    List<Destination> all(String orgId) {
        return sql.sql(SELECT + " ORDER BY id")
                .param("org", orgId)
                .query(DestinationStore::destination)
                .list();
    }

    Optional<Destination> find(String orgId, String id) {
        return sql.sql(SELECT + " AND id = :id")
                .param("org", orgId)
                .param("id", id)
                .query(DestinationStore::destination)
                .optional();
    }

    /** The same, held until the transaction ends. */
    Optional<Destination> lock(String orgId, String id) {
        return sql.sql(SELECT + " AND id = :id FOR UPDATE")
                .param("org", orgId)
                .param("id", id)
                .query(DestinationStore::destination)
                .optional();
    }

    /** Whether another destination has this name already. */
    boolean nameTaken(String orgId, String id, String name) {
        return sql.sql("""
                        SELECT EXISTS (SELECT 1 FROM notification_destination
                         WHERE org_id = :org AND id <> :id AND lower(name) = lower(:name) AND removed_at IS NULL)
                        """)
                .param("org", orgId)
                .param("id", id)
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    void update(String orgId, String id, String name, String address) {
        sql.sql("""
                        UPDATE notification_destination
                           SET name = :name, address = :address, version = version + 1
                         WHERE org_id = :org AND id = :id
                        """)
                .param("org", orgId)
                .param("id", id)
                .param("name", name)
                .param("address", address)
                .update();
    }

    void rotate(String orgId, String id, String sealed, @Nullable String earlier, Instant earlierUntil) {
        sql.sql("""
                        UPDATE notification_destination
                           SET secret = :secret, earlier_secret = :earlier, earlier_until = :until,
                               version = version + 1
                         WHERE org_id = :org AND id = :id
                        """)
                .param("org", orgId)
                .param("id", id)
                .param("secret", sealed)
                .param("earlier", earlier)
                .param("until", time(earlierUntil))
                .update();
    }

    void disable(String orgId, String id, String why, Instant now) {
        sql.sql("""
                        UPDATE notification_destination
                           SET disabled_at = :now, disabled_why = :why, version = version + 1
                         WHERE org_id = :org AND id = :id
                        """)
                .param("org", orgId)
                .param("id", id)
                .param("why", why)
                .param("now", time(now))
                .update();
    }

    void enable(String orgId, String id) {
        sql.sql("""
                        UPDATE notification_destination
                           SET disabled_at = NULL, disabled_why = NULL, version = version + 1
                         WHERE org_id = :org AND id = :id
                        """).param("org", orgId).param("id", id).update();
    }

    /** Removes it; its secrets go at once, its row stays for the names of old deliveries. */
    void remove(String orgId, String id, Instant now) {
        sql.sql("""
                        UPDATE notification_destination
                           SET removed_at = :now, secret = NULL, earlier_secret = NULL, version = version + 1
                         WHERE org_id = :org AND id = :id
                        """).param("org", orgId).param("id", id).param("now", time(now)).update();
    }

    /** Holds the list of an organization still, so that its length can be counted. */
    void lockOrganization(String orgId) {
        sql.sql("SELECT 1 FROM organization WHERE org_id = :org FOR NO KEY UPDATE")
                .param("org", orgId)
                .query(Integer.class)
                .single();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Destination destination(ResultSet row, int number) throws SQLException {
        return new Destination(
                row.getString("org_id"),
                row.getString("id"),
                row.getString("means"),
                row.getString("name"),
                row.getString("address"),
                row.getString("secret"),
                row.getString("earlier_secret"),
                instant(row, "earlier_until"),
                row.getString("made_by"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                instant(row, "disabled_at"),
                row.getString("disabled_why"),
                row.getLong("version"));
    }
}
