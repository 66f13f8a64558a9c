package io.countersign.server.approval;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.ActionType;
import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Risk;
import io.countersign.core.action.Subject;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Bypassed;
import io.countersign.core.approval.Execution;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.Outcome;
import io.countersign.core.approval.Parties;
import io.countersign.core.approval.RequestState;
import io.countersign.core.approval.Vote;
import io.countersign.core.policy.Requirement;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads rows of the request and vote tables back into the values the rules judge. */
final class RequestRowStore {

    private RequestRowStore() {}

    static StoredRequest request(ResultSet row, List<Vote> votes) throws SQLException {
        return request(row, votes, StoredJson::requirements);
    }

    /** The same with another way of reading requirements, where many rows are likely to carry the same. */
    static StoredRequest request(ResultSet row, List<Vote> votes, Function<String, List<Requirement>> requirements)
            throws SQLException {
        String orgId = row.getString("org_id");
        Subject subject = subject(row, "subject");
        Subject caller = subject(row, "caller");
        Resource resource = StoredJson.resource(row.getString("resource"));
        Ask ask = new Ask(
                orgId,
                subject,
                caller,
                action(row.getString("action"), row.getString("risk"), resource.level(), row.getBoolean("emergency")),
                resource,
                new PayloadDigest(row.getString("digest")),
                row.getString("reason"),
                row.getString("token_maker"),
                set(row.getArray("authors")));
        ApprovalRequest request = new ApprovalRequest(
                row.getString("id"),
                ask,
                new Parties(
                        subject,
                        caller,
                        set(row.getArray("owners")),
                        row.getString("accountable"),
                        row.getString("token_maker"),
                        set(row.getArray("authors"))),
                requirements.apply(row.getString("requirements")),
                votes,
                state(row, ask),
                instant(row, "opened_at"),
                instant(row, "first_opened_at"),
                instant(row, "deadline"));
        return new StoredRequest(
                request,
                row.getLong("number"),
                row.getString("resource_name"),
                list(row.getArray("project_ids")),
                list(row.getArray("environment_ids")),
                list(row.getArray("cluster_ids")),
                title(row),
                row.getString("supersedes"),
                row.getString("resubmits"),
                outcomeText(row),
                instantOrNull(row, "ended_at"),
                row.getString("ended_by"),
                instantOrNull(row, "unsatisfiable_since"),
                instantOrNull(row, "reminded_at"));
    }

    /** The column that {@link #votes} reads: the live votes of the request {@code r}, oldest first. */
    static final String VOTES = """
            (SELECT json_agg(json_build_array(v.id, v.person_id, v.kind, v.note, v.digest,
                                              (extract(epoch FROM v.at) * 1000000)::bigint,
                                              v.teams, v.all_teams, v.org_roles, v.requirements)
                             ORDER BY v.at, v.id)
               FROM vote v
              WHERE v.org_id = r.org_id AND v.request_id = r.id AND v.ended_at IS NULL) AS votes""";

    /** The votes in a row that has this column. */
    static List<Vote> votes(ResultSet row) throws SQLException {
        @Nullable String rows = row.getString("votes");
        return rows == null
                ? List.of()
                : StoredJson.votes(rows).stream().map(StoredVote::vote).toList();
    }

    /** An own action type may have changed or gone since; the request keeps the risk it was opened with. */
    private static ActionType action(String id, String risk, ResourceLevel level, boolean emergency) {
        Risk then = Risk.valueOf(risk.toUpperCase(Locale.ROOT));
        return ActionCatalogue.standard()
                .find(id)
                .orElseGet(() -> ActionType.own(id, id, "", then, level, false, emergency));
    }

    private static RequestState state(ResultSet row, Ask ask) throws SQLException {
        String stored = row.getString("state");
        return switch (stored) {
            case "pending" -> new RequestState.Pending();
            case "approved" -> new RequestState.Approved(grant(row, ask));
            case "executing" -> new RequestState.Executing(grant(row, ask), execution(row));
            case "executed" ->
                new RequestState.Executed(
                        grant(row, ask),
                        execution(row),
                        new Outcome(
                                Outcome.Result.valueOf(row.getString("outcome")
                                        .toUpperCase(Locale.ROOT)
                                        .replace('-', '_')),
                                instant(row, "outcome_at")));
            case "denied" -> new RequestState.Denied(endedBy(row), instant(row, "ended_at"));
            case "expired" -> new RequestState.Expired(instant(row, "ended_at"));
            case "cancelled" -> new RequestState.Cancelled(instant(row, "ended_at"), row.getString("successor"));
            case "grant-expired" -> new RequestState.GrantExpired(grant(row, ask), instant(row, "ended_at"));
            case "revoked" ->
                new RequestState.Revoked(
                        grant(row, ask), endedBy(row), instant(row, "ended_at"), row.getString("successor"));
            default -> throw new IllegalStateException("no such state: " + stored);
        };
    }

    private static Grant grant(ResultSet row, Ask ask) throws SQLException {
        return new Grant(
                row.getString("grant_id"),
                ask.organizationId(),
                ask.subject(),
                ask.action().id(),
                ask.resource(),
                ask.digest(),
                instant(row, "grant_made_at"),
                instant(row, "grant_expires_at"),
                instant(row, "grant_usable_until"),
                bypassed(row));
    }

    private static @Nullable Bypassed bypassed(ResultSet row) throws SQLException {
        String session = row.getString("breakglass_session");
        return session == null
                ? null
                : new Bypassed(session, row.getString("breakglass_name"), set(row.getArray("bypassed")));
    }

    private static Execution execution(ResultSet row) throws SQLException {
        return new Execution(row.getString("execution_id"), subject(row, "redeemer"), instant(row, "redeemed_at"));
    }

    private static @Nullable RequestTitle title(ResultSet row) throws SQLException {
        String text = row.getString("title");
        return text == null
                ? null
                : new RequestTitle(
                        text,
                        Objects.requireNonNullElse(row.getString("title_object"), ""),
                        row.getString("release_name"));
    }

    private static StoredRequest.@Nullable OutcomeText outcomeText(ResultSet row) throws SQLException {
        if (row.getString("outcome") == null) {
            return null;
        }
        String artifacts = row.getString("outcome_artifacts");
        return new StoredRequest.OutcomeText(
                row.getString("outcome_text"),
                row.getString("outcome_link"),
                artifacts == null ? List.of() : StoredJson.strings(artifacts),
                row.getString("outcome_by"));
    }

    private static Subject subject(ResultSet row, String column) throws SQLException {
        return new Subject(row.getString(column + "_id"), PrincipalKind.valueOf(row.getString(column + "_kind")));
    }

    private static String endedBy(ResultSet row) throws SQLException {
        return Objects.requireNonNullElse(row.getString("ended_by"), "");
    }

    private static Set<String> set(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }

    private static List<String> list(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
