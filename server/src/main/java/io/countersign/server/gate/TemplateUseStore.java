package io.countersign.server.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what templates have held. */
@Repository
class TemplateUseStore {

    /** How often a template held an ask that opened a request, and when last. */
    record Use(String templateId, long held, Instant lastHeldAt) {}

    /** A request that waits because of a template. */
    record Waiting(String id, String action, String resource, String subjectId, Instant openedAt, Instant deadline) {}

    private final JdbcClient jdbc;

    TemplateUseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the organization has, or had, this template. */
    boolean knows(String organizationId, String template) {
        return jdbc.sql("SELECT count(*) FROM template WHERE org_id = :org AND id = :template")
                        .param("org", organizationId)
                        .param("template", template)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** What each template held in the time up to now, by the asks that are kept. */
    List<Use> uses(String orgId, Duration time) {
        return jdbc.sql("""
                        SELECT split_part(split_part(rule, '/', 2), '@', 1) AS template, count(*) AS held, max(at) AS last
                          FROM recorded_ask, unnest(rules) AS rule
                         WHERE org_id = :org AND opened AND at > countersign_now() - make_interval(secs => :seconds)
                         GROUP BY 1 ORDER BY 1
                        """)
                .param("org", orgId)
                .param("seconds", (double) time.toSeconds())
                .query((row, _) -> new Use(
                        row.getString("template"),
                        row.getLong("held"),
                        row.getObject("last", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The newest requests that wait because of a template. */
    List<Waiting> waiting(String orgId, String templateId, int most) {
        return jdbc.sql("""
                        SELECT number, action, resource_name, subject_id, opened_at, deadline FROM request
                         WHERE org_id = :org AND state = 'pending' AND deadline > countersign_now()
                           AND jsonb_path_query_array(requirements, '$[*].source.ruleId') @> to_jsonb(CAST(:template AS text))
                         ORDER BY number DESC LIMIT :most
                        """)
                .param("org", orgId)
                .param("template", templateId)
                .param("most", most)
                .query((row, _) -> new Waiting(
                        "AR-" + row.getLong("number"),
                        row.getString("action"),
                        row.getString("resource_name"),
                        row.getString("subject_id"),
                        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                        row.getObject("deadline", OffsetDateTime.class).toInstant()))
                .list();
    }
}
