package io.countersign.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Somebody who works beside the browser, by the API: asks, votes, changes what the browser must then show. */
final class Colleague {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String url;
    private final String secret;

    private Colleague(String url, String secret) {
        this.url = url;
        this.secret = secret;
    }

    static Colleague signIn(String url, String handle, String password) {
        Colleague nobody = new Colleague(url, "");
        JsonNode session =
                nobody.post("/api/v1/sessions", Map.of("handle", handle, "password", password, "transport", "bearer"));
        return new Colleague(url, session.path("secret").asString());
    }

    /** Whoever holds this token. */
    static Colleague bearing(String url, String token) {
        return new Colleague(url, token);
    }

    /** Opens a one-time link with this password. */
    static Colleague enrol(String url, String link, String password) {
        Colleague nobody = new Colleague(url, "");
        JsonNode session = nobody.post(
                "/api/v1/enrolments", Map.of("link", secretOf(link), "password", password, "transport", "bearer"));
        return new Colleague(url, session.path("secret").asString());
    }

    /** What of a link no browser sends. */
    private static String secretOf(String link) {
        return link.substring(link.indexOf('#') + 1);
    }

    /** As an administrator: adds a person who has enrolled with this password, and answers him signed in. */
    Colleague add(String handle, String name, String password, String... roles) {
        String id = post("/api/v1/people", Map.of("handle", handle, "name", name, "roles", List.of(roles)))
                .path("id")
                .asString();
        String link = post("/api/v1/people/" + id + "/enrolment-links", Map.of("kind", "enrolment"))
                .path("link")
                .asString();
        return enrol(url, link, password);
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode put(String path) {
        return send("PUT", path, null);
    }

    JsonNode post(String path, Map<String, ?> body) {
        return send("POST", path, body);
    }

    /** Asks for something on an environment of the example organization; answers the number of the request. */
    String ask(String action, String environment, String payload, String reason) {
        return ask(action, "environment", environment, payload, reason);
    }

    String ask(String action, String type, String resource, String payload, String reason) {
        return number(post("/api/v1/asks", with(body(action, type, resource, payload), "reason", reason)));
    }

    /** Asks by a break-glass session of one's own; answers the number of the request that it bypasses. */
    String askIn(String session, String action, String environment, String payload) {
        Map<String, Object> ask = with(body(action, "environment", environment, payload), "reason", "Emergency.");
        return number(post("/api/v1/asks", with(ask, "breakGlassSession", session)));
    }

    /** Asks for another payload in place of a request that waits. */
    String supersede(String former, String action, String environment, String payload, String reason) {
        Map<String, Object> ask = with(body(action, "environment", environment, payload), "reason", reason);
        return number(post("/api/v1/asks", with(ask, "supersedes", former)));
    }

    /** Redeems what was approved, as an enforcement point would; answers the decision. */
    String redeem(String number, String action, String environment, String executionId) {
        return redeemed(digest(number), action, environment, executionId);
    }

    /** Begins what no rule holds, as an enforcement point would; answers the id of the execution. */
    String execute(String action, String environment, String payload) {
        JsonNode permitted = post("/api/v1/asks", body(action, "environment", environment, payload));
        String executionId = UUID.randomUUID().toString();
        String decision = redeemed(permitted.path("payloadDigest").asString(), action, environment, executionId);
        if (!decision.equals("permit")) {
            throw new IllegalStateException(action + " on " + environment + " is held: " + decision);
        }
        return executionId;
    }

    private String redeemed(String digest, String action, String environment, String executionId) {
        return post(
                        "/api/v1/redemptions",
                        Map.of(
                                "action",
                                action,
                                "resource",
                                resource("environment", environment),
                                "payloadDigest",
                                digest,
                                "executionId",
                                executionId))
                .path("decision")
                .asString();
    }

    private String digest(String number) {
        return get("/api/v1/requests/" + number).path("payloadDigest").asString();
    }

    private static Map<String, Object> body(String action, String type, String resource, String payload) {
        return Map.of(
                "action", action,
                "resource", resource(type, resource),
                "payload", Map.of("mediaType", "text/plain", "text", payload));
    }

    private static Map<String, Object> resource(String type, String id) {
        return type.equals("environment")
                ? Map.of("type", type, "id", id, "from", "1.2", "to", "1.3")
                : Map.of("type", type, "id", id);
    }

    private static Map<String, Object> with(Map<String, Object> body, String key, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(body);
        all.put(key, value);
        return all;
    }

    private static String number(JsonNode answer) {
        return answer.path("request").path("number").asString();
    }

    /** Votes on what the payload is now. */
    void vote(String number, String vote, String note) {
        post(
                "/api/v1/requests/" + number + "/votes",
                Map.of("vote", vote, "note", note, "payloadDigest", digest(number)));
    }

    private JsonNode send(String method, String path, @Nullable Map<String, ?> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (!secret.isEmpty()) {
            request.header("Authorization", "Bearer " + secret);
        }
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isEmpty() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
