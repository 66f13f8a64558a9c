package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.ShortRoute;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.node.MissingNode;

/** Who may call what: every route as every role, with a token of every scope, and on another organization's things. */
class AuthorizationTest {

    private static final Pattern ROW = Pattern.compile("(\\S+)\\s+(\\S+)\\s+((?:[APCSDVBN-] +)+)(\\S+)");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");
    private static final Set<String> REFUSALS = Set.of("permission-missing", "sign-in-required", "credential-unknown");
    private static final Map<String, String> ROLES = new TreeMap<>(Map.of(
            "A", "admin",
            "P", "policy_manager",
            "C", "compliance_officer",
            "S", "security_manager",
            "D", "developer",
            "V", "viewer"));
    private static final List<String> SCOPES = List.of(
            "check",
            "ask",
            "redeem",
            "read",
            "vote",
            "policy",
            "directory",
            "audit",
            "freeze",
            "revoke",
            "on-behalf",
            "cluster-token");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestServer server = TestServer.shared();
    private final TestOrganization ours = TestOrganization.on(server);
    private final Map<String, Row> table = table();
    private final Map<String, HandlerMethod> routes = OurRoutes.of(server);

    /** One line of the table. */
    private record Row(String method, String path, Set<String> who, String scope) {

        private boolean endsSessions() {
            return method.equals("DELETE") && path.startsWith("/api/v1/sessions");
        }
    }

    @Test
    void everyRouteHasItsRowAndEveryRowItsRoute() {
        assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(routes.keySet());
    }

    @Test
    void theShortRoutesDemandWhatTheTableSays() {
        List<ShortRoute> quick = server.beans(ShortRoute.class);
        assertThat(quick).hasSize(6);
        for (ShortRoute route : quick) {
            HandlerMethod method = Objects.requireNonNull(routes.get("POST " + route.path()));
            assertThat(Optional.of(route.permission())).isEqualTo(server.permission(method));
        }
    }

    @Test
    void everyRoleGetsWhatTheTableGivesIt() {
        Map<String, String> secrets = new LinkedHashMap<>();
        ROLES.forEach((letter, role) -> secrets.put(letter, ours.signedIn("role-" + role, role)));
        secrets.put("B", ours.bootstrap());
        List<String> wrong = new ArrayList<>();
        List<Row> rows = new ArrayList<>(table.values());
        rows.sort(Comparator.comparing(Row::endsSessions));
        for (Row row : rows) {
            judge(row, "N", null, row.who().contains("N"), wrong);
            secrets.forEach((letter, secret) -> {
                String used = row.endsSessions() && !letter.equals("B")
                        ? ours.signIn("role-" + ROLES.get(letter))
                                .body()
                                .path("secret")
                                .asString()
                        : secret;
                judge(row, letter, used, row.who().contains(letter), wrong);
            });
        }
        assertThat(wrong).isEmpty();
        Campaign.tell("authorization", table.size() + " routes as " + (secrets.size() + 1) + " callers");
    }

