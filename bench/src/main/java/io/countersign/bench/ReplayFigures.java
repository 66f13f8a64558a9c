package io.countersign.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How long a policy takes to be tried on what was asked in ninety days. */
final class ReplayFigures {

    private static final int ASKS = 100_000;
    private static final int RUNS = 3;
    private static final int DAYS = 90;

    /** As many asks as wanted, spread over the window; every tenth by somebody who is there, some written by approvers. */
    private static final String FILL = """
            INSERT INTO recorded_ask (org_id, at, id, subject_id, subject_kind, caller_id, caller_kind, token_maker, owners,
                accountable, authors, action, resource, place, digest, reason, epoch, decision, code, rules, request_id, opened)
            SELECT o.org_id, countersign_now() - (random() * 89.9) * interval '1 day', 'ask_bench' || n, asker.id, 'PERSON',
                   asker.id, 'PERSON', NULL, '{}', NULL, CASE WHEN n % 7 = 0 THEN ARRAY[someone.id] ELSE '{}' END,
                   (ARRAY['release.deploy', 'manifest.apply', 'rollback.execute'])[1 + n % 3],
                   jsonb_build_object('level', 'ENVIRONMENT', 'id', e.environment_id, 'releaseId', NULL, 'from', 'v' || n,
                                      'to', 'v' || (n + 1), 'attributes', '{}'::jsonb),
                   jsonb_build_object('organizationId', o.org_id, 'projectId', e.project_id, 'clusterId', NULL,
                       'environments', jsonb_build_array(jsonb_build_object('id', e.environment_id, 'name', e.name,
                           'projectId', e.project_id, 'tier', 'STAGING', 'clusterId', NULL, 'frozen', false))),
                   'sha256:' || encode(sha256(convert_to('bench' || n, 'UTF8')), 'hex'), 'the customers wait for it', 1,
                   'permit', NULL, '{}', NULL, false
              FROM generate_series(1, ?) AS n
              CROSS JOIN organization o
              JOIN LATERAL (SELECT array_agg(person_id ORDER BY handle DESC) AS ids FROM person
                             WHERE org_id = o.org_id) AS people ON true
              JOIN LATERAL (SELECT people.ids[1 + n % array_length(people.ids, 1)] AS id) AS someone ON true
              JOIN LATERAL (SELECT CASE WHEN n % 10 = 0 THEN someone.id ELSE 'per_gone' || n % 1000 END AS id) AS asker ON true
              JOIN LATERAL (SELECT array_agg(environment_id ORDER BY name) AS ids FROM environment
                             WHERE org_id = o.org_id) AS places ON true
              JOIN environment e ON e.org_id = o.org_id
                                AND e.environment_id = places.ids[1 + n % array_length(places.ids, 1)]
            """;

    private ReplayFigures() {}

    static void measure(ServerProcess server, Town town) {
        fill(TownDatabase.of(server.home()));
        Map<String, Object> template = Map.of(
                "name",
                "Tried",
                "scope",
                List.of("organization"),
                "approvers",
                Map.of("teams", List.of("@sre", "@security")),
                "quorum",
                Map.of("minApprovals", 2, "minDistinctTeams", 2),
                "conditions",
                Map.of("startHour", 18, "endHour", 9, "timezone", "Europe/Berlin"));
        Map<String, Object> form = Map.of(
                "template", template, "bindings", List.of(Map.of("level", "organization")), "days", DAYS, "limit", 200);
        List<Long> millis = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            long begun = System.nanoTime();
            JsonNode totals = town.client()
                    .post("/api/v1/replays", ServerProcess.ADMIN_TOKEN, form)
                    .path("totals");
            millis.add((System.nanoTime() - begun) / 1_000_000);
            if (totals.path("asks").asLong() < ASKS || totals.path("newlyHeld").asLong() == 0) {
                throw new IllegalStateException("the replay saw too little: " + totals);
            }
        }
        Figure.of("replay")
                .with("asks", ASKS)
                .with("conditions", "1,000 askers, 90 days, 20 bindings in force, the slowest of " + RUNS + " runs")
                .with("millis", millis.stream().mapToLong(Long::longValue).max().orElseThrow())
                .print();
    }

    private static void fill(TownDatabase database) {
        try (Connection owner = database.asOwner()) {
            try (PreparedStatement insert = owner.prepareStatement(FILL)) {
                insert.setInt(1, ASKS);
                insert.executeUpdate();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        database.execute("ANALYZE recorded_ask");
    }
}
