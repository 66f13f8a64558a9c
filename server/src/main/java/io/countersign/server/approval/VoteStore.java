package io.countersign.server.approval;

import io.countersign.core.approval.Vote;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps votes; a vote that no longer stands is ended and never deleted. */
@Repository
class VoteStore {

    /** Why a vote ended. */
    enum Ended {
        WITHDRAWN,
        STRUCK,
        LAPSED
    }

    /** A vote of any time, as the timeline shows it. */
    record PastVote(
            String id,
            String personId,
            Vote.Kind kind,
            @Nullable String note,
            @Nullable String risk,
            Instant at,
            String channel,
            String credentialId,
            @Nullable Instant endedAt,
            @Nullable String endedHow) {}

    /** A live vote that was cast with a certain credential. */
    record VotePlace(String orgId, String requestId, String voteId) {}

    private final JdbcClient jdbc;

    VoteStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(String orgId, String requestId, Vote vote, ApprovalEntries.Ballot ballot) {
        jdbc.sql("""
                        INSERT INTO vote (org_id, request_id, id, person_id, kind, note, digest, at, teams, all_teams,
                                          org_roles, requirements, channel, credential_id, risk_acknowledged)
                        VALUES (:org, :request, :id, :person, :kind, :note, :digest, :at, :teams, :allTeams, :roles,
                                :requirements, :channel, :credential, :risk)
                        """)
                .param("org", orgId)
                .param("request", requestId)
                .param("id", vote.id())
                .param("person", vote.personId())
                .param("kind", vote.kind().name().toLowerCase(Locale.ROOT))
                .param("note", vote.note())
                .param("digest", vote.digest().value())
                .param("at", utc(vote.at()))
                .param("teams", array(vote.teams()))
                .param("allTeams", array(vote.allTeams()))
                .param("roles", array(vote.orgRoles()))
                .param("requirements", array(vote.requirements()))
                .param("channel", ballot.channel())
                .param("credential", ballot.credentialId())
                .param("risk", ballot.risk())
                .update();
    }

    void end(String orgId, String requestId, Set<String> voteIds, Ended how, Instant now) {
        if (!voteIds.isEmpty()) {
            jdbc.sql("""
                            UPDATE vote SET ended_at = :now, ended_how = :how
                             WHERE org_id = :org AND request_id = :request AND id = ANY(:ids) AND ended_at IS NULL
                            """)
                    .param("now", utc(now))
                    .param("how", how.name().toLowerCase(Locale.ROOT))
                    .param("org", orgId)
                    .param("request", requestId)
                    .param("ids", array(voteIds))
                    .update();
        }
    }

    List<PastVote> history(String orgId, String requestId) {
        return jdbc.sql("SELECT * FROM vote WHERE org_id = :org AND request_id = :request ORDER BY at, id")
                .param("org", orgId)
                .param("request", requestId)
                .query((row, _) -> past(row))
                .list();
    }

    List<VotePlace> liveOnPending(String orgId, String credentialId) {
        return jdbc.sql("""
                        SELECT v.org_id, v.request_id, v.id FROM vote v
                          JOIN request r ON r.org_id = v.org_id AND r.id = v.request_id
                         WHERE v.org_id = :org AND v.credential_id = :credential AND v.ended_at IS NULL
                           AND r.state = 'pending'
                         ORDER BY v.request_id
                        """)
                .param("org", orgId)
                .param("credential", credentialId)
                .query((row, _) ->
                        new VotePlace(row.getString("org_id"), row.getString("request_id"), row.getString("id")))
                .list();
    }

    private static PastVote past(ResultSet row) throws SQLException {
        return new PastVote(
                row.getString("id"),
                row.getString("person_id"),
                Vote.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("note"),
                row.getString("risk_acknowledged"),
                RequestRowStore.instant(row, "at"),
                row.getString("channel"),
                row.getString("credential_id"),
                RequestRowStore.instantOrNull(row, "ended_at"),
                row.getString("ended_how"));
    }

    private static String[] array(Collection<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