    @Test
    void everyTokenReachesWhatItsScopeNames() {
        assertThat(Scopes.ALL).containsExactlyInAnyOrderElementsOf(SCOPES);
        letTheAdministratorAskForOthers();
        Map<String, String> tokens = new LinkedHashMap<>();
        SCOPES.forEach(scope -> tokens.put(scope, ours.token(ours.admin(), scope)));
        List<String> wrong = new ArrayList<>();
        for (Row row : table.values()) {
            if (!row.endsSessions()) {
                tokens.forEach((scope, secret) -> judge(
                        row,
                        "a token for " + scope,
                        secret,
                        row.scope().equals("any")
                                || List.of(row.scope().split("[|]")).contains(scope),
                        wrong));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** No role carries it, and a scope that reaches nothing is refused. */
    private void letTheAdministratorAskForOthers() {
        assertThat(ours.post("/projects", ours.admin(), Map.of("name", "web")).status())
                .isEqualTo(201);
        Map<String, Object> given = Map.of(
                "principalId",
                "@admin",
                "permission",
                "ask-on-behalf",
                "actions",
                List.of("release.deploy"),
                "resources",
                List.of("web"));
        assertThat(ours.post("/permission-grants", ours.admin(), given).status())
                .isEqualTo(201);
    }

    @Test
    void everyThingOfAnotherOrganizationIsNotFound() {
        TestOrganization theirs = TestOrganization.on(server);
        Map<String, String> foreign = FilledOrganization.of(theirs).ids();
        FilledOrganization.of(ours);
        Map<String, String> kinds = new TreeMap<>(PathPlaces.KINDS);
        kinds.keySet().removeAll(List.of("holders", "members")); // the second place of a path
        List<String> wrong = new ArrayList<>();
        Set<String> tried = new TreeSet<>();
        for (Row row : table.values()) {
            String thing = row.path().split("/", -1).length > 3 ? row.path().split("/", -1)[3] : "";
            String kind = kinds.get(thing);
            if (kind == null || !row.path().contains("{")) {
                continue;
            }
            String id = Objects.requireNonNull(foreign.get(kind), kind);
            Answer answer = call(row, ours.admin(), id);
            tried.add(thing);
            if (answer.status() != 404) {
                wrong.add(row.method() + " " + row.path() + " on " + id + ": " + answer.text());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(tried).isEqualTo(kinds.keySet());
    }

    private void judge(Row row, String who, @Nullable String secret, boolean expected, List<String> wrong) {
        Answer answer = call(row, secret, null);
        boolean let = !REFUSALS.contains(answer.code());
        String refusal = secret == null ? "sign-in-required" : "permission-missing";
        if (let != expected || (!let && !answer.code().equals(refusal)) || answer.status() >= 500) {
            wrong.add(row.method() + " " + row.path() + " as " + who + ": " + answer.status() + " " + answer.text());
        }
    }

    /** A call with a body the route can read, on a thing that is not there unless it is named. */
    private Answer call(Row row, @Nullable String secret, @Nullable String id) {
        String path = VARIABLE.matcher(row.path())
                .replaceAll(found -> Matcher.quoteReplacement(
                        id != null && found.start() == row.path().indexOf('{') ? id : unknown(found.group())));
        if (row.path().equals("/api/v1/events")) {
            return opened(path, secret);
        }
        return server.call(
                row.method(),
                path,
                secret,
                body(row),
                "Idempotency-Key",
                UUID.randomUUID().toString(),
                "If-Match",
                "\"1\"");
    }

    private static String unknown(String variable) {
        return variable.equals("{version}") || variable.equals("{leafIndex}") ? "999999" : "unknown-" + "0".repeat(20);
    }

    /** A stream does not end: its head is enough. */
    private Answer opened(String path, @Nullable String secret) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
        if (secret != null) {
            request.header("Authorization", "Bearer " + secret);
        }
        try {
            HttpResponse<InputStream> response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode() == 200
                    ? new Answer(200, MissingNode.getInstance(), "", response.headers())
                    : server.call("GET", path, secret, null);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** A body the route can read; where it is looked at before the thing it is about, one that makes sense. */
    private @Nullable Object body(Row row) {
        String route = row.method() + " " + row.path();
        return switch (route) {
            case "POST /api/v1/requests/{request}/votes" ->
                Map.of("vote", "approve", "payloadDigest", "sha256:" + "0".repeat(64));
            case "POST /api/v1/executions/{executionId}/outcome" -> Map.of("result", "succeeded");
            case "POST /api/v1/people/{id}/enrolment-links" -> Map.of("kind", "enrolment");
            case "POST /api/v1/environments/{environment}/freeze" -> Map.of("reason", "a test");
            default ->
                OurRoutes.body(Objects.requireNonNull(routes.get(route)))
                        .map(SampleBody::of)
                        .orElse(null);
        };
    }

    private static Map<String, Row> table() {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : resource().lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (!line.isBlank() && !line.startsWith("#")) {
                assertThat(row.matches()).as(line).isTrue();
                Set<String> who = Set.of(row.group(3).strip().split(" +", -1));
                Row read = new Row(row.group(1), row.group(2), who, row.group(4));
                assertThat(rows.put(read.method() + " " + read.path(), read))
                        .as(line)
                        .isNull();
            }
        }
        return rows;
    }

    private static String resource() {
        try (InputStream in = AuthorizationTest.class.getResourceAsStream("/authorization.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
