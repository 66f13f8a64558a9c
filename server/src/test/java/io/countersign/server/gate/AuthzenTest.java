package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuthzenTest {

    private static final String ONE = "/access/v1/evaluation";
    private static final String MANY = "/access/v1/evaluations";

    private final Scene scene = Scene.on(TestServer.shared());

    @BeforeEach
    void people() {
        scene.developer("ann", "sre").developer("bob", "sre").developer("dan", "security");
        scene.gate("Production", Map.of("minApprovals", 1), "sre", "security");
    }

    @Test
    void saysWhereItsEndpointsAre() {
        Answer told = scene.server().get("/.well-known/authzen-configuration", null);
        assertThat(told.body().path("access_evaluation_endpoint").asString())
                .isEqualTo(told.body().path("policy_decision_point").asString() + ONE);
    }

    @Test
    void onlyChecksForATokenThatMayOnlyCheck() {
        String token = token("check");
        Answer held = post(ONE, token, question("ann", "production", Map.of("reason", "now")));
        assertThat(held.status()).isEqualTo(200);
        assertThat(held.body().path("decision").asBoolean()).isFalse();
        assertThat(held.body().path("context").path("reason").asString()).isEqualTo("approval_required");
        assertThat(held.body().path("context").has("request")).isFalse();
        assertThat(scene.server()
                        .get("/api/v1/requests?view=all", scene.secret("ann"))
                        .body()
                        .path("items")
                        .size())
                .isZero();
        Answer free = post(ONE, token, question("ann", "staging", Map.of()));
        assertThat(free.body().path("decision").asBoolean()).isTrue();
        assertThat(free.body().path("context").path("basis").asString()).isEqualTo("not-gated");
    }

    @Test
    void opensARequestAndSpendsItsGrantOnceForEachExecution() {
        String token = token("ask", "redeem");
        Map<String, Object> asked = question("ann", "production", Map.of("payload", Map.of("text", "replicas: 3")));
        Answer held = post(ONE, token, asked);
        String number =
                held.body().path("context").path("request").path("number").asString();
        assertThat(number).as(held.text()).startsWith("AR-");
        assertThat(scene.approve("dan", number).status()).isEqualTo(200);

        Answer nameless = post(ONE, token, asked);
        assertThat(nameless.body().path("decision").asBoolean()).isFalse();
        assertThat(nameless.body().path("context").path("reason").asString()).isEqualTo("execution-id-required");

        Map<String, Object> executing = question(
                "ann",
                "production",
                Map.of("payload", Map.of("text", "replicas: 3"), "executionId", Scene.executionId()));
        Answer done = post(ONE, token, executing);
        assertThat(done.body().path("decision").asBoolean()).as(done.text()).isTrue();
        assertThat(done.body().path("context").path("basis").asString()).isEqualTo("grant");
        assertThat(scene.state(number)).isEqualTo("executed");
        Answer again = post(ONE, token, executing);
        assertThat(again.body().path("decision").asBoolean()).as(again.text()).isTrue();

        Answer other = post(
                ONE,
                token,
                question(
                        "ann",
                        "production",
                        Map.of("payload", Map.of("text", "replicas: 3"), "executionId", Scene.executionId())));
        assertThat(other.body().path("decision").asBoolean()).isFalse();
        assertThat(other.body().path("context").path("request").path("number").asString())
                .isNotEqualTo(number);
    }

    @Test
    void leavesAGrantToWhoMayRedeemIt() {
        String token = token("ask");
        Map<String, Object> asked = question("ann", "production", Map.of("executionId", Scene.executionId()));
        String number = post(ONE, token, asked)
                .body()
                .path("context")
                .path("request")
                .path("number")
                .asString();
        scene.approve("dan", number);
        Answer waiting = post(ONE, token, asked);
        assertThat(waiting.body().path("decision").asBoolean()).isFalse();
        assertThat(waiting.body().path("context").path("reason").asString()).isEqualTo("grant-waiting");
        assertThat(scene.state(number)).isEqualTo("approved");
    }

    @Test
    void leavesTheGrantOfSomebodyElseToWhoMayRedeemForOthers() {
        String robot = robotThatAsksForOthers();
        Map<String, Object> asked = question("ann", "production", Map.of("executionId", Scene.executionId()));
        Answer held = post(ONE, robot, asked);
        assertThat(held.body().path("context").path("reason").asString())
                .as(held.text())
                .isEqualTo("approval_required");
        scene.approve("dan", request(held));
        Answer waiting = post(ONE, robot, asked);
        assertThat(waiting.body().path("context").path("reason").asString())
                .as(waiting.text())
                .isEqualTo("grant-waiting");
        assertThat(scene.state(request(held))).isEqualTo("approved");
    }

    private String robotThatAsksForOthers() {
        String admin = scene.admin();
        Answer made = Scene.expect(
                201,
                scene.server()
                        .post(
                                "/api/v1/accounts",
                                admin,
                                Map.of("handle", "robot", "name", "Robot", "kind", "service", "ownerId", "@bob")));
        String id = made.body().path("id").asString();
        Answer developer = scene.server().call("PUT", "/api/v1/roles/developer/holders/" + id, admin, null);
        assertThat(developer.status()).as(developer.text()).isBetween(200, 204);
        Scene.expect(
                201,
                scene.server()
                        .post(
                                "/api/v1/permission-grants",
                                admin,
                                Map.of(
                                        "principalId",
                                        id,
                                        "permission",
                                        "ask-on-behalf",
                                        "actions",
                                        List.of("release.deploy"),
                                        "resources",
                                        List.of("payments/production"))));
        return Scene.expect(
                        201,
                        scene.server()
                                .post(
                                        "/api/v1/accounts/" + id + "/tokens",
                                        scene.secret("bob"),
                                        Map.of(
                                                "name",
                                                "pep",
                                                "scopes",
                                                List.of("ask", "redeem", "on-behalf"),
                                                "expiresIn",
                                                "P1D")))
                .body()
                .path("token")
                .asString();
    }

    @Test
    void bindsTheApprovalToEveryPropertyOfTheResource() {
        String token = token("ask", "redeem");
        String first = request(post(ONE, token, withProperty("5")));
        assertThat(request(post(ONE, token, withProperty("5")))).isEqualTo(first);
        assertThat(request(post(ONE, token, withProperty("500")))).isNotEqualTo(first);
    }

    private static Map<String, Object> withProperty(String replicas) {
        Map<String, Object> question = new HashMap<>(question("ann", "production", Map.of()));
        question.put(
                "resource",
                Map.of(
                        "type",
                        "environment",
                        "id",
                        "payments/production",
                        "properties",
                        Map.of("to", "v2", "replicas", replicas)));
        return question;
    }

    private static String request(Answer answer) {
        return answer.body().path("context").path("request").path("number").asString();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void takesEveryShapeOfTheStandard(JsonNode shape) {
        Answer answer = post(shape.path("path").asString(), token("check"), shape.path("body"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode many = answer.body().path("evaluations");
        assertThat(many.isArray() ? many.size() : 1)
                .isEqualTo(shape.path("answers").asInt());
        JsonNode first = many.isArray() ? many.get(0) : answer.body();
        assertThat(first.path("decision").isBoolean()).isTrue();
        assertThat(first.path("decision").asBoolean())
                .as("what is not here is denied")
                .isFalse();
    }

    static Stream<JsonNode> shapes() throws IOException {
        try (InputStream in = AuthzenTest.class.getResourceAsStream("/authzen/shapes.json")) {
            JsonNode all = JsonMapper.builder().build().readTree(in);
            return StreamSupport.stream(all.spliterator(), false).toList().stream();
        }
    }

    @Test
    void stopsABatchWhereItsSemanticsSay() {
        List<Map<String, Object>> items = List.of(item("staging"), item("production"), item("staging"));
        assertThat(decisions("execute_all", items)).containsExactly(true, false, true);
        assertThat(decisions("deny_on_first_deny", items)).containsExactly(true, false);
        assertThat(decisions("permit_on_first_permit", items)).containsExactly(true);
        Answer unknown = post(
                MANY, token("check"), Map.of("options", Map.of("evaluations_semantic", "some"), "evaluations", items));
        assertThat(unknown.status()).isEqualTo(400);
    }

    private List<Boolean> decisions(String semantics, List<Map<String, Object>> items) {
        Answer answer = post(
                MANY,
                token("check"),
                Map.of(
                        "subject",
                        Map.of("type", "user", "id", "ann"),
                        "action",
                        Map.of("name", "release.deploy"),
                        "options",
                        Map.of("evaluations_semantic", semantics),
                        "evaluations",
                        items));
        return StreamSupport.stream(answer.body().path("evaluations").spliterator(), false)
                .map(one -> one.path("decision").asBoolean())
                .toList();
    }

    private static Map<String, Object> item(String environment) {
        return Map.of(
                "resource",
                Map.of("type", "environment", "id", "payments/" + environment, "properties", Map.of("to", "v2")));
    }

    @Test
    void tellsWhatIsWrongWithABody() {
        String token = token("check");
        Map<String, Object> question = question("ann", "staging", Map.of());
        for (String member : List.of("subject", "action", "resource")) {
            Map<String, Object> lacking = new HashMap<>(question);
            lacking.remove(member);
            Answer refused = post(ONE, token, lacking);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("`" + member + "`");
        }
        Map<String, Object> odd = new HashMap<>(question);
        odd.put("subject", Map.of("type", "robot", "id", "ann"));
        assertThat(post(ONE, token, odd).code()).isEqualTo("unknown-subject-type");
        odd.put("subject", Map.of("type", "user", "id", "bob"));
        assertThat(post(ONE, token, odd).code()).isEqualTo("subject-not-allowed");
        odd.put("subject", Map.of("type", "agent", "id", "ann"));
        assertThat(post(ONE, token, odd).body().path("context").path("reason").asString())
                .isEqualTo("unknown-subject");

        Answer mixed = post(MANY, token, Map.of("evaluations", List.of(question, Map.of("subject", "ann"))));
        assertThat(mixed.status()).isEqualTo(200);
        JsonNode error = mixed.body().path("evaluations").get(1).path("context").path("error");
        assertThat(error.path("status").asInt()).isEqualTo(400);
        assertThat(error.path("message").asString()).contains("evaluations[1].subject");

        assertThat(post(MANY, token, Map.of("evaluations", Collections.nCopies(10_001, Map.of())))
                        .status())
                .isEqualTo(413);
        assertThat(post(ONE, token("read"), question).code()).isEqualTo("permission-missing");
        assertThat(post(ONE, "cs_t_nobody", question).status()).isEqualTo(401);
    }

    @Test
    void answersTheSameOnTheLongWay() {
        Answer cookieless =
                scene.server().call("POST", ONE + "/", token("check"), question("ann", "staging", Map.of()));
        assertThat(cookieless.status()).isEqualTo(404);
        Answer echoed = scene.server()
                .call("POST", ONE, token("check"), question("ann", "staging", Map.of()), "X-Request-ID", "mine-1");
        assertThat(echoed.body().path("context").path("evaluation_id").asString())
                .isEqualTo("mine-1");
    }

    private static Map<String, Object> question(String subject, String environment, Map<String, Object> context) {
        return Map.of(
                "subject",
                Map.of("type", "user", "id", subject),
                "action",
                Map.of("name", "release.deploy"),
                "resource",
                Map.of(
                        "type",
                        "environment",
                        "id",
                        "payments/" + environment,
                        "properties",
                        Map.of("from", "v1", "to", "v2")),
                "context",
                context);
    }

    private Answer post(String path, String token, Object body) {
        return scene.server().post(path, token, body);
    }

    private String token(String... scopes) {
        return Scene.expect(
                        201,
                        scene.server()
                                .post(
                                        "/api/v1/tokens",
                                        scene.secret("ann"),
                                        Map.of("name", "pep", "scopes", List.of(scopes), "expiresIn", "P1D")))
                .body()
                .path("token")
                .asString();
    }
}
