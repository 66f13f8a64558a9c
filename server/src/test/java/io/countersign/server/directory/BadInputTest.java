package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is wrong with a body is said in a problem that names the field, and nothing is written by it. */
class BadInputTest {

    private static final Pattern LINE = Pattern.compile("(\\d+) (\\S+) (\\S+) (\\S+) (\\$[A-Z]+ )?(.*)");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");
    private static final String UNKNOWN = "unknown-0000000000";
    private static final List<String> HOT = List.of(
            "/api/v1/checks",
            "/api/v1/asks",
            "/api/v1/redemptions",
            "/api/v1/executions/" + UNKNOWN + "/outcome",
            "/access/v1/evaluation",
            "/access/v1/evaluations");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static TestServer server;
    private static TestOrganization acme;
    private static final Map<String, String> BODIES = new HashMap<>();

    @BeforeAll
    static void start() {
        server = TestServer.start("--countersign.server.body-limit=200KB");
        acme = TestOrganization.on(server);
        acme.signedIn("ben", "developer");
        acme.team("sre", "@ben");
        acme.team("dissolved", "@ben");
        acme.delete("/teams/@dissolved", acme.admin());
        made("/clusters", Map.of("name", "eu"));
        made("/projects", Map.of("name", "web"));
        made("/environments", Map.of("projectId", "web", "name", "production", "tier", "production"));
        acme.patch("/organization", acme.admin(), Map.of("payloadLimit", 100_000));
        Map<String, Object> template = Map.of(
                "name",
                "Gate",
                "scope",
                List.of("organization", "environment"),
                "approvers",
                Map.of("teams", List.of("@sre")),
                "quorum",
                Map.of("minApprovals", 1));
        Map<String, Object> resource = Map.of("type", "environment", "id", "web/production", "to", "v2");
        String id = made("/templates", template).body().path("id").asString();
        made("/bindings", Map.of("templateId", id, "level", "environment", "targetId", "web/production"));
        made(
                "/permission-grants",
                Map.of(
                        "principalId",
                        "@admin",
                        "permission",
                        "breakglass-open",
                        "actions",
                        List.of("release.deploy"),
                        "resources",
                        List.of("web/production")));
        Map<String, Object> scope = Map.of(
                "actions",
                List.of("release.deploy"),
                "resources",
                List.of(Map.of("type", "environment", "id", "web/production")));
        BODIES.put(
                "$SESSION",
                JSON.writeValueAsString(Map.of(
                        "reason", "the shop is down", "incident", "INC-1", "duration", "PT30M", "scope", scope)));
        Map<String, Object> ask =
                Map.of("action", "release.deploy", "resource", resource, "payload", Map.of("text", "a"));
        made("/asks", ask);
        BODIES.put("$TEMPLATE", JSON.writeValueAsString(with(template, "name", "Another")));
        BODIES.put("$ASK", JSON.writeValueAsString(with(ask, "payload", Map.of("text", "b"))));
        BODIES.put(
                "$REDEEM",
                JSON.writeValueAsString(Map.of(
                        "action",
                        "release.deploy",
                        "resource",
                        resource,
                        "payloadDigest",
                        "sha256:" + "0".repeat(64),
                        "executionId",
                        "0123456789abcdef0123")));
    }

