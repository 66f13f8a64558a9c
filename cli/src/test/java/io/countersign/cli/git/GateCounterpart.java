package io.countersign.cli.git;

import io.countersign.cli.Counterpart;
import io.countersign.cli.Counterpart.Asked;
import io.countersign.cli.Counterpart.Said;
import io.countersign.cli.payload.PushPayload;
import io.countersign.client.wire.Json;
import io.countersign.core.action.PayloadDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A gate as small as it can be: gated environments, requests that a test approves, single use, outcomes. */
final class GateCounterpart implements AutoCloseable {

    private final Counterpart http = new Counterpart();
    private final Set<String> gated = new HashSet<>();
    private final Set<String> denied = new HashSet<>();
    private final Set<String> refusedAtRedemption = new HashSet<>();
    private final Map<String, String> numbers = new HashMap<>();
    private final Set<String> approved = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private final Map<String, String> passwords = new HashMap<>();
    private boolean reasons;

    GateCounterpart() {
        http.on("POST /asks", this::ask);
        http.on("POST /redemptions", this::redeem);
        http.onAny("POST /executions/", asked -> Said.json(200, "{}"));
        http.on("GET /people", "{\"items\":[{\"id\":\"per_ada\",\"handle\":\"ada\",\"email\":\"Ada@Example.org\"}]}");
        http.onAny("GET /requests/", asked -> Said.json(200, """
                {"number":"AR-1","requirements":[{"name":"Two from two teams","version":1,"met":false,"approvals":1,
                 "needed":2,"counted":[{"handle":"bob"}],"missing":["1 more approval","somebody from 1 more team"],
                 "closers":[{"handle":"dan"},{"handle":"eve"}]}]}"""));
        http.on("POST /sessions", this::signIn);
        http.onAny("DELETE /sessions/current", asked -> Said.nothing());
        http.on("GET /me", this::me);
        login("door", "cs_t_door-of-payments");
    }

    String url() {
        return http.url();
    }

    synchronized GateCounterpart gate(String environment) {
        gated.add(environment);
        return this;
    }

    synchronized GateCounterpart deny(String environment) {
        denied.add(environment);
        return this;
    }

    synchronized GateCounterpart refuseAtRedemption(String environment) {
        refusedAtRedemption.add(environment);
        return this;
    }

    /** Somebody of the door's own organization. */
    GateCounterpart login(String handle, String password) {
        return login("acme", handle, password);
    }

    synchronized GateCounterpart login(String organization, String handle, String password) {
        passwords.put(organization + "/" + handle, password);
        return this;
    }

    /** From now on an ask needs a reason. */
    synchronized void demandReasons() {
        reasons = true;
    }

    /** The door's token is revoked. */
    synchronized void forgetTheDoor() {
        passwords.remove("acme/door");
    }

    synchronized void approve(String number) {
        approved.add(number);
    }

    /** From now on the directory has this many people, {@code dev-0@example.org} and so on. */
    GateCounterpart crowd(int people) {
        StringJoiner items = new StringJoiner(",", "{\"items\":[", "]}");
        for (int i = 0; i < people; i++) {
            items.add("{\"id\":\"per_%d\",\"handle\":\"dev-%d\",\"email\":\"dev-%d@example.org\"}".formatted(i, i, i));
        }
        http.on("GET /people", items.toString());
        return this;
    }

    /** Bodies of the calls of a route, in order. */
    List<JsonNode> bodies(String route) {
        return http.asked(route).stream().map(asked -> Json.parse(asked.body())).toList();
    }

    /** The pushes that were asked about, in order. */
    List<PushPayload> pushes() {
        return bodies("POST /asks").stream()
                .map(body -> PushPayload.read(payload(body)).orElseThrow())
                .toList();
    }

    /** What was reported: {@code result text}. */
    List<String> outcomes() {
        List<String> outcomes = new ArrayList<>();
        for (Asked asked : http.asked()) {
            if (asked.path().endsWith("/outcome")) {
                JsonNode body = Json.parse(asked.body());
                outcomes.add(Json.text(body, "result") + " " + Json.text(body, "text"));
            }
        }
        return outcomes;
    }

