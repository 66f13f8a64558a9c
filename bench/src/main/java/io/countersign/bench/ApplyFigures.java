package io.countersign.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How long policy as code takes for a large organization: its difference, its application, its export. */
final class ApplyFigures {

    private static final int PEOPLE = 10_000;
    private static final int TEAMS = 500;
    private static final int TEMPLATES = 100;
    private static final int PROJECTS = 200;
    private static final int ENVIRONMENTS = 5;
    private static final int BINDINGS = 2_000;

    private ApplyFigures() {}

    static void measure(Town town) {
        TownClient client = town.client();
        Map<String, Object> body = Map.of("documents", List.of(document()), "prune", false);
        print("apply.difference", () -> post(client, "/api/v1/declarations/differences", body));
        print("apply.whole", () -> post(client, "/api/v1/declarations", body));
        print("apply.again", () -> post(client, "/api/v1/declarations", body));
        print("apply.export", () -> client.get("/api/v1/declarations/current", ServerProcess.ADMIN_TOKEN));
    }

    private static JsonNode post(TownClient client, String path, Object body) {
        return client.post(path, ServerProcess.ADMIN_TOKEN, body);
    }

    private static void print(String name, Runnable call) {
        long begun = System.nanoTime();
        call.run();
        Figure.of(name)
                .with("millis", (System.nanoTime() - begun) / 1_000_000)
                .with("people", PEOPLE)
                .with("conditions", "500 teams, 10,000 held roles, 1,000 environments, 100 templates, 2,000 bindings")
                .print();
    }

    private static Map<String, Object> document() {
        List<Object> people = new ArrayList<>();
        List<String> handles = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            handles.add("person" + i);
            people.add(Map.of("handle", "person" + i, "name", "Person " + i, "email", "person" + i + "@acme.example"));
        }
        List<Object> teams = new ArrayList<>();
        for (int i = 0; i < TEAMS; i++) {
            int first = i * (PEOPLE / TEAMS);
            List<String> members = handles.subList(first, first + PEOPLE / TEAMS);
            teams.add(
                    i % 10 == 0
                            ? Map.of("handle", "group" + i, "name", "Group " + i, "members", members)
                            : Map.of(
                                    "handle",
                                    "group" + i,
                                    "name",
                                    "Group " + i,
                                    "parent",
                                    "group" + i / 10 * 10,
                                    "members",
                                    members));
        }
        return Map.of(
                "countersign",
                "v1",
                "people",
                people,
                "teams",
                teams,
                "roles",
                List.of(Map.of("id", "engineer", "name", "Engineer", "holders", handles)),
                "projects",
                projects(),
                "templates",
                templates(),
                "bindings",
                bindings());
    }

    private static List<Object> projects() {
        List<Object> projects = new ArrayList<>();
        for (int i = 0; i < PROJECTS; i++) {
            List<Object> environments = new ArrayList<>();
            for (int j = 0; j < ENVIRONMENTS; j++) {
                environments.add(Map.of("name", "env" + j, "tier", j == 0 ? "production" : "staging"));
            }
            projects.add(Map.of("name", "project" + i, "environments", environments));
        }
        return projects;
    }

    private static List<Object> templates() {
        List<Object> templates = new ArrayList<>();
        for (int i = 0; i < TEMPLATES; i++) {
            templates.add(Map.of(
                    "name",
                    "Policy " + i,
                    "scope",
                    List.of("environment"),
                    "approvers",
                    Map.of("teams", List.of("group" + i)),
                    "quorum",
                    Map.of("minApprovals", 2)));
        }
        return templates;
    }

    private static List<Object> bindings() {
        List<Object> bindings = new ArrayList<>();
        for (int i = 0; i < BINDINGS; i++) {
            int environment = i / 2;
            bindings.add(Map.of(
                    "template",
                    "Policy " + i % TEMPLATES,
                    "to",
                    "project" + environment / ENVIRONMENTS + "/env" + environment % ENVIRONMENTS,
                    "actions",
                    List.of("release.deploy")));
        }
        return bindings;
    }
}
