package io.countersign.cli.demo;

import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Loads the example organization through the public API, and signs its people in by their one-time links. */
final class Acme {

    /** Everybody's password in the demo; the server of the demo listens on this machine alone. */
    static final String PASSWORD = "acme demo password";

    private static final String AGENT = "countersign-demo";

    private final URI server;
    private final ServerClient bootstrap;
    private final Map<String, String> secrets = new LinkedHashMap<>();

    Acme(URI server, String adminToken) {
        this.server = server;
        this.bootstrap = new ServerClient(server, adminToken, AGENT, List.of());
    }

    /** Creates what the file describes, section by section. */
    void load(JsonNode file) {
        each(file, "roles", "/roles");
        each(file, "teams", "/teams");
        for (JsonNode person : file.path("people")) {
            String id = create(bootstrap, "/people", person).path("id").asString();
            secrets.put(person.path("handle").asString(), enrolled(id));
        }
        each(file, "clusters", "/clusters");
        each(file, "projects", "/projects");
        each(file, "environments", "/environments");
        for (JsonNode policy : file.path("policies")) {
            String id = create(bootstrap, "/templates", policy.path("template"))
                    .path("id")
                    .asString();
            for (JsonNode binding : policy.path("bindings")) {
                create(bootstrap, "/bindings", ((ObjectNode) binding.deepCopy()).put("templateId", id));
            }
        }
    }

    /** The calls of somebody who has signed in. */
    ServerClient as(String handle) {
        return new ServerClient(server, secret(handle), AGENT, List.of());
    }

    /** What somebody sets in his environment so that programs act as him. */
    Map<String, String> environment(String handle) {
        return Map.of("COUNTERSIGN_URL", server.toString(), "COUNTERSIGN_TOKEN", secret(handle));
    }

    /** Approves a request as somebody who has looked at its payload. */
    void approve(String who, String number) {
        ServerClient client = as(who);
        String digest = client.get("/requests/" + number).path("payloadDigest").asString();
        create(
                client,
                "/requests/" + number + "/votes",
                Json.tree(Map.of("vote", "approve", "payloadDigest", digest, "note", "as discussed")));
    }

    /** The secret of somebody's session, for programs that act as him. */
    String secret(String handle) {
        String secret = secrets.get(handle);
        if (secret == null) {
            throw new DemoFailure("nobody in the example is called " + handle);
        }
        return secret;
    }

    List<String> handles() {
        return List.copyOf(secrets.keySet());
    }

    /** An account for the git door with what it needs to speak for who pushes; answers its token. */
    String gitDoor(String owner) {
        ServerClient admin = as(owner);
        String id = create(
                        admin,
                        "/accounts",
                        Json.tree(Map.of(
                                "handle",
                                "git-door",
                                "name",
                                "Git door",
                                "kind",
                                "service",
                                "ownerId",
                                "@" + owner,
                                "roles",
                                List.of("developer"))))
                .path("id")
                .asString();
        for (String permission : List.of("ask-on-behalf", "redeem-for-others")) {
            create(
                    admin,
                    "/permission-grants",
                    Json.tree(Map.of(
                            "principalId",
                            id,
                            "permission",
                            permission,
                            "actions",
                            List.of("release.deploy", "promotion.execute", "rollback.execute"),
                            "resources",
                            List.of("payments", "storefront"))));
        }
        return create(
                        admin,
                        "/accounts/" + id + "/tokens",
                        Json.tree(Map.of(
                                "name",
                                "git door",
                                "scopes",
                                List.of("ask", "redeem", "on-behalf", "read"),
                                "expiresIn",
                                "P30D")))
                .path("token")
                .asString();
    }

    private String enrolled(String personId) {
        String link = create(
                        bootstrap, "/people/" + personId + "/enrolment-links", Json.tree(Map.of("kind", "enrolment")))
                .path("link")
                .asString();
        ServerClient nobody = new ServerClient(server, null, AGENT, List.of());
        return create(
                        nobody,
                        "/enrolments",
                        Json.tree(Map.of("link", link, "password", PASSWORD, "transport", "bearer")))
                .path("secret")
                .asString();
    }

    private void each(JsonNode file, String section, String path) {
        for (JsonNode body : file.path(section)) {
            create(bootstrap, path, body);
        }
    }

    private static JsonNode create(ServerClient client, String path, JsonNode body) {
        return client.send(Call.post(path, body, UUID.randomUUID().toString())).body();
    }
}
