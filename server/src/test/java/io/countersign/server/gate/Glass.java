package io.countersign.server.gate;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Break-glass sessions as tests open, use and end them. */
record Glass(Scene scene) {

    /** Gives somebody the permission to open sessions for deployments to payments/production. */
    Glass allow(String who) {
        return allow(who, List.of("release.deploy", "rollback.execute"), List.of("payments/production"));
    }

    Glass allow(String who, List<String> actions, List<String> resources) {
        permit(who, actions, resources);
        return this;
    }

    /** The id of a permission that was given. */
    String permit(String who, List<String> actions, List<String> resources) {
        return scene.create(
                        "/api/v1/permission-grants",
                        Map.of(
                                "principalId",
                                "@" + who,
                                "permission",
                                "breakglass-open",
                                "actions",
                                actions,
                                "resources",
                                resources))
                .body()
                .path("id")
                .asString();
    }

    /** A session for deployments to payments/production, thirty minutes long. */
    static Map<String, Object> form() {
        return form("PT30M", List.of("release.deploy"), "payments/production");
    }

    static Map<String, Object> form(String duration, List<String> actions, String environment) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("reason", "customers cannot pay");
        form.put("incident", "INC-4711");
        form.put("duration", duration);
        form.put(
                "scope",
                Map.of("actions", actions, "resources", List.of(Map.of("type", "environment", "id", environment))));
        return form;
    }

    Answer tryOpen(String who, Map<String, Object> form) {
        return scene.server().post("/api/v1/breakglass-sessions", scene.secret(who), form);
    }

    /** Opens a session at once; its name. */
    String open(String who) {
        return open(who, form());
    }

    String open(String who, Map<String, Object> form) {
        return Scene.expect(201, tryOpen(who, form)).body().path("name").asString();
    }

    static Map<String, Object> naming(String session, Map<String, Object> ask) {
        Map<String, Object> naming = new HashMap<>(ask);
        naming.put("breakGlassSession", session);
        return naming;
    }

    Answer ask(String who, String session, Map<String, Object> ask) {
        return scene.ask(who, naming(session, ask));
    }

    Answer revoke(String who, String session) {
        return scene.server()
                .post(
                        "/api/v1/breakglass-sessions/" + session + "/revocation",
                        scene.secret(who),
                        Map.of("note", "contained"));
    }

    JsonNode show(String session) {
        return scene.server()
                .get("/api/v1/breakglass-sessions/" + session, scene.admin())
                .body();
    }

    String state(String session) {
        return show(session).path("state").asString();
    }

    /** Redeems exactly what was asked. */
    Answer redeem(String who, Map<String, Object> ask, Answer asked) {
        return scene.redeem(
                who,
                ask,
                asked.body().path("payloadDigest").asString(),
                UUID.randomUUID().toString());
    }

    /** Entries of these types in the log, the oldest first. */
    List<JsonNode> entries(String... types) {
        awaitPlaces();
        return scene.server()
                .get("/api/v1/audit-entries?limit=200&type=" + String.join("&type=", types), scene.admin())
                .body()
                .path("items")
                .valueStream()
                .toList()
                .reversed();
    }

    /** Waits until every entry of the organization has its place in the log. */
    private void awaitPlaces() {
        JdbcClient sql = ((TestServer) scene.server()).bean(JdbcClient.class);
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (sql.sql("""
                        SELECT count(*) FROM audit_event e JOIN organization o ON o.org_id = e.org_id
                         WHERE o.handle = :handle AND NOT EXISTS (SELECT 1 FROM audit_leaf l
                            WHERE l.org_id = e.org_id AND l.event_id = e.event_id)
                        """).param("handle", scene.handle()).query(Long.class).single() > 0) {
            if (System.nanoTime() > until) {
                throw new AssertionError("the log gives no places");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    Answer close(String who, String session) {
        return scene.server()
                .post("/api/v1/breakglass-sessions/" + session + "/closure", scene.secret(who), closure(who));
    }

    static Map<String, Object> closure(String who) {
        return new HashMap<>(Map.of(
                "reasonUsed",
                "the payment provider changed its certificate",
                "preventiveAction",
                "pin the issuer and not the certificate",
                "preventiveOwner",
                "@" + who,
                "preventiveDue",
                "2027-01-31",
                "evidence",
                List.of("https://incidents.example/INC-4711")));
    }

    Answer review(String who, String session, String verdict) {
        List<Map<String, Object>> verdicts = show(session)
                .path("actions")
                .valueStream()
                .map(action -> Map.<String, Object>of(
                        "actionId", action.path("id").asString(), "verdict", verdict, "note", "looked at the diff"))
                .toList();
        return scene.server()
                .post(
                        "/api/v1/breakglass-sessions/" + session + "/review",
                        scene.secret(who),
                        Map.of("summary", "needed and narrow", "verdicts", verdicts));
    }
}
