package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** One organization's ids are nothing to another one: on every route there is, whatever room it belongs to. */
class IsolationTest {

    private static final Pattern ID = Pattern.compile("\"([a-z]{2,6}_)[0-9a-z]{26}\"");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

    private final TestServer server = TestServer.shared();
    private final TestOrganization ours = TestOrganization.on(server);
    private final TestOrganization theirs = TestOrganization.on(server);

    /** A route with at least one variable in its path. */
    private record Route(
            String method, String path, @Nullable Object body) {

        private List<String> variables() {
            return VARIABLE.matcher(path).results().map(found -> found.group()).toList();
        }
    }

    @Test
    void noIdOfAnotherOrganizationIsFoundOnAnyRoute() {
        Set<String> foreign = new LinkedHashSet<>(fill(theirs));
        Set<String> own = fill(ours);
        assertThat(foreign).hasSizeGreaterThan(12).doesNotContainAnyElementsOf(own);
        List<Route> routes = routes();
        assertThat(routes).hasSizeGreaterThan(30);
        List<String> leaks = new ArrayList<>();
        for (Route route : routes) {
            for (int position = 0; position < route.variables().size(); position++) {
                for (String id : foreign) {
                    Answer answer = call(route, position, id, own);
                    Answer unknown = call(route, position, unknownLike(id), own);
                    if (answer.status() < 400
                            || answer.status() != unknown.status()
                            || !answer.code().equals(unknown.code())) {
                        leaks.add(route.method() + " " + route.path() + " " + id + ": " + answer.text());
                    }
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(theirs.get("/people/@ben", theirs.admin()).status()).isEqualTo(200);
        assertThat(theirs.get("/environments?limit=10", theirs.admin())
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void noBodyReachesIntoAnotherOrganization() {
        Set<String> foreign = fill(theirs);
        fill(ours);
        String person = one(foreign, "per_");
        String team = one(foreign, "team_");
        String account = one(foreign, "acc_");
        String environment = one(foreign, "env_");
        Map<String, Map<String, Object>> reaching = Map.of(
                "/people", Map.of("handle", "x", "name", "x", "teams", List.of(team)),
                "/teams", Map.of("handle", "x", "name", "x", "parentId", team),
                "/accounts", Map.of("handle", "x", "name", "x", "kind", "agent", "ownerId", account),
                "/environments",
                        Map.of(
                                "projectId",
                                "payments",
                                "name",
                                "x",
                                "tier",
                                "staging",
                                "clusterId",
                                one(foreign, "cls_")),
                "/releases", Map.of("projectId", one(foreign, "prj_"), "name", "x", "sourceReference", "0".repeat(40)),
                "/permission-grants",
                        Map.of(
                                "principalId",
                                person,
                                "permission",
                                "ask-on-behalf",
                                "actions",
                                List.of("release.deploy"),
                                "resources",
                                List.of("payments/production")),
                "/bindings", Map.of("templateId", one(foreign, "tpl_"), "level", "organization"),
                "/checks",
                        Map.of(
                                "action",
                                "release.deploy",
                                "resource",
                                Map.of("type", "environment", "id", environment)));
        reaching.forEach((path, body) -> {
            Answer answer = ours.post(path, ours.admin(), body);
            boolean denied = answer.body().path("decision").asString("").equals("deny");
            assertThat(denied || answer.status() >= 400)
                    .as(path + answer.text())
                    .isTrue();
        });
    }

    private static String one(Set<String> ids, String prefix) {
        return ids.stream().filter(id -> id.startsWith(prefix)).findFirst().orElseThrow();
    }

    /** A made-up id of the same kind. */
    private static String unknownLike(String id) {
        return id.substring(0, id.indexOf('_') + 1) + "0".repeat(26);
    }

    /** A busy machine may not prove its picture fresh in time; that says nothing about the id, so it is asked again. */
    private Answer call(Route route, int position, String id, Set<String> own) {
        Answer answer = once(route, position, id, own);
        return answer.status() == 503 ? once(route, position, id, own) : answer;
    }

    /** The id in one place of the path; in the others one of our own of a kind that fits there, or any. */
    private Answer once(Route route, int position, String id, Set<String> own) {
        String path = route.path();
        for (int i = 0; i < route.variables().size(); i++) {
            path = VARIABLE.matcher(path)
                    .replaceFirst(Matcher.quoteReplacement(i == position ? id : ourOwn(route.path(), i, own)));
        }
        return server.call(
                route.method(),
                path,
                ours.admin(),
                route.body(),
                "Idempotency-Key",
                UUID.randomUUID().toString(),
                "If-Match",
                "\"1\"");
    }

    private static String ourOwn(String path, int position, Set<String> own) {
        String prefix = position > 0 ? "per_" : path.contains("/teams/") ? "team_" : "";
        return path.contains("/roles/") && position == 0
                ? "developer"
                : own.stream().filter(id -> id.startsWith(prefix)).findFirst().orElseThrow();
    }

    private List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        Map<RequestMappingInfo, HandlerMethod> all =
                server.bean(RequestMappingHandlerMapping.class).getHandlerMethods();
        all.forEach((info, handler) -> info.getMethodsCondition()
                .getMethods()
                .forEach(method -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/") && path.contains("{"))
                        .forEach(path -> routes.add(new Route(method.name(), path, body(handler))))));
        return routes;
    }

    private static @Nullable Object body(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .map(MethodParameter::getGenericParameterType)
                .<Type>map(type -> type)
                .map(SampleBody::of)
                .findFirst()
                .orElse(null);
    }

    /** One of everything that has an id; answers all ids. */
    static Set<String> fill(TestOrganization organization) {
        String admin = organization.admin();
        String ben = organization.signedIn("ben", "developer");
        organization.team("payments", "@ben");
        organization.token(ben, "read");
        made(organization.post(
                "/accounts", admin, Map.of("handle", "bot", "name", "Bot", "kind", "agent", "ownerId", "@ben")));
        made(organization.post("/clusters", admin, Map.of("name", "eu-1")));
        made(organization.post(
                "/notification-destinations",
                admin,
                Map.of("means", "email", "name", "SOC", "address", "soc@example.com")));
        made(organization.post("/projects", admin, Map.of("name", "payments")));
        made(organization.post(
                "/environments",
                admin,
                Map.of("projectId", "payments", "name", "production", "tier", "production", "clusterId", "eu-1")));
        made(organization.post(
                "/releases", admin, Map.of("projectId", "payments", "name", "v1", "sourceReference", "0".repeat(40))));
        made(organization.post(
                "/permission-grants",
                admin,
                Map.of(
                        "principalId",
                        "@bot",
                        "permission",
                        "ask-on-behalf",
                        "actions",
                        List.of("release.deploy"),
                        "resources",
                        List.of("payments/production"))));
        String template = made(organization.post(
                        "/templates",
                        admin,
                        Map.of(
                                "name",
                                "Two eyes",
                                "scope",
                                List.of("environment"),
                                "approvers",
                                Map.of("orgRoles", List.of("developer")),
                                "quorum",
                                Map.of("minApprovals", 1))))
                .body()
                .path("id")
                .asString();
        made(organization.post(
                "/bindings",
                admin,
                Map.of("templateId", template, "level", "environment", "targetId", "payments/production")));
        made(organization.post(
                "/asks",
                admin,
                Map.of(
                        "action",
                        "release.deploy",
                        "resource",
                        Map.of("type", "environment", "id", "payments/production", "release", "v1"),
                        "reason",
                        "because",
                        "payload",
                        payload(organization.handle()))));
        made(organization.post(
                "/permission-grants",
                admin,
                Map.of(
                        "principalId",
                        "@admin",
                        "permission",
                        "breakglass-open",
                        "actions",
                        List.of("release.deploy"),
                        "resources",
                        List.of("payments/production"))));
        made(organization.post(
                "/breakglass-sessions",
                admin,
                Map.of(
                        "reason",
                        "a test",
                        "incident",
                        "INC-1",
                        "scope",
                        Map.of(
                                "actions",
                                List.of("release.deploy"),
                                "resources",
                                List.of(Map.of("type", "environment", "id", "payments/production"))))));
        Set<String> ids = new LinkedHashSet<>();
        for (String list : List.of(
                "/people",
                "/teams",
                "/accounts",
                "/tokens",
                "/projects",
                "/environments",
                "/clusters",
                "/releases",
                "/permission-grants",
                "/templates",
                "/bindings",
                "/requests",
                "/breakglass-sessions",
                "/notification-destinations",
                "/me",
                "/organization")) {
            Answer answer = organization.get(list, admin);
            assertThat(answer.status()).as(list + answer.text()).isEqualTo(200);
            Matcher id = ID.matcher(answer.text());
            while (id.find()) {
                ids.add(id.group().replace("\"", ""));
            }
        }
        return ids;
    }

    private static Answer made(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static Map<String, String> payload(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Map.of("mediaType", "text/plain", "base64", Base64.getEncoder().encodeToString(bytes));
    }
}
