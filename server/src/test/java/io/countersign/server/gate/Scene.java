package io.countersign.server.gate;

import io.countersign.server.platform.ServerCalls;
import io.countersign.server.platform.TestServer.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An organization of a test's own: two teams, a project with its environments, people who have signed in. */
final class Scene {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ServerCalls server;
    private final String handle;
    private final String admin;
    private final Map<String, String> secrets = new HashMap<>();

    private Scene(ServerCalls server, String handle, String admin) {
        this.server = server;
        this.handle = handle;
        this.admin = admin;
    }

    /** A new organization with teams sre and security, a cluster, and project payments with production and staging. */
    static Scene on(ServerCalls server) {
        String handle = "scene-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        Answer made = expect(
                201,
                server.post(
                        "/api/v1/organizations",
                        ServerCalls.ADMIN_TOKEN,
                        Map.of("handle", handle, "name", "Scene", "admin", Map.of("handle", "root", "name", "Root"))));
        String link = made.body().path("adminLink").path("link").asString();
        String admin = enrol(server, link);
        Scene scene = new Scene(server, handle, admin);
        scene.team("sre");
        scene.team("security");
        scene.create("/api/v1/clusters", Map.of("name", "prod-eu"));
        scene.create("/api/v1/projects", Map.of("name", "payments"));
        scene.environment("production", "production");
        scene.environment("staging", "staging");
        return scene;
    }

    ServerCalls server() {
        return server;
    }

    /** So that a fast machine does not come to the limit of what one subject may open in a minute. */
    void allowManyAsks() {
        expect(200, settings(admin, Map.of("asksPerMinute", 100_000)));
    }

    /** Tries to change settings of the organization as they are now. */
    Answer settings(String secret, Map<String, Object> change) {
        Answer present = server.get("/api/v1/organization", secret);
        String tag = present.headers().firstValue("ETag").orElseThrow();
        return server.call("PATCH", "/api/v1/organization", secret, change, "If-Match", tag);
    }

    String handle() {
        return handle;
    }

    String admin() {
        return admin;
    }

    /** What a simulated clock shows. */
    Instant now() {
        return Instant.parse(
                server.get("/api/v1/clock", admin).body().path("now").asString());
    }

    void moveTo(Instant to) {
        expect(200, server.post("/api/v1/clock", admin, Map.of("to", to.toString())));
    }

    void pass(Duration length) {
        moveTo(now().plus(length));
    }

    /** How many entries of this type the log has about this request. */
    long entries(JdbcClient owner, String type, String number) {
        return owner.sql("SELECT count(*) FROM audit_event WHERE request_number = :number AND type = :type"
                        + " AND org_id = (SELECT org_id FROM organization WHERE handle = :org)")
                .param("org", handle)
                .param("number", number)
                .param("type", type)
                .query(Long.class)
                .single();
    }

    /** The session secret of somebody who was added before. */
    String secret(String handle) {
        String secret = secrets.get(handle);
        if (secret == null) {
            throw new IllegalArgumentException("nobody is called " + handle);
        }
        return secret;
    }

    void team(String handle) {
        create("/api/v1/teams", Map.of("handle", handle, "name", handle));
    }

    void environment(String name, String tier) {
        create(
                "/api/v1/environments",
                Map.of("projectId", "payments", "name", name, "tier", tier, "clusterId", "prod-eu"));
    }

    /** Adds a developer who is in these teams, and signs him in. */
    Scene developer(String handle, String... teams) {
        return person(handle, List.of("developer"), List.of(teams));
    }

    Scene person(String handle, List<String> roles, List<String> teams) {
        Answer made = create(
                "/api/v1/people",
                Map.of(
                        "handle",
                        handle,
                        "name",
                        handle,
                        "roles",
                        roles,
                        "teams",
                        teams.stream().map(team -> "@" + team).toList()));
        Answer link = create(
                "/api/v1/people/" + made.body().path("id").asString() + "/enrolment-links",
                Map.of("kind", "enrolment"));
        secrets.put(handle, enrol(server, link.body().path("link").asString()));
        return this;
    }

    /** Adds a developing account of somebody, with a token that he makes for it. */
    Scene account(String handle, String owner, String... scopes) {
        String id = create(
                        "/api/v1/accounts",
                        Map.of(
                                "handle",
                                handle,
                                "name",
                                handle,
                                "kind",
                                "service",
                                "ownerId",
                                "@" + owner,
                                "roles",
                                List.of("developer")))
                .body()
                .path("id")
                .asString();
        Map<String, Object> token = Map.of("name", handle, "scopes", List.of(scopes), "expiresIn", "P30D");
        secrets.put(
                handle,
                expect(201, server.post("/api/v1/accounts/" + id + "/tokens", secret(owner), token))
                        .body()
                        .path("token")
                        .asString());
        return this;
    }

    /** Saves a template and binds it to payments/production; answers the template's id. */
    String gate(String name, Map<String, Object> quorum, String... teams) {
        return gate(name, quorum, Map.of(), teams);
    }

    String gate(String name, Map<String, Object> quorum, Map<String, Object> more, String... teams) {
        String id = template(name, quorum, more, teams);
        bind(id, "payments/production");
        return id;
    }

    String template(String name, Map<String, Object> quorum, Map<String, Object> more, String... teams) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("name", name);
        form.put("description", "");
        form.put("scope", List.of("organization", "project", "environment", "cluster"));
        if (teams.length > 0) {
            form.put(
                    "approvers",
                    Map.of(
                            "teams",
                            List.of(teams).stream().map(team -> "@" + team).toList()));
        }
        form.put("quorum", quorum);
        form.putAll(more);
        return create("/api/v1/templates", form).body().path("id").asString();
    }

    /** Binds it to whatever changes what runs there, and not to changes of the environment itself. */
    Answer bind(String templateId, String environment) {
        return bind(templateId, environment, "release.deploy", "promotion.execute", "rollback.execute");
    }

    Answer bind(String templateId, String environment, String... actions) {
        return create(
                "/api/v1/bindings",
                Map.of(
                        "templateId",
                        templateId,
                        "level",
                        "environment",
                        "targetId",
                        environment,
                        "actions",
                        List.of(actions)));
    }

    Answer create(String path, Object body) {
        return expect(201, server.post(path, admin, body));
    }

    /** The body of an ask to deploy to payments/production. */
    static Map<String, Object> deploy(String payload) {
        return deploy("payments/production", payload);
    }

    static Map<String, Object> deploy(String environment, String payload) {
        Map<String, Object> ask = new HashMap<>();
        ask.put("action", "release.deploy");
        ask.put("resource", Map.of("type", "environment", "id", environment, "from", "v1", "to", "v2"));
        ask.put("reason", "the customers wait for it");
        ask.put(
                "payload",
                Map.of(
                        "mediaType",
                        "text/plain",
                        "base64",
                        Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8))));
        return ask;
    }

    Answer ask(String who, Map<String, Object> ask) {
        return server.post("/api/v1/asks", secret(who), ask);
    }

    /** Asks and answers the number of the request it is held by. */
    String held(String who, Map<String, Object> ask) {
        return expect(201, ask(who, ask)).body().path("request").path("number").asString();
    }

    Answer show(String who, String number) {
        return server.get("/api/v1/requests/" + number, secret(who));
    }

    String digest(String number) {
        return server.get("/api/v1/requests/" + number, admin)
                .body()
                .path("payloadDigest")
                .asString();
    }

    String state(String number) {
        return server.get("/api/v1/requests/" + number, admin)
                .body()
                .path("state")
                .asString();
    }

    Answer approve(String who, String number) {
        return vote(who, number, "approve", null, digest(number));
    }

    Answer deny(String who, String number) {
        return vote(who, number, "deny", "not like this: split it", digest(number));
    }

    Answer vote(String who, String number, String vote, @Nullable String note, String digest) {
        Map<String, Object> form = new HashMap<>(Map.of("vote", vote, "payloadDigest", digest));
        if (note != null) {
            form.put("note", note);
        }
        return server.post("/api/v1/requests/" + number + "/votes", secret(who), form);
    }

    Answer redeem(String who, Map<String, Object> ask, String digest, String executionId) {
        Map<String, Object> form = new HashMap<>();
        form.put("action", ask.get("action"));
        form.put("resource", ask.get("resource"));
        form.put("reason", ask.get("reason"));
        form.put("payloadDigest", digest);
        form.put("executionId", executionId);
        return server.post("/api/v1/redemptions", secret(who), form);
    }

    static String executionId() {
        return UUID.randomUUID().toString();
    }

    static Answer expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + ", got " + answer.status() + ": " + answer.text());
        }
        return answer;
    }

    private static String enrol(ServerCalls server, String link) {
        return expect(
                        201,
                        server.post(
                                "/api/v1/enrolments",
                                null,
                                Map.of("link", link, "password", "correct horse battery", "transport", "bearer")))
                .body()
                .path("secret")
                .asString();
    }
}
