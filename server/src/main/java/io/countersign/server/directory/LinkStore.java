package io.countersign.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The one-time links by which people set passwords; of each secret only the hash. */
@Repository
class LinkStore {

    static final String ENROLMENT = "enrolment";
    static final String RESET = "reset";

    /** A link, open or not. */
    record Link(
            String orgId,
            String id,
            String personId,
            String kind,
            String makerId,
            Instant madeAt,
            Instant expiresAt,
            @Nullable Instant endedAt) {

        boolean opens(Instant now) {
            return endedAt == null && now.isBefore(expiresAt);
        }
    }

    private static final String COLUMNS = "org_id, link_id, person_id, kind, maker_id, made_at, expires_at, ended_at";

    private final JdbcClient sql;

    LinkStore(JdbcClient sql) {
        this.sql = sql;
    }

    void insert(Link link, String secretHash) {
        sql.sql("""
                        INSERT INTO one_time_link (org_id, link_id, secret_hash, person_id, kind, maker_id, made_at,
                            expires_at)
                        VALUES (:org, :id, :hash, :person, :kind, :maker, :made, :expires)
                        """)
                .param("org", link.orgId())
                .param("id", link.id())
                .param("hash", secretHash)
                .param("person", link.personId())
                .param("kind", link.kind())
                .param("maker", link.makerId())
                .param("made", ColumnStore.time(link.madeAt()))
                .param("expires", ColumnStore.time(link.expiresAt()))
                .update();
    }

    Optional<Link> bySecret(String secretHash) {
        return sql.sql("SELECT " + COLUMNS + " FROM one_time_link WHERE secret_hash = :hash")
                .param("hash", secretHash)
                .query(LinkStore::link)
                .optional();
    }

    /** Uses a link up; false when it is no longer open. */
    boolean use(Link link, Instant now) {
        return sql.sql("""
                                UPDATE one_time_link SET ended_at = :now, used = true
                                WHERE org_id = :org AND link_id = :id AND ended_at IS NULL AND expires_at > :now
                                """)
                        .param("org", link.orgId())
                        .param("id", link.id())
                        .param("now", ColumnStore.time(now))
                        .update()
                == 1;
    }

    /** Ends the links of a person that are still open. */
    void endAll(String orgId, String personId, Instant now) {
        sql.sql("""
                        UPDATE one_time_link SET ended_at = :now
                        WHERE org_id = :org AND person_id = :person AND ended_at IS NULL
                        """)
                .param("org", orgId)
                .param("person", personId)
                .param("now", ColumnStore.time(now))
                .update();
    }

    /** Forgets some of those that expired before; answers how many. */
    int forget(Instant before, int most) {
        return sql.sql("""
                        DELETE FROM one_time_link WHERE (org_id, link_id) IN (
                            SELECT org_id, link_id FROM one_time_link WHERE expires_at < :before LIMIT :most)
                        """)
                .param("before", ColumnStore.time(before))
                .param("most", most)
                .update();
    }

    private static Link link(ResultSet row, int number) throws SQLException {
        return new Link(
                row.getString("org_id"),
                row.getString("link_id"),
                row.getString("person_id"),
                row.getString("kind"),
                row.getString("maker_id"),
                ColumnStore.instant(row, "made_at"),
                ColumnStore.instant(row, "expires_at"),
                ColumnStore.instantOrNull(row, "ended_at"));
    }
}
