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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps requests and their votes; whoever changes one has locked its row before. */
@Repository
class RequestStore {

    /** A request that the clock or a changed rule has something to say about. */
    record Due(String orgId, String requestId) {}

    private static final Pattern NUMBER = Pattern.compile("(?i)AR-[1-9][0-9]{0,17}");

    private final JdbcClient jdbc;

    RequestStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    /** Denials on the same subject, action and resource since, whatever the payload, without this request itself. */
    List<StoredRequest> denials(String orgId, ApprovalRequest like, Instant since) {
        List<Long> numbers = jdbc.sql("""
                        SELECT number FROM request
                         WHERE org_id = :org AND subject_id = :subject AND action = :action AND state = 'denied'
                           AND ended_at >= :since AND resource ->> 'id' = :resource AND id <> :id
                         ORDER BY ended_at DESC LIMIT 20
                        """)
                .param("org", orgId)
                .param("subject", like.ask().subject().id())
                .param("action", like.ask().action().id())
                .param("since", utc(since))
                .param("resource", like.ask().resource().id())
                .param("id", like.id())
                .query((row, _) -> row.getLong(1))
                .list();
        return allByNumber(orgId, numbers);
    }

    /** What is pending past its deadline, approved past its grant, or not judged by the rules of now. */
    List<Due> due(Instant now, int limit) {
        return jdbc.sql("""
                        (SELECT org_id, id FROM request WHERE state = 'pending' AND deadline <= :now LIMIT :limit)
                        UNION
                        (SELECT org_id, id FROM request WHERE state = 'approved' AND grant_expires_at <= :now LIMIT :limit)
                        UNION
                        (SELECT r.org_id, r.id FROM policy_epoch p JOIN request r ON r.org_id = p.org_id
                          WHERE r.state = 'pending' AND r.rules_epoch < p.epoch LIMIT :limit)
                        UNION
                        (SELECT org_id, id FROM request WHERE state = 'pending' AND review_at <= :now LIMIT :limit)
                        LIMIT :limit
                        """)
                .param("now", utc(now))
                .param("limit", limit)
                .query((row, _) -> new Due(row.getString("org_id"), row.getString("id")))
                .list();
    }

