package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the executions that no rule gated. */
@Repository
class ExecutionStore {

    /** An ungated execution whose row is locked. */
    record UngatedRow(
            String callerId,
            String subjectId,
            Instant at,
            @Nullable String outcome) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ExecutionStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Answers whether the execution id was free. */
    boolean begin(Ask ask, String executionId, Instant now) {
        return jdbc.sql("""
                        INSERT INTO execution (org_id, execution_id, caller_id, subject_id, action, resource_key, digest, at)
                        SELECT :org, :execution, :caller, :subject, :action, :resource, :digest, :now
                         WHERE NOT EXISTS (SELECT 1 FROM request WHERE org_id = :org AND execution_id = :execution)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("org", ask.organizationId())
                        .param("execution", executionId)
                        .param("caller", ask.caller().id())
                        .param("subject", ask.subject().id())
                        .param("action", ask.action().id())
                        .param("resource", ask.resource().key())
                        .param("digest", ask.digest().value())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Whether exactly this was begun under this id by this caller, and its outcome is still open. */
    boolean isOpenFor(Ask ask, String executionId) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM execution
                         WHERE org_id = :org AND execution_id = :execution AND caller_id = :caller
                           AND subject_id = :subject AND action = :action AND resource_key = :resource
                           AND digest = :digest AND outcome IS NULL)
                        """)
                .param("org", ask.organizationId())
                .param("execution", executionId)
                .param("caller", ask.caller().id())
                .param("subject", ask.subject().id())
                .param("action", ask.action().id())
                .param("resource", ask.resource().key())
                .param("digest", ask.digest().value())
                .query(Boolean.class)
                .single();
    }

    Optional<UngatedRow> lock(String orgId, String executionId) {
        return jdbc.sql("""
                        SELECT caller_id, subject_id, at, outcome FROM execution
                         WHERE org_id = :org AND execution_id = :execution FOR UPDATE
                        """)
                .param("org", orgId)
                .param("execution", executionId)
                .query((row, _) -> new UngatedRow(
                        row.getString("caller_id"),
                        row.getString("subject_id"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("outcome")))
                .optional();
    }

    void report(String orgId, String executionId, OutcomeForm outcome, Instant now) {
        jdbc.sql("""
                        UPDATE execution SET outcome = :result, outcome_at = :now, outcome_text = :text,
                               outcome_link = :link, outcome_artifacts = :artifacts::jsonb
                         WHERE org_id = :org AND execution_id = :execution
                        """)
                .param("result", outcome.result())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("text", outcome.text())
                .param("link", outcome.link())
                .param("artifacts", outcome.artifacts() == null ? null : json.writeValueAsString(outcome.artifacts()))
                .param("org", orgId)
                .param("execution", executionId)
                .update();
    }
}