    private static Map<String, Object> with(Map<String, Object> all, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(all);
        changed.put(name, value);
        return changed;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer made(String path, Object body) {
        Answer answer = acme.post(path, acme.admin(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    /** One way to the server: with a bearer secret the hot routes are answered on their short path, with a cookie not. */
    private enum Way {
        BEARER,
        COOKIE;

        HttpRequest.Builder to(String path) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .header("If-Match", path.equals("/api/v1/organization") ? "\"2\"" : "\"1\"");
            String secret = path.equals("/api/v1/organizations") ? TestServer.ADMIN_TOKEN : acme.admin();
            return this == BEARER
                    ? request.header("Authorization", "Bearer " + secret)
                    : request.header("Cookie", "countersign_session=" + acme.admin())
                            .header("X-XSRF-TOKEN", Secrets.hash("csrf of " + acme.admin()));
        }

        static List<Way> of(String path) {
            return HOT.contains(path) ? List.of(values()) : List.of(BEARER);
        }
    }

    private static Answer send(Way way, String method, String path, byte[] body, @Nullable String contentType) {
        HttpRequest.Builder request = way.to(path).method(method, BodyPublishers.ofByteArray(body));
        return server.send((contentType == null ? request : request.header("Content-Type", contentType)).build());
    }

    @Test
    void everyRefusalOfTheTableNamesItsField() {
        Map<String, Long> before = rows();
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        for (String line : resource().lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher read = LINE.matcher(line);
            assertThat(read.matches()).as(line).isTrue();
            lines++;
            for (Way way : Way.of(read.group(4))) {
                String body = body(read.group(5), read.group(6));
                Answer answer = send(
                        way, read.group(3), read.group(4), body.getBytes(StandardCharsets.UTF_8), "application/json");
                boolean named = read.group(2).equals("-") || names(answer, read.group(2));
                if (answer.status() != Integer.parseInt(read.group(1)) || !named || !isProblem(answer)) {
                    wrong.add(way + " " + line + "\n      " + answer.status() + " " + answer.text());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(lines).isGreaterThan(100);
        assertThat(rows()).isEqualTo(before);
    }

    private static boolean names(Answer answer, String field) {
        for (JsonNode violation : answer.body().path("violations")) {
            String named = violation.path("field").asString("");
            if (named.equals(field) || named.startsWith(field + ".") || named.startsWith(field + "[")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isProblem(Answer answer) {
        JsonNode body = answer.body();
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")
                && !answer.code().isEmpty()
                && !body.path("title").asString("").isEmpty()
                && !body.path("detail").asString("").isEmpty()
                && !body.path("requestId").asString("").isEmpty()
                && body.path("status").asInt() == answer.status();
    }

    private static String body(@Nullable String base, String change) {
        String text = change.replace("$LONG", "x".repeat(120_000)).replace("$ORG", acme.handle());
        if (base == null) {
            return text;
        }
        ObjectNode all = (ObjectNode) JSON.readTree(Objects.requireNonNull(BODIES.get(base.strip())));
        JSON.readTree(text).propertyStream().forEach(member -> {
            if (member.getValue().isNull()) {
                all.remove(member.getKey());
            } else {
                all.set(member.getKey(), member.getValue());
            }
        });
        return JSON.writeValueAsString(all);
    }

    @Test
    void noRouteTakesABodyItCannotRead() {
        Map<String, Long> before = rows();
        List<String> wrong = new ArrayList<>();
        OurRoutes.of(server).forEach((route, handler) -> {
            if (OurRoutes.body(handler).isPresent()) {
                String[] parts = route.split(" ", -1);
                String path = VARIABLE.matcher(parts[1]).replaceAll(UNKNOWN);
                for (Way way : Way.of(path)) {
                    unreadable(handler).forEach((body, code) -> {
                        Answer answer = send(way, parts[0], path, bytes(body), "application/json");
                        if (answer.status() != 400
                                || !isProblem(answer)
                                || !answer.code().matches(code)) {
                            wrong.add(way + " " + route + " " + start(body) + ": " + answer.status() + " "
                                    + answer.text());
                        }
                    });
                    Answer other = send(way, parts[0], path, bytes("name=x"), "application/x-www-form-urlencoded");
                    Answer none = send(way, parts[0], path, bytes("{}"), null);
                    Answer large = send(
                            way, parts[0], path, bytes("{\"a\":\"" + "x".repeat(250_000) + "\"}"), "application/json");
                    if (other.status() != 415
                            || none.status() != 415
                            || large.status() != 413
                            || !isProblem(large)
                            || !isProblem(other)) {
                        wrong.add(way + " " + route + ": " + other.text() + none.text() + large.text());
                    }
                }
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(rows()).isEqualTo(before);
    }

    /** Bodies that no route can read, with the code of the problem each is answered by. */
    private static Map<String, String> unreadable(HandlerMethod handler) {
        String sample = JSON.writeValueAsString(
                OurRoutes.body(handler).map(SampleBody::of).orElse(Map.of()));
        String more = sample.equals("{}") ? "{" : sample.substring(0, sample.length() - 1) + ",";
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("{\"name\":", "malformed-json");
        bodies.put("nonsense", "malformed-json");
        bodies.put(" ", "body-required|malformed-json");
        bodies.put("null", "body-required");
        bodies.put("[]", "wrong-type");
        bodies.put("\"text\"", "wrong-type|wrong-value");
        bodies.put("7", "wrong-type|wrong-value");
        bodies.put(sample + " {}", "malformed-json|field-required");
        bodies.put("[".repeat(2_000), "json-too-large|wrong-type");
        bodies.put(
                more + "\"nonsense\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}", "unknown-field|json-too-large");
        // A standard wire leaves room for members we do not know, and says what it misses instead.
        bodies.put(more + "\"nonsense\":1}", "unknown-field|field-required|wrong-type");
        bodies.put(more + "\"twice\":1,\"twice\":2}", "duplicate-field|unknown-field");
        bodies.put("{\"\u0000bad\":1}", "malformed-json|unknown-field|invalid-utf-8");
        bodies.put("{\"INVALID\":1}", "invalid-utf-8");
        return bodies;
    }

    private static byte[] bytes(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (body.contains("INVALID")) {
            bytes[2] = (byte) 0xc3;
            bytes[3] = (byte) 0x28;
        }
        return bytes;
    }

    private static String start(String body) {
        return body.length() > 60 ? body.substring(0, 60) + "..." : body;
    }

    @Test
    void oneKeyIsForOneBody() {
        String key = UUID.randomUUID().toString();
        Map<String, Object> team = Map.of("handle", "twins", "name", "Twins");
        Answer first = server.call("POST", "/api/v1/teams", acme.admin(), team, "Idempotency-Key", key);
        Map<String, Long> before = rows();
        Answer again = server.call("POST", "/api/v1/teams", acme.admin(), team, "Idempotency-Key", key);
        Answer other = server.call(
                "POST", "/api/v1/teams", acme.admin(), with(team, "handle", "others"), "Idempotency-Key", key);
        Answer elsewhere = server.call(
                "POST", "/api/v1/roles", acme.admin(), Map.of("id", "x", "name", "X"), "Idempotency-Key", key);
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(List.of(other.status(), elsewhere.status())).containsOnly(422);
        assertThat(List.of(other.code(), elsewhere.code())).containsOnly("idempotency-key-reused");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void anOddCharacterInAnAddressIsNoMistakeOfTheServer() {
        for (String path : List.of(
                "/requests?q=%00",
                "/audit-entries?text=%00", "/people/@%ED%A0%80", "/people/%FF", "/requests/AR-%00")) {
            Answer answer = acme.get(path, acme.admin());
            assertThat(answer.status()).as(path + answer.text()).isBetween(400, 404);
        }
    }

    @Test
    void aHugeHeaderIsRefusedOnBothPaths() {
        for (String path : List.of("/api/v1/asks", "/api/v1/teams")) {
            Answer answer = server.call(
                    "POST", path, acme.admin(), Map.of(), "Idempotency-Key", "k", "X-Long", "x".repeat(100_000));
            assertThat(answer.status()).isIn(400, 431);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        }
    }

    @Test
    void twoCredentialsAreRefusedOnBothPaths() {
        for (String path : List.of("/api/v1/checks", "/api/v1/teams", "/api/v1/roles")) {
            for (String other : List.of("Bearer " + acme.admin(), "Bearer stolen", "Basic abc", "")) {
                HttpRequest.Builder request = Way.BEARER.to(path).header("Authorization", other);
                Answer answer = server.send(request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"))
                        .build());
                assertThat(answer.status()).as(path + answer.text()).isEqualTo(400);
                assertThat(answer.code()).isEqualTo("authorization-twice");
                assertThat(isProblem(answer) && names(answer, "Authorization")).isTrue();
            }
        }
    }

    @Test
    void aWeakTagNamesNoVersion() {
        for (String path : List.of("/organization", "/people/@ben", "/teams/@sre")) {
            Answer answer = server.call(
                    "PATCH", "/api/v1" + path, acme.admin(), Map.of("name", "Other"), "If-Match", "W/\"1\"");
            assertThat(answer.status()).as(path + answer.text()).isEqualTo(400);
            assertThat(names(answer, "If-Match")).isTrue();
            assertThat(answer.body().path("detail").asString()).contains("weak");
        }
    }

    /** How many rows every table has, but for what keeps book of refused calls itself. */
    private static Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        List<String> tables = server.database()
                .owner()
                .sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
                .query((row, _) -> row.getString(1))
                .list();
        for (String table : tables) {
            if (table.startsWith("audit_")
                    || table.equals("sign_in_attempt")
                    || table.equals("recorded_ask")
                    || table.equals("request_number")) {
                continue;
            }
            rows.put(table, count("SELECT count(*) FROM " + table));
        }
        rows.put(
                "entries of changes",
                count(
                        "SELECT count(*) FROM audit_event WHERE type NOT IN ('call-refused', 'calls-refused', 'ask-denied',"
                                + " 'redemption-refused', 'vote-refused', 'sign-in-refused')"));
        return rows;
    }

    private static long count(String query) {
        return server.database().owner().sql(query).query(Long.class).single();
    }

    private static String resource() {
        try (InputStream in = BadInputTest.class.getResourceAsStream("/bad-input.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