    void seen(String orgId, String id, RulesSeen seen) {
        jdbc.sql("UPDATE request SET rules_epoch = :epoch, review_at = :reviewAt WHERE org_id = :org AND id = :id")
                .param("epoch", seen.epoch())
                .param("reviewAt", seen.nextRule().map(RequestStore::utc).orElse(null))
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    long openedSince(String orgId, String subjectId, Instant since) {
        return jdbc.sql("""
                        SELECT count(*) FROM (SELECT first_opened_at FROM request
                          WHERE org_id = :org AND subject_id = :subject ORDER BY number DESC LIMIT 10000) AS latest
                         WHERE first_opened_at > :since
                        """)
                .param("org", orgId)
                .param("subject", subjectId)
                .param("since", utc(since))
                .query(Long.class)
                .single();
    }

    boolean resubmitted(String orgId, String requestId) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM request WHERE org_id = :org AND resubmits = :id)")
                .param("org", orgId)
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }

    Optional<StoredRequest> find(String orgId, String id) {
        return one(orgId, "id = :key", id);
    }

    /** The id of a request that people name by id or by number. */
    Optional<String> idOf(String orgId, String name) {
        if (!NUMBER.matcher(name).matches()) {
            return Optional.of(name);
        }
        long number = Long.parseLong(name, 3, name.length(), 10);
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

    /** Requests by number with their votes, in no particular order. */
    List<StoredRequest> allByNumber(String orgId, Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        Long[] wanted = numbers.toArray(Long[]::new);
        Map<String, List<Vote>> votes = new HashMap<>();
        jdbc.sql("""
                        SELECT v.* FROM vote v JOIN request r ON r.org_id = v.org_id AND r.id = v.request_id
                         WHERE r.org_id = :org AND r.number = ANY(:numbers) AND v.ended_at IS NULL ORDER BY v.at, v.id
                        """).param("org", orgId).param("numbers", wanted).query((ResultSet row) -> {
            votes.computeIfAbsent(row.getString("request_id"), _ -> new ArrayList<>())
                    .add(RequestRowStore.vote(row));
        });
        return jdbc.sql("SELECT * FROM request WHERE org_id = :org AND number = ANY(:numbers)")
                .param("org", orgId)
                .param("numbers", wanted)
                .query((row, _) -> RequestRowStore.request(row, votes.getOrDefault(row.getString("id"), List.of())))
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
                        """).param("org", orgId).query(Long.class).single();
    }

    void forgetDurability() {
        jdbc.sql("SET LOCAL synchronous_commit = off").update();
    }

    /** Answers whether no other open request has this key. */
    boolean insert(StoredRequest stored, String openKey, RulesSeen seen, String search) {
        ApprovalRequest request = stored.request();
        Ask ask = request.ask();
        int inserted = jdbc.sql("""
                        INSERT INTO request (org_id, id, number, open_key, open, state, subject_id, subject_kind,
                            caller_id, caller_kind, owners, accountable, token_maker, authors, action, risk, resource,
                            resource_key, resource_name, project_ids, environment_ids, digest, reason, requirements,
                            rules_epoch, review_at, opened_at, first_opened_at, deadline, supersedes, resubmits, search)
                        VALUES (:org, :id, :number, :openKey, true, 'pending', :subject, :subjectKind, :caller,
                            :callerKind, :owners, :accountable, :tokenMaker, :authors, :action, :risk, :resource::jsonb,
                            :resourceKey, :resourceName, :projects, :environments, :digest, :reason,
                            :requirements::jsonb, :epoch, :reviewAt, :openedAt, :openedAt, :deadline, :supersedes, :resubmits,
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
                .param("resource", StoredJson.write(ask.resource()))
                .param("resourceKey", ask.resource().key())
                .param("resourceName", stored.resourceName())
                .param("projects", array(stored.projectIds()))
                .param("environments", array(stored.environmentIds()))
                .param("digest", ask.digest().value())
                .param("reason", ask.reason())
                .param("requirements", StoredJson.write(request.requirements()))
                .param("epoch", seen.epoch())
                .param("reviewAt", seen.nextRule().map(RequestStore::utc).orElse(null))
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
    void update(StoredRequest stored, ApprovalRequest before, RulesSeen seen, @Nullable String by) {
        ApprovalRequest after = stored.request();
        String orgId = after.ask().organizationId();
        RequestState state = after.state();
        Grant grant = StateWords.grantOf(state);
        Execution execution = StateWords.executionOf(state);
        jdbc.sql("""
                        UPDATE request SET state = :state, open = :open, requirements = :requirements::jsonb,
                            rules_epoch = :epoch, review_at = :reviewAt, opened_at = :openedAt, deadline = :deadline,
                            grant_id = :grant, grant_made_at = :grantMade, grant_expires_at = :grantExpires,
                            grant_usable_until = :grantUsable, execution_id = :execution, redeemer_id = :redeemer,
                            redeemer_kind = :redeemerKind, redeemed_at = :redeemedAt, ended_at = :endedAt,
                            ended_by = :endedBy, successor = :successor, outlook_epoch = 0
                         WHERE org_id = :org AND id = :id
                        """)
                .param("state", StateWords.of(state))
                .param("open", !(state instanceof RequestState.End))
                .param("requirements", StoredJson.write(after.requirements()))
                .param("epoch", seen.epoch())
                .param("reviewAt", seen.nextRule().map(RequestStore::utc).orElse(null))
                .param("openedAt", utc(after.openedAt()))
                .param("deadline", utc(after.deadline()))
                .param("grant", grant == null ? null : grant.id())
                .param("grantMade", grant == null ? null : utc(grant.madeAt()))
                .param("grantExpires", grant == null ? null : utc(grant.expiresAt()))
                .param("grantUsable", grant == null ? null : utc(grant.usableUntil()))
                .param("execution", execution == null ? null : execution.executionId())
                .param(
                        "redeemer",
                        execution == null ? null : execution.redeemer().id())
                .param(
                        "redeemerKind",
                        execution == null ? null : execution.redeemer().kind().name())
                .param("redeemedAt", execution == null ? null : utc(execution.at()))
                .param("endedAt", endedAt(state))
                .param("endedBy", state instanceof RequestState.Denied denied ? denied.personId() : by)
                .param("successor", successor(state))
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
                .param("artifacts", StoredJson.write(said.artifacts()))
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
        } else if (isPending
                && (!wasPending
                        || after.requirements().size() > before.requirements().size())) {
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
                .query((row, _) -> RequestRowStore.request(row, List.of()))
                .list();
        return bare.stream()
                .findFirst()
                .map(stored -> stored.withVotes(votes(orgId, stored.request().id())));
    }

    private List<Vote> votes(String orgId, String requestId) {
        return jdbc.sql(
                        "SELECT * FROM vote WHERE org_id = :org AND request_id = :id AND ended_at IS NULL ORDER BY at, id")
                .param("org", orgId)
                .param("id", requestId)
                .query((row, _) -> RequestRowStore.vote(row))
                .list();
    }

    private static @Nullable String successor(RequestState state) {
        return switch (state) {
            case RequestState.Cancelled cancelled -> cancelled.successor();
            case RequestState.Revoked revoked -> revoked.successor();
            case RequestState.Pending _, RequestState.Approved _, RequestState.Executing _, RequestState.End _ -> null;
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
