package io.countersign.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The organization that is measured: twenty bindings of which five match production and none matches staging, requesters and
 * two approvers from two teams.
 */
record Town(TownClient client, String token, List<String> requesters, String first, String second) {

    private static final int REQUESTERS = 100;

    static Town build(TownClient client) {
        String admin = ServerProcess.ADMIN_TOKEN;
        for (String team : List.of("sre", "security")) {
            client.post("/api/v1/teams", admin, Map.of("handle", team, "name", team));
        }
        client.post("/api/v1/projects", admin, Map.of("name", "payments"));
        for (String name : List.of("production", "staging", "other")) {
            client.post(
                    "/api/v1/environments", admin, Map.of("projectId", "payments", "name", name, "tier", "staging"));
        }
        String first = person(client, "first", List.of("@sre"));
        String second = person(client, "second", List.of("@security"));
        for (int i = 0; i < 20; i++) {
            String template = client.post(
                            "/api/v1/templates",
                            admin,
                            Map.of(
                                    "name",
                                    "Rule " + i,
                                    "scope",
                                    List.of("environment"),
                                    "approvers",
                                    Map.of("teams", List.of("@sre", "@security")),
                                    "quorum",
                                    Map.of("minApprovals", 2, "minDistinctTeams", 2)))
                    .path("id")
                    .asString();
            client.post(
                    "/api/v1/bindings",
                    admin,
                    Map.of(
                            "templateId",
                            template,
                            "level",
                            "environment",
                            "targetId",
                            i < 5 ? "payments/production" : "payments/other",
                            "actions",
                            List.of("release.deploy")));
        }
        client.call("PATCH", "/api/v1/organization", admin, Map.of("asksPerMinute", 100_000), "If-Match", "\"1\"");
        List<String> requesters = new ArrayList<>();
        for (int i = 0; i < REQUESTERS; i++) {
            requesters.add(person(client, "asker" + i, List.of()));
        }
        String token = token(client, requesters.getFirst(), "check", "ask");
        return new Town(client, token, requesters, first, second);
    }

    /** A token of somebody's, with these scopes. */
    static String token(TownClient client, String session, String... scopes) {
        return client.post(
                        "/api/v1/tokens",
                        session,
                        Map.of("name", "bench", "scopes", List.of(scopes), "expiresIn", "P1D"))
                .path("token")
                .asString();
    }

    /** Somebody who has signed in; answers the session's secret. */
    static String person(TownClient client, String handle, List<String> teams) {
        String admin = ServerProcess.ADMIN_TOKEN;
        JsonNode person = client.post(
                "/api/v1/people",
                admin,
                Map.of("handle", handle, "name", handle, "roles", List.of("developer"), "teams", teams));
        String link = client.post(
                        "/api/v1/people/" + person.path("id").asString() + "/enrolment-links",
                        admin,
                        Map.of("kind", "enrolment"))
                .path("link")
                .asString();
        return client.post(
                        "/api/v1/enrolments",
                        null,
                        Map.of("link", link, "password", "correct horse battery", "transport", "bearer"))
                .path("secret")
                .asString();
    }
}
