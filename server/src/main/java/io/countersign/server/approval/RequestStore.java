package io.countersign.server.approval;

import io.countersign.core.action.Ask;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Bypassed;
import io.countersign.core.approval.Execution;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.RequestState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Locks requests and writes them; whoever changes one has locked its row before. */
@Repository
class RequestStore {

    private final JdbcClient jdbc;
    private final RequestLookupStore lookups;
    private final ApproverIndexStore approvers;

    RequestStore(JdbcClient jdbc, RequestLookupStore lookups, ApproverIndexStore approvers) {
        this.jdbc = jdbc;
        this.lookups = lookups;
        this.approvers = approvers;
    }

    Optional<Approvals.Locked> lock(String orgId, String id) {
        return locked(orgId, "id = :key FOR UPDATE", id);
    }

    Optional<Approvals.Locked> lockByGrant(String orgId, String grantId) {
        return locked(orgId, "grant_id = :key FOR UPDATE", grantId);
    }

    Optional<Approvals.Locked> lockByExecution(String orgId, String executionId) {
        return locked(orgId, "execution_id = :key FOR UPDATE", executionId);
    }

    /** The latest request with this key, whatever became of it. */
    Optional<Approvals.Locked> lockLatest(String orgId, String openKey) {
        return locked(orgId, "open_key = :key ORDER BY number DESC LIMIT 1 FOR UPDATE", openKey);
    }

    void seen(String orgId, String id, RulesSeen seen) {
        jdbc.sql("UPDATE request SET rules_epoch = :epoch, review_at = :reviewAt WHERE org_id = :org AND id = :id")
                .param("epoch", seen.epoch())
                .param("reviewAt", seen.nextRule().map(RequestStore::utc).orElse(null))
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    /** A request that people name by id or by number. */
    Optional<Approvals.Locked> lockNamed(String orgId, String name) {
        return RequestLookupStore.isNumber(name)
                ? locked(orgId, "number = :key FOR UPDATE", RequestLookupStore.number(name))
                : lock(orgId, name);
    }

    /** Answers whether no other open request has this key. */
    boolean insert(StoredRequest stored, String openKey, RulesSeen seen, String search) {
        ApprovalRequest request = stored.request();
        Ask ask = request.ask();
        RequestTitle title = stored.title();
        int inserted = jdbc.sql("""
                        INSERT INTO request (org_id, id, number, open_key, open, state, subject_id, subject_kind,
                            caller_id, caller_kind, owners, accountable, token_maker, authors, action, risk, resource,
                            resource_key, resource_name, project_ids, environment_ids, digest, reason, requirements,
                            rules_epoch, review_at, opened_at, first_opened_at, deadline, supersedes, resubmits, search,
                            cluster_ids, title, title_object, release_name, emergency)
                        VALUES (:org, :id, :number, :openKey, true, 'pending', :subject, :subjectKind, :caller,
                            :callerKind, :owners, :accountable, :tokenMaker, :authors, :action, :risk, :resource::jsonb,
                            :resourceKey, :resourceName, :projects, :environments, :digest, :reason,
                            :requirements::jsonb, :epoch, :reviewAt, :openedAt, :openedAt, :deadline, :supersedes, :resubmits,
                            :search, :clusters, :title, :titleObject, :releaseName, :emergency)
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
                .param("clusters", array(stored.clusterIds()))
                .param("title", title == null ? null : title.text())
                .param("titleObject", title == null ? null : title.object())
                .param("releaseName", title == null ? null : title.release())
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
                .param("emergency", ask.action().emergency())
                .update();
        if (inserted == 1) {
            approvers.insert(stored);
        }
        return inserted == 1;
    }

    /** Writes what a judged command made of the request; votes are kept by {@link VoteStore}. */
    void update(StoredRequest stored, ApprovalRequest before, RulesSeen seen) {
        ApprovalRequest after = stored.request();
        String orgId = after.ask().organizationId();
        RequestState state = after.state();
        Grant grant = StateWords.grantOf(state);
        Bypassed bypassed = grant == null ? null : grant.bypassed();
        Execution execution = StateWords.executionOf(state);
        jdbc.sql("""
                        UPDATE request SET state = :state, open = :open, requirements = :requirements::jsonb,
                            rules_epoch = :epoch, review_at = :reviewAt, opened_at = :openedAt, deadline = :deadline,
                            grant_id = :grant, grant_made_at = :grantMade, grant_expires_at = :grantExpires,
                            grant_usable_until = :grantUsable, execution_id = :execution, redeemer_id = :redeemer,
                            redeemer_kind = :redeemerKind, redeemed_at = :redeemedAt, ended_at = :endedAt,
                            ended_by = :endedBy, successor = :successor, outlook_epoch = 0,
                            breakglass_session = :session, breakglass_name = :sessionName, bypassed = :bypassed
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
                .param("endedAt", stored.endedAt() == null ? null : utc(stored.endedAt()))
                .param("endedBy", stored.endedBy())
                .param("successor", state.successor())
                .param("session", bypassed == null ? null : bypassed.sessionId())
                .param("sessionName", bypassed == null ? null : bypassed.sessionName())
                .param("bypassed", bypassed == null ? null : array(bypassed.requirements()))
                .param("org", orgId)
                .param("id", after.id())
                .update();
        approvers.update(stored, before);
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

    /** Notes that those who are missing were reminded of a locked request. */
    void remind(String orgId, String id, Instant at) {
        jdbc.sql("UPDATE request SET reminded_at = :at WHERE org_id = :org AND id = :id")
                .param("at", utc(at))
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    /** Lets the unused grants of a break-glass session end at this moment, if they would end later. */
    void shortenBypassed(String orgId, String sessionId, Instant until) {
        jdbc.sql("""
                        UPDATE request SET grant_expires_at = :until, grant_usable_until = :until
                         WHERE org_id = :org AND breakglass_session = :session AND state = 'approved'
                           AND grant_expires_at > :until
                        """)
                .param("until", utc(until))
                .param("org", orgId)
                .param("session", sessionId)
                .update();
    }

    /** Lets an execution whose outcome nobody knows stand in the way of new asks no longer. */
    void unblock(String orgId, String id) {
        jdbc.sql("UPDATE request SET open = false WHERE org_id = :org AND id = :id")
                .param("org", orgId)
                .param("id", id)
                .update();
    }

    private Optional<Approvals.Locked> locked(String orgId, String where, Object key) {
        return lookups.row(orgId, where, key).map(stored -> {
            // In the same statement as the votes, which is sent when the lock is held, the clock costs no call of its
            // own.
            return jdbc.sql("SELECT countersign_now() AS read_at, " + RequestRowStore.VOTES
                            + " FROM request r WHERE r.org_id = :org AND r.id = :id")
                    .param("org", orgId)
                    .param("id", stored.request().id())
                    .query((row, _) -> new Approvals.Locked(
                            stored.withVotes(RequestRowStore.votes(row)), RequestRowStore.instant(row, "read_at")))
                    .single();
        });
    }

    private static String[] array(Collection<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
