package io.countersign.server.breakglass;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.breakglass.EndCause;
import io.countersign.core.breakglass.Opening;
import io.countersign.core.breakglass.Session;
import io.countersign.core.breakglass.SessionScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps sessions. Whoever changes what decisions rest on has locked the organization's epoch before. */
@Repository
class BreakglassStore {

    /** Which sessions a list shows. */
    record Wanted(
            @Nullable String ownerId,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long before) {}

    private static final Pattern NUMBER = Pattern.compile("(?i)BG-[1-9][0-9]{0,17}");

    private static final String SESSIONS = """
            SELECT s.*, r.state AS request_state, r.grant_made_at, r.ended_at AS request_ended_at, r.ended_by AS request_ended_by,
                   r.deadline AS request_deadline, r.number AS request_number, countersign_now() AS read_at
              FROM breakglass_session s
              LEFT JOIN request r ON r.org_id = s.org_id AND r.id = s.request_id
             WHERE s.org_id = :org
            """;

    private final JdbcClient sql;

    BreakglassStore(JdbcClient sql) {
        this.sql = sql;
    }

    Instant now() {
        return sql.sql("SELECT countersign_now()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** The number of the next session; to be drawn while the organization's epoch is locked. */
    long nextNumber(String orgId) {
        return sql.sql("SELECT coalesce(max(number), 0) + 1 FROM breakglass_session WHERE org_id = :org")
                .param("org", orgId)
                .query(Long.class)
                .single();
    }

    void insert(KeptSession kept) {
        Session session = kept.session();
        List<SessionScope.Target> targets = List.copyOf(session.scope().targets());
        sql.sql("""
                        INSERT INTO breakglass_session (org_id, id, number, owner_id, reason, incident, closure_owner_id,
                            actions, target_levels, target_ids, duration_s, opened_at, idempotency_key, request_id, told_opened)
                        VALUES (:org, :id, :number, :owner, :reason, :incident, :closureOwner, :actions, :levels, :ids,
                            :duration, :openedAt, :key, :request, :told)
                        """)
                .param("org", kept.orgId())
                .param("id", session.id())
                .param("number", session.number())
                .param("owner", session.ownerId())
                .param("reason", session.reason())
                .param("incident", session.incident())
                .param("closureOwner", kept.closureOwnerId())
                .param("actions", session.scope().actions().stream().sorted().toArray(String[]::new))
                .param(
                        "levels",
                        targets.stream()
                                .map(target -> target.level().name().toLowerCase(Locale.ROOT))
                                .toArray(String[]::new))
                .param("ids", targets.stream().map(SessionScope.Target::id).toArray(String[]::new))
                .param("duration", session.duration().toSeconds())
                .param("openedAt", utc(kept.openedAt()))
                .param("key", kept.key())
                .param("request", kept.requestId())
                .param("told", kept.told().opened())
                .update();
    }

    /** A session that people name by id or by number. */
    Optional<KeptSession> find(String orgId, String name) {
        return NUMBER.matcher(name).matches()
                ? one(orgId, " AND s.number = :key", Long.parseLong(name, 3, name.length(), 10))
                : one(orgId, " AND s.id = :key", name);
    }

    /** Keeps a session as it is until the transaction ends, if there is one; others may do so at the same time. */
    void hold(String orgId, String id) {
        one(orgId, " AND s.id = :key FOR SHARE OF s", id);
    }

    /** The same, its row locked for bookkeeping. */
    Optional<KeptSession> lock(String orgId, String id) {
        return one(orgId, " AND s.id = :key FOR UPDATE OF s", id);
    }

    /** The session whose opening this request gates. */
    boolean gatedBy(String orgId, String requestId) {
        return one(orgId, " AND s.request_id = :key", requestId).isPresent();
    }

    /** Sessions whose end is not in the audit log yet; those that run are among them. */
    List<KeptSession> unended(String orgId) {
        return sql.sql(SESSIONS + " AND s.ended_at IS NULL ORDER BY s.number")
                .param("org", orgId)
                .query((row, _) -> kept(row))
                .list();
    }

    /** The organizations that have sessions which run, or owe something. */
    Set<String> busyOrganizations() {
        return new HashSet<>(sql.sql("""
                        SELECT DISTINCT s.org_id FROM breakglass_session s
                         WHERE s.ended_at IS NULL
                            OR (s.ended_why <> 'not-opened'
                                AND (NOT EXISTS (SELECT 1 FROM breakglass_closure c
                                        WHERE c.org_id = s.org_id AND c.session_id = s.id)
                                  OR NOT EXISTS (SELECT 1 FROM breakglass_review v
                                        WHERE v.org_id = s.org_id AND v.session_id = s.id)))
                        """).query((row, _) -> row.getString(1)).list());
    }

    /** Sessions that ended and still owe something. */
    List<KeptSession> owing(String orgId) {
        return sql.sql(SESSIONS + """
                          AND s.ended_at IS NOT NULL AND s.ended_why <> 'not-opened'
                          AND (NOT EXISTS (SELECT 1 FROM breakglass_closure c
                                WHERE c.org_id = s.org_id AND c.session_id = s.id)
                           OR NOT EXISTS (SELECT 1 FROM breakglass_review v
                                WHERE v.org_id = s.org_id AND v.session_id = s.id))
                        ORDER BY s.number
                        """)
                .param("org", orgId)
                .query((row, _) -> kept(row))
                .list();
    }

    /** Sessions, the newest first. */
    List<KeptSession> page(String orgId, Wanted wanted, int rows) {
        return sql.sql(SESSIONS + """
                          AND (:owner::text IS NULL OR s.owner_id = :owner)
                          AND (:from::timestamptz IS NULL OR s.opened_at >= :from)
                          AND (:to::timestamptz IS NULL OR s.opened_at < :to)
                          AND (:before::bigint IS NULL OR s.number < :before)
                        ORDER BY s.number DESC LIMIT :rows
                        """)
                .param("org", orgId)
                .param("owner", wanted.ownerId())
                .param("from", wanted.from() == null ? null : utc(wanted.from()))
                .param("to", wanted.to() == null ? null : utc(wanted.to()))
                .param("before", wanted.before())
                .param("rows", rows)
                .query((row, _) -> kept(row))
                .list();
    }

    /** Ends it before its time, once: answers whether this was the end. */
    boolean end(String orgId, String id, Instant at, EndCause cause, String by, @Nullable String note) {
        return sql.sql("""
                        UPDATE breakglass_session SET end_at = :at, end_cause = :cause, end_by = :by, end_note = :note
                         WHERE org_id = :org AND id = :id AND end_at IS NULL
                        """)
                        .param("at", utc(at))
                        .param("cause", word(cause))
                        .param("by", by)
                        .param("note", note)
                        .param("org", orgId)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Notes the maximum that the organization has lowered; raised again, it stays lowered for this session. */
    void lower(String orgId, String id, Duration most) {
        sql.sql("""
                        UPDATE breakglass_session SET most_s = least(coalesce(most_s, :most), :most)
                         WHERE org_id = :org AND id = :id
                        """)
                .param("most", most.toSeconds())
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    /** Notes that its end is in the audit log: answers whether it was not yet. */
    boolean recordEnd(String orgId, String id, Instant at, String why) {
        return sql.sql("""
                        UPDATE breakglass_session SET ended_at = :at, ended_why = :why
                         WHERE org_id = :org AND id = :id AND ended_at IS NULL
                        """)
                        .param("at", utc(at))
                        .param("why", why)
                        .param("org", orgId)
                        .param("id", id)
                        .update()
                == 1;
    }

    void told(String orgId, String id, KeptSession.Told told) {
        sql.sql("""
                        UPDATE breakglass_session SET told_opened = :opened, told_ends_soon = :endsSoon,
                            told_idle_since = :idle, told_closure_due = :closure, told_review_due = :review
                         WHERE org_id = :org AND id = :id
                        """)
                .param("opened", told.opened())
                .param("endsSoon", told.endsSoon())
                .param("idle", told.idleSince() == null ? null : utc(told.idleSince()))
                .param("closure", told.closureDue())
                .param("review", told.reviewDue())
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    private Optional<KeptSession> one(String orgId, String where, Object key) {
        return sql.sql(SESSIONS + where)
                .param("org", orgId)
                .param("key", key)
                .query((row, _) -> kept(row))
                .optional();
    }

    private static KeptSession kept(ResultSet row) throws SQLException {
        String[] levels = (String[]) row.getArray("target_levels").getArray();
        String[] ids = (String[]) row.getArray("target_ids").getArray();
        List<SessionScope.Target> targets = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            targets.add(new SessionScope.Target(ResourceLevel.valueOf(levels[i].toUpperCase(Locale.ROOT)), ids[i]));
        }
        Session.End end = end(row);
        Session session = new Session(
                row.getString("id"),
                row.getLong("number"),
                row.getString("owner_id"),
                row.getString("reason"),
                row.getString("incident"),
                new SessionScope(Set.of((String[]) row.getArray("actions").getArray()), Set.copyOf(targets)),
                Duration.ofSeconds(row.getLong("duration_s")),
                opening(row),
                end);
        long most = row.getLong("most_s");
        boolean lowered = !row.wasNull();
        long number = row.getLong("request_number");
        Instant ended = instant(row, "ended_at");
        String endBy = row.getString("end_by");
        return new KeptSession(
                row.getString("org_id"),
                session,
                row.getString("closure_owner_id"),
                lowered ? Duration.ofSeconds(most) : null,
                required(row, "opened_at"),
                row.getString("idempotency_key"),
                row.getString("request_id"),
                row.getString("request_id") == null ? null : "AR-" + number,
                endBy != null || end == null ? endBy : row.getString("request_ended_by"),
                row.getString("end_note"),
                ended == null ? null : new KeptSession.RecordedEnd(ended, row.getString("ended_why")),
                new KeptSession.Told(
                        row.getBoolean("told_opened"),
                        row.getBoolean("told_ends_soon"),
                        instant(row, "told_idle_since"),
                        row.getBoolean("told_closure_due"),
                        row.getBoolean("told_review_due")));
    }

    /** Whoever takes back the approval of the opening ends the session. */
    private static Session.@Nullable End end(ResultSet row) throws SQLException {
        Instant at = instant(row, "end_at");
        if (at != null) {
            return new Session.End(
                    at,
                    EndCause.valueOf(
                            row.getString("end_cause").toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return "revoked".equals(row.getString("request_state"))
                ? new Session.End(required(row, "request_ended_at"), EndCause.REVOKED)
                : null;
    }

    private static Opening opening(ResultSet row) throws SQLException {
        String state = row.getString("request_state");
        if (state == null) {
            return new Opening.AtOnce(required(row, "opened_at"));
        }
        return switch (state) {
            case "pending" ->
                required(row, "read_at").isBefore(required(row, "request_deadline"))
                        ? new Opening.Awaited()
                        : new Opening.Refused("expired");
            case "approved", "executing", "executed", "grant-expired", "revoked" ->
                new Opening.Approved(required(row, "grant_made_at"));
            default -> new Opening.Refused(state);
        };
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
