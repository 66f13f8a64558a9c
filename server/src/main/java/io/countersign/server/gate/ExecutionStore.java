package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.server.approval.UntoldOutcome;
import io.countersign.server.directory.DirectoryImage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the executions that no rule gated. */
@Repository
class ExecutionStore {

    /** An execution that no rule gated, and how it ended as far as anybody has told. */
    record UngatedRow(
            String executionId,
            String callerId,
            String subjectId,
            String action,
            String resource,
            String digest,
            Instant at,
            @Nullable Ending ending) {

        /** The same while nobody has told how it went. */
        UntoldOutcome untold(DirectoryImage directory) {
            return new UntoldOutcome(callerId, subjectId, directory.ownerChain(subjectId), at);
        }
    }

    /** What was told of an ending: first, and for good. */
    record Ending(
            String result,
            Instant at,
            String by,
            @Nullable String text,
            @Nullable String link,
            List<String> artifacts) {}

    /**
     * Which executions are listed.
     *
     * @param result only those that ended so, or null
     * @param openSince only those without an outcome that began at this moment or later, or null
     * @param openBefore only those without an outcome that began earlier, or null
     */
    record Wanted(
            @Nullable String result,
            @Nullable Instant openSince,
            @Nullable Instant openBefore) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ExecutionStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Answers whether the execution id was free. */
    boolean begin(Ask ask, String resourceName, String executionId, Instant now) {
        return jdbc.sql("""
                        INSERT INTO execution (org_id, execution_id, caller_id, subject_id, action, resource_key,
                               resource_name, digest, at)
                        SELECT :org, :execution, :caller, :subject, :action, :resource, :name, :digest, :now
                         WHERE NOT EXISTS (SELECT 1 FROM request WHERE org_id = :org AND execution_id = :execution)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("org", ask.organizationId())
                        .param("execution", executionId)
                        .param("caller", ask.caller().id())
                        .param("subject", ask.subject().id())
                        .param("action", ask.action().id())
                        .param("resource", ask.resource().key())
                        .param("name", resourceName)
                        .param("digest", ask.digest().value())
                        .param("now", utc(now))
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

    /** The execution, its row locked. */
    Optional<UngatedRow> lock(String orgId, String executionId) {
        return jdbc.sql("SELECT * FROM execution WHERE org_id = :org AND execution_id = :execution FOR UPDATE")
                .param("org", orgId)
                .param("execution", executionId)
                .query((row, _) -> read(row))
                .optional();
    }

    /**
     * The newest executions, one after the other.
     *
     * @param after the last one already seen, or empty; one that is unknown leads nowhere
     */
    List<UngatedRow> newest(String orgId, Wanted wanted, String after, int most) {
        String behind = after.isEmpty() ? "" : """
                 AND (at, execution_id) < (SELECT at, execution_id FROM execution
                                            WHERE org_id = :org AND execution_id = :after)
                """;
        return jdbc.sql("SELECT * FROM execution WHERE org_id = :org"
                        + behind
                        + (wanted.result() == null ? "" : " AND outcome = :result")
                        + (wanted.openSince() == null ? "" : " AND outcome IS NULL AND at >= :openSince")
                        + (wanted.openBefore() == null ? "" : " AND outcome IS NULL AND at < :openBefore")
                        + " ORDER BY at DESC, execution_id DESC LIMIT :most")
                .param("org", orgId)
                .param("after", after)
                .param("result", wanted.result())
                .param("openSince", utc(wanted.openSince()))
                .param("openBefore", utc(wanted.openBefore()))
                .param("most", most)
                .query((row, _) -> read(row))
                .list();
    }

    void report(String orgId, String executionId, String by, OutcomeForm outcome, Instant now) {
        jdbc.sql("""
                        UPDATE execution SET outcome = :result, outcome_at = :now, outcome_by = :by, outcome_text = :text,
                               outcome_link = :link, outcome_artifacts = :artifacts::jsonb
                         WHERE org_id = :org AND execution_id = :execution
                        """)
                .param("result", outcome.result())
                .param("now", utc(now))
                .param("by", by)
                .param("text", outcome.text())
                .param("link", outcome.link())
                .param("artifacts", outcome.artifacts() == null ? null : json.writeValueAsString(outcome.artifacts()))
                .param("org", orgId)
                .param("execution", executionId)
                .update();
    }

    private UngatedRow read(ResultSet row) throws SQLException {
        return new UngatedRow(
                row.getString("execution_id"),
                row.getString("caller_id"),
                row.getString("subject_id"),
                row.getString("action"),
                Objects.requireNonNullElse(row.getString("resource_name"), row.getString("resource_key")),
                row.getString("digest"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("outcome") == null ? null : ending(row));
    }

    private Ending ending(ResultSet row) throws SQLException {
        @Nullable String by = row.getString("outcome_by");
        @Nullable String artifacts = row.getString("outcome_artifacts");
        return new Ending(
                row.getString("outcome"),
                row.getObject("outcome_at", OffsetDateTime.class).toInstant(),
                by == null ? row.getString("caller_id") : by,
                row.getString("outcome_text"),
                row.getString("outcome_link"),
                artifacts == null ? List.of() : List.of(json.readValue(artifacts, String[].class)));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
