package io.countersign.e2e;

import java.util.List;
import java.util.Map;

/** A fresh server with an administrator, Ann who asks, Bob and Carol of the one team that approves, and one guarded environment. */
record SmallShop(FreshServer server, Colleague admin, Colleague ann) implements AutoCloseable {

    static final String PRODUCTION = "payments/production";

    static SmallShop open(String... options) {
        FreshServer server = FreshServer.start(options);
        Colleague admin = Colleague.enrol(server.url(), server.firstLink(), Demo.PASSWORD);
        Colleague ann = admin.add("ann", "Ann Arendt", Demo.PASSWORD, "developer");
        admin.add("bob", "Bob Berger", Demo.PASSWORD, "developer");
        admin.add("carol", "Carol Conti", Demo.PASSWORD, "developer");
        admin.post("/api/v1/teams", Map.of("handle", "sre", "name", "Site reliability"));
        admin.put("/api/v1/teams/@sre/members/@bob");
        admin.put("/api/v1/teams/@sre/members/@carol");
        String project = admin.post("/api/v1/projects", Map.of("name", "payments"))
                .path("id")
                .asString();
        admin.post("/api/v1/environments", Map.of("projectId", project, "name", "production", "tier", "production"));
        String template = admin.post(
                        "/api/v1/templates",
                        Map.of(
                                "name",
                                "Quick",
                                "scope",
                                List.of("organization"),
                                "approvers",
                                Map.of("teams", List.of("@sre")),
                                "quorum",
                                Map.of("minApprovals", 1),
                                "expiresAfter",
                                "PT5M"))
                .path("id")
                .asString();
        admin.post("/api/v1/bindings", Map.of("templateId", template, "level", "organization"));
        return new SmallShop(server, admin, ann);
    }

    String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
    }
}
