package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies spoiled by chance, on every route that reads one: whatever comes, it is an answer and never a mistake of ours. */
@Tag("campaign")
class BodyFuzzTest {

    private static final int BODIES = Campaign.of(30, 1_500);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> ENDS_THE_SESSION = Set.of("POST /api/v1/me/password", "POST /api/v1/sessions");

    /** What has surprised servers before. */
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e308",
            "-1e-308",
            "99999999999999999999",
            "2147483648",
            "[]",
            "{}",
            "[null]",
            "[[[]]]",
            "{\"a\":{\"a\":1}}",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud83d\"",
            "\"\\u202e\\u2066\"",
            "\"@\"",
            "\"@admin\"",
            "\"../../etc/passwd\"",
            "\"'; DROP TABLE request; --\"",
            "\"%s%n${x}\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"+1000000000-12-31T23:59:59Z\"",
            "\"P999999999D\"",
            "\"PT-1S\"",
            "\"AR-0\"",
            "\"AR-99999999999999999999\"",
            "\"sha256:\"",
            "\"\\ufffe\"",
            "\"web/\"",
            "\"/\"",
            "\"production\"");

    @Test
    void everySpoiledBodyIsAnsweredWithoutAMistake() {
        try (TestServer server = TestServer.start()) {
            TestOrganization acme = TestOrganization.on(server);
            acme.post("/projects", acme.admin(), Map.of("name", "web"));
            acme.post(
                    "/environments",
                    acme.admin(),
                    Map.of("projectId", "web", "name", "production", "tier", "production"));
            List<String> mistakes = new ArrayList<>();
            Map<Integer, Integer> statuses = new TreeMap<>();
            OurRoutes.of(server)
                    .forEach((route, handler) -> OurRoutes.body(handler)
                            .filter(_ -> !ENDS_THE_SESSION.contains(route))
                            .ifPresent(type -> {
                                JsonNode sample = sample(route, JSON.valueToTree(SampleBody.of(type)));
                                SplittableRandom chance = new SplittableRandom(Campaign.seed() * 31 + route.hashCode());
                                for (int i = 0; i < BODIES; i++) {
                                    byte[] body = spoiled(sample.deepCopy(), chance);
                                    Answer answer = send(acme, server, route, body);
                                    statuses.merge(answer.status() / 100 * 100, 1, Integer::sum);
                                    boolean told = answer.status() < 400
                                            || !answer.code().isEmpty();
                                    if (answer.status() >= 500 || !told) {
                                        mistakes.add(route + " " + new String(body, StandardCharsets.UTF_8) + ": "
                                                + answer.status() + " " + answer.text());
                                    }
                                }
                            }));
            assertThat(mistakes).isEmpty();
            assertThat(statuses).containsKeys(200, 400);
            Campaign.tell("spoiled bodies", statuses + " by status, 0 mistakes");
        }
    }

    private static JsonNode sample(String route, JsonNode plain) {
        String more = switch (route) {
            case "POST /api/v1/asks", "POST /api/v1/checks" -> """
                {"action": "release.deploy", "resource": {"type": "environment", "id": "web/production",
                 "from": "a", "to": "b", "attributes": {"tool": "x"}}, "reason": "why",
                 "payload": {"mediaType": "text/plain", "text": "a"}, "authors": ["@admin"], "resubmit": true}
                """;
            case "POST /api/v1/declarations", "POST /api/v1/declarations/differences" -> """
                {"documents": [{"countersign": "v1", "people": [{"handle": "p", "name": "P", "email": "p@x"}],
                 "teams": [{"handle": "t", "name": "T", "parent": "u", "members": ["p"]}, {"handle": "u", "name": "U"}],
                 "roles": [{"id": "admin", "holders": ["admin", "p"]}, {"id": "own", "name": "O", "holders": []}],
                 "accounts": [{"handle": "a", "name": "A", "kind": "agent", "owner": "t", "accountable": "p"}],
                 "clusters": [{"name": "c"}], "projects": [{"name": "web", "environments":
                 [{"name": "production", "tier": "production", "cluster": "c"}]}],
                 "templates": [{"name": "G", "scope": ["project"], "approvers": {"users": ["p", "admin"]},
                 "quorum": {"minApprovals": 1}, "conditions": {"schedules": [{"startHour": 1, "endHour": 2}]},
                 "expiresAfter": "P1D", "escalation": {"approvers": {"teams": ["t"]}, "after": "PT1H"}}],
                 "bindings": [{"template": "G", "to": "project:web", "actions": ["release.deploy"]}]}],
                 "prune": false}
                """;
            case "POST /api/v1/environments" -> """
                {"projectId": "web", "name": "new", "tier": "staging"}
                """;
            case "POST /api/v1/explanations" -> """
                {"action": "release.deploy", "resource": {"type": "environment", "id": "web/production", "to": "b"},
                 "at": "2026-03-02T09:00:00Z"}
                """;
            case "POST /api/v1/tokens" -> """
                {"name": "t", "scopes": ["read", "ask"], "expiresIn": "P1D"}
                """;
            case "PATCH /api/v1/organization" -> """
                {"zone": "UTC", "staleAfter": "PT1H", "denialMemory": "PT1H", "ownChangeWindow": "P1D",
                 "voteReasonRequired": "never", "payloadLimit": 1000000, "outcomeAfter": "PT1H"}
                """;
            case "POST /api/v1/templates", "PUT /api/v1/templates/{template}" -> """
                {"name": "Gate", "description": "d", "scope": ["environment"],
                 "approvers": {"users": ["@admin"], "teams": [], "orgRoles": ["admin"]},
                 "quorum": {"minApprovals": 1, "requiredUserIds": ["@admin"]},
                 "conditions": {"environments": ["production"], "weekdays": ["monday"],
                  "startHour": 9, "endHour": 18, "timezone": "UTC", "requireReason": true,
                  "schedules": [{"weekdays": ["sunday"], "startHour": 1, "endHour": 2}]},
                 "requesterCanApprove": false, "voteReasonRequired": "never", "expiresAfter": "P1D",
                 "grantValidFor": "PT1H", "escalation": {"approvers": {"users": ["@admin"]}, "after": "PT1H"}}
                """;
            default -> "{}";
        };
        JsonNode added = JSON.readTree(more);
        if (plain instanceof ObjectNode object) {
            added.propertyStream().forEach(member -> object.set(member.getKey(), member.getValue()));
        }
        return plain;
    }

    private static Answer send(TestOrganization acme, TestServer server, String route, byte[] body) {
        String[] parts = route.split(" ", -1);
        String path = parts[1].replaceAll("\\{[^}]+}", "AR-1");
        return server.send(HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + acme.admin())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"1\"")
                .method(parts[0], BodyPublishers.ofByteArray(body))
                .build());
    }

    private static byte[] spoiled(JsonNode body, SplittableRandom chance) {
        int changes = 1 + chance.nextInt(2);
        for (int i = 0; i < changes; i++) {
            spoil(body, chance);
        }
        byte[] bytes = JSON.writeValueAsBytes(body);
        if (chance.nextInt(8) == 0 && bytes.length > 0) {
            bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
        }
        return bytes;
    }

    /** Goes down somewhere, and puts something odd there, or takes away what is there. */
    private static void spoil(JsonNode node, SplittableRandom chance) {
        JsonNode odd = JSON.readTree(ODD.get(chance.nextInt(ODD.size())));
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.isEmpty() || chance.nextInt(12) == 0 ? "odd" : names.get(chance.nextInt(names.size()));
            JsonNode below = object.get(name);
            if (below != null && below.isContainer() && !below.isEmpty() && chance.nextInt(3) > 0) {
                spoil(below, chance);
            } else if (chance.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, odd);
            }
        } else if (node instanceof ArrayNode array) {
            array.add(odd);
        }
    }
}