    Counterpart http() {
        return http;
    }

    private static byte[] payload(JsonNode body) {
        return Base64.getDecoder().decode(Json.text(body, "payload", "base64"));
    }

    private synchronized Said ask(Asked asked) {
        JsonNode body = Json.parse(asked.body());
        String environment = Json.text(body, "resource", "id");
        if (denied.contains(environment)) {
            return Said.problem(409, "denied", "it was denied an hour ago");
        }
        if (reasons && Json.text(body, "reason").isEmpty()) {
            return Said.json(422, """
                    {"title":"Policy violations","status":422,"code":"policy-violations","detail":"`P` demands a reason",
                     "remedy":"ask again and say why","violations":[{"code":"reason-required","field":"reason",
                     "message":"`P` demands a reason","remedy":"ask again and say why"}]}""");
        }
        if (!gated.contains(environment)) {
            return Said.json(200, "{\"decision\":\"permit\",\"basis\":\"not-gated\"}");
        }
        String number = number(body, PayloadDigest.of(payload(body)).value());
        if (approved.contains(number) && !used.contains(number)) {
            return Said.json(
                    200,
                    "{\"decision\":\"permit\",\"basis\":\"grant\",\"request\":{\"number\":\"%s\"}}".formatted(number));
        }
        return Said.json(201, """
                {"decision":"hold","request":{"number":"%s","deadline":"2030-01-01T00:00:00Z",
                 "link":"http://console.example/requests/%s"},
                 "requirements":[{"name":"Two from two teams","minApprovals":2}]}""".formatted(number, number));
    }

    private synchronized Said redeem(Asked asked) {
        JsonNode body = Json.parse(asked.body());
        String environment = Json.text(body, "resource", "id");
        if (refusedAtRedemption.contains(environment)) {
            return Said.problem(422, "environment-frozen", "it was frozen just now");
        }
        if (!gated.contains(environment)) {
            return Said.json(200, "{\"decision\":\"permit\",\"basis\":\"not-gated\"}");
        }
        String number = number(body, Json.text(body, "payloadDigest"));
        if (!approved.contains(number) || !used.add(number)) {
            return Said.problem(409, "already-redeemed", "the grant of " + number + " was used");
        }
        return Said.json(
                200, "{\"decision\":\"permit\",\"basis\":\"grant\",\"requestNumber\":\"%s\"}".formatted(number));
    }

    private String number(JsonNode body, String digest) {
        String key = Json.text(body, "subject") + Json.text(body, "action") + body.path("resource") + digest;
        return numbers.computeIfAbsent(key, unknown -> "AR-" + (numbers.size() + 1));
    }

    /** A server of several organizations: nobody signs in without saying which. */
    private synchronized Said signIn(Asked asked) {
        JsonNode body = Json.parse(asked.body());
        String handle = Json.text(body, "handle");
        String organization = Json.text(body, "organization");
        if (organization.isEmpty()) {
            return Said.problem(400, "organization-required", "this server has several organizations");
        }
        if (!Json.text(body, "password").equals(passwords.get(organization + "/" + handle))) {
            return Said.problem(401, "unauthenticated", "handle or password is wrong");
        }
        ObjectNode session = Json.object().put("secret", "cs_s_" + handle).put("organizationId", "org_" + organization);
        session.putObject("person").put("handle", handle);
        return Said.json(201, Json.compact(session));
    }

    private synchronized Said me(Asked asked) {
        String token = asked.header("Authorization").replace("Bearer ", "");
        for (Map.Entry<String, String> one : passwords.entrySet()) {
            if (one.getValue().equals(token)) {
                String[] parts = one.getKey().split("/", 2);
                return Said.json(
                        200,
                        "{\"handle\":\"%s\",\"organization\":{\"id\":\"org_%s\",\"handle\":\"%s\"}}"
                                .formatted(parts[1], parts[0], parts[0]));
            }
        }
        return Said.problem(401, "unauthenticated", "no such token");
    }

    @Override
    public void close() {
        http.close();
    }
}
