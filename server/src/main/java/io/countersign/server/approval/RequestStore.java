package io.countersign.server.approval;

import io.countersign.core.action.Ask;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Execution;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.RequestState;
import io.countersign.core.approval.Vote;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Requirement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Keeps requests and their votes; whoever changes one has locked its row before. */
@Repository
class RequestStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final RequestRows rows;

    RequestStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
        this.rows = new RequestRows(json);
    }

    /** The moment of a decision; to be read after the locks are held. */
    Instant now() {
        return jdbc.sql("SELECT countersign_now()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    Optional<StoredRequest> lock(String orgId, String id) {
        return one(orgId, "id = :key FOR UPDATE", id);
    }

    Optional<StoredRequest> lockOpen(String orgId, String openKey) {
        return one(orgId, "open_key = :key AND open FOR UPDATE", openKey);
    }

    Optional<StoredRequest> lockByGrant(String orgId, String grantId) {
        return one(orgId, "grant_id = :key FOR UPDATE", grantId);
    }

    Optional<StoredRequest> lockByExecution(String orgId, String executionId) {
        return one(orgId, "execution_id = :key FOR UPDATE", executionId);
    }

    /** The latest request with this key, whatever became of it. */
    Optional<StoredRequest> lockLatest(String orgId, String openKey) {
        return one(orgId, "open_key = :key ORDER BY number DESC LIMIT 1 FOR UPDATE", openKey);
    }

    Optional<StoredRequest> find(String orgId, String id) {
        return one(orgId, "id = :key", id);
    }

    Optional<String> idOfNumber(String orgId, long number) {
        return jdbc.sql("SELECT id FROM request WHERE org_id = :org AND number = :number")
                .param("org", orgId)
                .param("number", number)
                .query(String.class)
                .optional();
    }

    Optional<String> idOfGrant(String orgId, String grantId) {
        return jdbc.sql("SELECT id FROM request WHERE org_id = :org AND grant_id = :grant")
                .param("org", orgId)
                .param("grant", grantId)
                .query(String.class)
                .optional();
    }

    /** Requests by id with their votes, in no particular order. */
    List<StoredRequest> all(String orgId, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String[] wanted = ids.toArray(String[]::new);
        Map<String, List<Vote>> votes = new HashMap<>();
        jdbc.sql("SELECT * FROM vote WHERE org_id = :org AND request_id = ANY(:ids) AND ended_at IS NULL ORDER BY at, id")
                .param("org", orgId)
                .param("ids", wanted)
                .query((ResultSet row) -> {
                    votes.computeIfAbsent(row.getString("request_id"), _ -> new ArrayList<>())
                            .add(rows.vote(row));
                });
        return jdbc.sql("SELECT * FROM request WHERE org_id = :org AND id = ANY(:ids)")
                .param("org", orgId)
                .param("ids", wanted)
                .query((row, _) -> rows.request(row, votes.getOrDefault(row.getString("id"), List.of())))
                .list();
    }

    /**
     * The next number of an organization, in a transaction of its own that is not waited for: a later commit makes it
     * durable, because the log is written in order. Numbers rise and may leave gaps.
     */
    long nextNumber(String orgId) {
        return jdbc.sql("""
                        INSERT INTO request_number AS counter (org_id, last) VALUES (:org, 1)
                        ON CONFLICT (org_id) DO UPDATE SET last = counter.last + 1 RETURNING last
                        """)
                .param("org", orgId)
                .query(Long.class)
                .single();
    }

    void forgetDurability() {
        jdbc.sql("SET LOCAL synchronous_commit = off").update();
    }

    /** Answers whether no other open request has this key. */
    boolean insert(StoredRequest stored, String openKey, long rulesEpoch, String search) {
        ApprovalRequest request = stored.request();
        Ask ask = request.ask();
        int inserted = jdbc.sql("""
                        INSERT INTO request (org_id, id, number, open_key, open, state, subject_id, subject_kind,
                            caller_id, caller_kind, owners, accountable, token_maker, authors, action, risk, resource,
                            resource_key, resource_name, project_ids, environment_ids, digest, reason, requirements,
                            rules_epoch, opened_at, first_opened_at, deadline, supersedes, resubmits, search)
                        VALUES (:org, :id, :number, :openKey, true, 'pending', :subject, :subjectKind, :caller,
                            :callerKind, :owners, :accountable, :tokenMaker, :authors, :action, :risk, :resource::jsonb,
                            :resourceKey, :resourceName, :projects, :environments, :digest, :reason,
                            :requirements::jsonb, :epoch, :openedAt, :openedAt, :deadline, :supersedes, :resubmits,
                            :search)
                        ON CONFLICT (org_id, open_key) WHERE open DO NOTHING
                        """)
                .param("org", ask.organizationId())
                .param("id", request.id())
                .param("number", stored.number())
                .param("openKey", openKey)
                .param("subject", ask.subject().id())
                .param("subjectKind", ask.subject().kind().name())
                .param("caller", ask.caller().id())
                .param("callerKind", ask.caller().kind().name())
                .param("owners", array(request.parties().owners()))
                .param("accountable", request.parties().accountable())
                .param("tokenMaker", ask.tokenMaker())
                .param("authors", array(ask.authors()))
                .param("action", ask.action().id())
                .param("risk", ask.action().risk().name().toLowerCase(Locale.ROOT))
                .param("resource", json.writeValueAsString(ask.resource()))
                .param("resourceKey", ask.resource().key())
                .param("resourceName", stored.resourceName())
                .param("projects", array(stored.projectIds()))
                .param("environments", array(stored.environmentIds()))
                .param("digest", ask.digest().value())
                .param("reason", ask.reason())
                .param("requirements", json.writeValueAsString(request.requirements()))
                .param("epoch", rulesEpoch)
                .param("openedAt", utc(request.openedAt()))
                .param("deadline", utc(request.deadline()))
                .param("supersedes", stored.supersedes())
                .param("resubmits", stored.resubmits())
                .param("search", search)
                .update();
        if (inserted == 1) {
            insertApprovers(ask.organizationId(), stored, request.requirements());
        }
        return inserted == 1;
    }

    /** Writes what a judged command made of the request; votes are kept by {@link VoteStore}. */
    void update(StoredRequest stored, ApprovalRequest before, long rulesEpoch, @Nullable String by) {
        ApprovalRequest after = stored.request();
        String orgId = after.ask().organizationId();
        RequestState state = after.state();
        Grant grant = grant(state);
        Execution execution = execution(state);
        jdbc.sql("""
                        UPDATE request SET state = :state, open = :open, requirements = :requirements::jsonb,
                            rules_epoch = :epoch, opened_at = :openedAt, deadline = :deadline,
                            grant_id = :grant, grant_made_at = :grantMade, grant_expires_at = :grantExpires,
                            grant_usable_until = :grantUsable, execution_id = :execution, redeemer_id = :redeemer,
                            redeemer_kind = :redeemerKind, redeemed_at = :redeemedAt, ended_at = :endedAt,
                            ended_by = :endedBy, successor = :successor
                         WHERE org_id = :org AND id = :id
                        """)
                .param("state", word(state))
                .param("open", !(state instanceof RequestState.End))
                .param("requirements", json.writeValueAsString(after.requirements()))
                .param("epoch", rulesEpoch)
                .param("openedAt", utc(after.openedAt()))
                .param("deadline", utc(after.deadline()))
                .param("grant", grant == null ? null : grant.id())
                .param("grantMade", grant == null ? null : utc(grant.madeAt()))
                .param("grantExpires", grant == null ? null : utc(grant.expiresAt()))
                .param("grantUsable", grant == null ? null : utc(grant.usableUntil()))
                .param("execution", execution == null ? null : execution.executionId())
                .param("redeemer", execution == null ? null : execution.redeemer().id())
                .param("redeemerKind", execution == null ? null : execution.redeemer().kind().name())
                .param("redeemedAt", execution == null ? null : utc(execution.at()))
                .param("endedAt", endedAt(state))
                .param("endedBy", state instanceof RequestState.Denied denied ? denied.personId() : by)
                .param("successor", state instanceof RequestState.Cancelled cancelled ? cancelled.successor() : null)
                .param("org", orgId)
                .param("id", after.id())
                .update();
        indexApprovers(stored, before);
    }

    void saveOutcome(String orgId, String id, String result, Instant at, StoredRequest.OutcomeText said) {
        jdbc.sql("""
                        UPDATE request SET outcome = :result, outcome_at = :at, outcome_text = :text,
                            outcome_link = :link, outcome_artifacts = :artifacts::jsonb, outcome_by = :by
                         WHERE org_id = :org AND id = :id
                        """)
                .param("result", result)
                .param("at", utc(at))
                .param("text", said.text())
                .param("link", said.link())
                .param("artifacts", json.writeValueAsString(said.artifacts()))
                .param("by", said.reportedBy())
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    /** Lets an execution whose outcome nobody knows stand in the way of new asks no longer. */
    void unblock(String orgId, String id) {
        jdbc.sql("UPDATE request SET open = false WHERE org_id = :org AND id = :id")
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    private void indexApprovers(StoredRequest stored, ApprovalRequest before) {
        ApprovalRequest after = stored.request();
        boolean wasPending = before.state() instanceof RequestState.Pending;
        boolean isPending = after.state() instanceof RequestState.Pending;
        String orgId = after.ask().organizationId();
        if (wasPending && !isPending) {
            jdbc.sql("DELETE FROM request_approver WHERE org_id = :org AND request_id = :id")
                    .param("org", orgId)
                    .param("id", after.id())
                    .update();
        } else if (isPending && (!wasPending || after.requirements().size() > before.requirements().size())) {
            insertApprovers(orgId, stored, after.requirements());
        }
    }

    private void insertApprovers(String orgId, StoredRequest stored, List<Requirement> requirements) {
        jdbc.sql("""
                        INSERT INTO request_approver (org_id, approver, number, request_id)
                        SELECT :org, approver, :number, :id FROM unnest(:approvers) AS approver
                        ON CONFLICT DO NOTHING
                        """)
                .param("org", orgId)
                .param("number", stored.number())
                .param("id", stored.request().id())
                .param("approvers", array(approverKeys(requirements)))
                .update();
    }

    /** One key for each person, team and role that any requirement names, escalations included. */
    static Set<String> approverKeys(List<Requirement> requirements) {
        Set<String> keys = new HashSet<>();
        for (Requirement requirement : requirements) {
            addKeys(keys, requirement.approvers());
            addKeys(keys, requirement.quorum().named());
            if (requirement.escalation() != null) {
                addKeys(keys, requirement.escalation().approvers());
            }
        }
        return keys;
    }

    private static void addKeys(Set<String> keys, Approvers approvers) {
        approvers.users().forEach(id -> keys.add("user:" + id));
        approvers.teams().forEach(id -> keys.add("team:" + id));
        approvers.orgRoles().forEach(id -> keys.add("role:" + id));
    }

    private Optional<StoredRequest> one(String orgId, String where, String key) {
        List<StoredRequest> bare = jdbc.sql("SELECT * FROM request WHERE org_id = :org AND " + where)
                .param("org", orgId)
                .param("key", key)
                .query((row, _) -> rows.request(row, List.of()))
                .list();
        return bare.stream().findFirst().map(stored -> stored.withVotes(
                votes(orgId, stored.request().id())));
    }

    private List<Vote> votes(String orgId, String requestId) {
        return jdbc.sql("SELECT * FROM vote WHERE org_id = :org AND request_id = :id AND ended_at IS NULL ORDER BY at, id")
                .param("org", orgId)
                .param("id", requestId)
                .query((row, _) -> rows.vote(row))
                .list();
    }

    static String word(RequestState state) {
        return switch (state) {
            case RequestState.Pending _ -> "pending";
            case RequestState.Approved _ -> "approved";
            case RequestState.Executing _ -> "executing";
            case RequestState.Executed _ -> "executed";
            case RequestState.Denied _ -> "denied";
            case RequestState.Expired _ -> "expired";
            case RequestState.Cancelled _ -> "cancelled";
            case RequestState.GrantExpired _ -> "grant-expired";
            case RequestState.Revoked _ -> "revoked";
        };
    }

    private static @Nullable Grant grant(RequestState state) {
        return switch (state) {
            case RequestState.Approved approved -> approved.grant();
            case RequestState.Executing executing -> executing.grant();
            case RequestState.Executed executed -> executed.grant();
            case RequestState.GrantExpired expired -> expired.grant();
            case RequestState.Revoked revoked -> revoked.grant();
            case RequestState.Pending _,
                    RequestState.Denied _,
                    RequestState.Expired _,
                    RequestState.Cancelled _ ->
                null;
        };
    }

    private static @Nullable Execution execution(RequestState state) {
        return switch (state) {
            case RequestState.Executing executing -> executing.execution();
            case RequestState.Executed executed -> executed.execution();
            case RequestState.Pending _, RequestState.Approved _, RequestState.End _ -> null;
        };
    }

    private static @Nullable OffsetDateTime endedAt(RequestState state) {
        return switch (state) {
            case RequestState.Executed executed -> utc(executed.outcome().at());
            case RequestState.Denied denied -> utc(denied.at());
            case RequestState.Expired expired -> utc(expired.at());
            case RequestState.Cancelled cancelled -> utc(cancelled.at());
            case RequestState.GrantExpired expired -> utc(expired.at());
            case RequestState.Revoked revoked -> utc(revoked.at());
            case RequestState.Pending _, RequestState.Approved _, RequestState.Executing _ -> null;
        };
    }

    private static String[] array(Collection<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
