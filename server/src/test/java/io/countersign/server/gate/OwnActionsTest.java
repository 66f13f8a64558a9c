package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OwnActionsTest {

    private static final String FREEZE = "/api/v1/environments/payments~production/freeze";
    private static final String REASON = "{\"reason\":\"quarter end\"}";

    private final Scene scene = Scene.on(TestServer.shared());
    private String templateId = "";

    @BeforeEach
    void people() {
        scene.person("sam", List.of("security_manager"), List.of("security"))
                .person("pam", List.of("policy_manager"), List.of("sre"))
                .person("adi", List.of("admin"), List.of("sre"))
                .developer("ann", "sre")
                .developer("dan", "security");
        templateId = scene.template("Two eyes", Map.of("minApprovals", 1), Map.of(), "sre", "security");
    }

    @Test
    void freezesAtOnceWhereNoRuleGatesIt() {
        Answer frozen = send("sam", "POST", FREEZE, REASON);
        assertThat(frozen.status()).isEqualTo(200);
        assertThat(frozen.body().path("frozen").asBoolean()).isTrue();
    }

    @Test
    void freezesWhenTheSameBytesComeAgainAfterApprovalAndOnlyOnce() {
        bind("organization", null, "environment.freeze", "environment.unfreeze");
        Answer held = send("sam", "POST", FREEZE, REASON);
        assertThat(held.status()).isEqualTo(202);
        String number = number(held);
        assertThat(environment().path("frozen").asBoolean()).isFalse();
        assertThat(number(send("sam", "POST", FREEZE, REASON))).isEqualTo(number);
        assertThat(payload(number)).isEqualTo("POST " + FREEZE + "\n\n" + REASON);
        assertThat(scene.show("ann", number).body().path("reason").asString()).isEqualTo("quarter end");

        scene.approve("ann", number);
        assertThat(environment().path("frozen").asBoolean())
                .as("approval alone does nothing")
                .isFalse();
        Answer other = send("sam", "POST", FREEZE, "{\"reason\":\"quarter end \"}");
        assertThat(other.status()).as("other bytes are another act").isEqualTo(202);
        assertThat(number(other)).isNotEqualTo(number);

        Answer frozen = send("sam", "POST", FREEZE, REASON);
        assertThat(frozen.status()).isEqualTo(200);
        assertThat(environment().path("frozen").asBoolean()).isTrue();
        assertThat(scene.state(number)).isEqualTo("executed");
        assertThat(send("sam", "POST", FREEZE, REASON).code()).isEqualTo("already-frozen");
    }

    @Test
    void asksNobodyToApproveWhatCannotBeDone() {
        bind("organization", null, "environment.freeze", "environment.unfreeze");
        Answer refused = send("sam", "POST", "/api/v1/environments/payments~production/unfreeze", REASON);
        assertThat(refused.code()).isEqualTo("not-frozen");
        assertThat(pending()).isZero();
    }

    @Test
    void neverLetsTheRequesterApproveHisOwnAct() {
        bind("organization", null, "environment.freeze");
        String number = number(send("sam", "POST", FREEZE, REASON));
        assertThat(scene.approve("sam", number).code()).isEqualTo("not-eligible");
    }

    @Test
    void deniesForADayWhatWasDenied() {
        bind("organization", null, "environment.freeze");
        String number = number(send("sam", "POST", FREEZE, REASON));
        scene.deny("ann", number);
        assertThat(send("sam", "POST", FREEZE, REASON).code()).isEqualTo("denied");
        assertThat(environment().path("frozen").asBoolean()).isFalse();
    }

    @Test
    void refusesADeployWhileFrozenEvenWithAGrant() {
        bind("environment", "payments/production");
        Map<String, Object> deploy = Scene.deploy("replicas: 7");
        String number = scene.held("ann", deploy);
        scene.approve("dan", number);
        String freeze = number(send("sam", "POST", FREEZE, REASON));
        scene.approve("ann", freeze);
        assertThat(send("sam", "POST", FREEZE, REASON).status()).isEqualTo(200);
        Answer refused = scene.redeem("ann", deploy, scene.digest(number), Scene.executionId());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("environment-frozen");
        assertThat(scene.state(number)).isEqualTo("approved");
    }

    @Test
    void deletesAProjectOnceApproved() {
        bind("organization", null, "project.delete");
        String path = "/api/v1/projects/payments";
        String number = number(send("adi", "DELETE", path, null));
        assertThat(scene.server().get(path, scene.admin()).status()).isEqualTo(200);
        assertThat(scene.show("ann", number).body().path("action").path("risk").asString())
                .isEqualTo("critical");
        scene.approve("ann", number);
        assertThat(send("adi", "DELETE", path, null).status()).isEqualTo(204);
        assertThat(scene.server().get(path, scene.admin()).status()).isEqualTo(404);
    }

    @Test
    void holdsAChangeOfAnEnvironmentForTheVersionItWasMadeFor() {
        bind("environment", "payments/production");
        String path = "/api/v1/environments/payments~production";
        String body = "{\"tier\":\"staging\"}";
        Answer held = scene.server().call("PATCH", path, scene.secret("adi"), body, "If-Match", "\"1\"");
        String number = number(held);
        assertThat(payload(number)).isEqualTo("PATCH " + path + "\nIf-Match: \"1\"\n\n" + body);
        scene.approve("ann", number);
        Answer stale = scene.server().call("PATCH", path, scene.secret("adi"), body, "If-Match", "\"7\"");
        assertThat(stale.code()).isEqualTo("version-changed");
        Answer done = scene.server().call("PATCH", path, scene.secret("adi"), body, "If-Match", "\"1\"");
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.body().path("tier").asString()).isEqualTo("staging");
        assertThat(done.headers().firstValue("ETag")).hasValue("\"2\"");
    }

    @Test
    void holdsABindingForEveryEnvironmentThatItsNameMeans() {
        scene.create("/api/v1/projects", Map.of("name", "shop"));
        scene.create("/api/v1/environments", Map.of("projectId", "shop", "name", "production", "tier", "production"));
        bind("organization", null, "environment.policy.update");
        String body = "{\"templateId\":\"" + templateId
                + "\",\"level\":\"environment\",\"environmentName\":\"production\",\"actions\":[\"release.deploy\"]}";
        Answer held = scene.server().post("/api/v1/bindings", scene.secret("pam"), body);
        assertThat(held.status()).isEqualTo(202);
        List<String> numbers = numbers(held);
        assertThat(numbers).hasSize(2);
        scene.approve("ann", numbers.getFirst());
        assertThat(scene.server()
                        .post("/api/v1/bindings", scene.secret("pam"), body)
                        .status())
                .as("one of two is not enough")
                .isEqualTo(202);
        scene.approve("ann", numbers.getLast());
        assertThat(scene.server()
                        .post("/api/v1/bindings", scene.secret("pam"), body)
                        .status())
                .isEqualTo(201);
        assertThat(numbers).allSatisfy(number -> assertThat(scene.state(number)).isEqualTo("executed"));
    }

    @Test
    void holdsPolicyAndRoleChangesOnlyWhereABindingNamesThem() {
        bind("organization", null);
        String role = "/api/v1/roles/compliance_officer/holders/@ann";
        assertThat(send("adi", "PUT", role, null).status()).isEqualTo(204);
        bind("organization", null, "role.change", "policy.change");
        assertThat(send("adi", "DELETE", role, null).status()).isEqualTo(202);
        String person = "{\"handle\":\"eve\",\"name\":\"Eve\",\"roles\":[\"admin\"],\"teams\":[]}";
        assertThat(post("adi", "/api/v1/people", person).status()).isEqualTo(202);
        String harmless = "{\"handle\":\"eve\",\"name\":\"Eve\",\"roles\":[],\"teams\":[]}";
        assertThat(post("adi", "/api/v1/people", harmless).status()).isEqualTo(201);
        String template = "{\"name\":\"More\",\"description\":\"\",\"scope\":[\"organization\"],"
                + "\"quorum\":{\"minApprovals\":1,\"requiredTeamIds\":[\"@sre\"]}}";
        Answer held = post("pam", "/api/v1/templates", template);
        assertThat(held.status()).isEqualTo(202);
        scene.approve("ann", number(held));
        assertThat(post("pam", "/api/v1/templates", template).status()).isEqualTo(201);
    }

    @Test
    void holdsSettingsByWhichRulesAreJudgedWhereABindingNamesPolicyChanges() {
        bind("organization", null, "policy.change");
        assertThat(settings(Map.of("name", "Acme", "staleAfter", "PT12H")).status())
                .isEqualTo(200);
        Map<String, Object> strict = Map.of("name", "Acme 2", "zone", "Asia/Tokyo");
        Answer held = settings(strict);
        assertThat(held.status()).isEqualTo(202);
        assertThat(settings(Map.of("zone", "Mars/Base")).code()).isEqualTo("wrong-value");
        for (Map<String, Object> other : List.<Map<String, Object>>of(
                Map.of("ownChangeWindow", "PT1H"),
                Map.of("denialMemory", "PT1H"),
                Map.of("voteReasonRequired", "always"),
                Map.of("breakGlassMaximum", "PT8H"))) {
            assertThat(settings(other).status()).as(other.toString()).isEqualTo(202);
        }
        scene.approve("ann", number(held));
        assertThat(settings(strict).body().path("zone").asString()).isEqualTo("Asia/Tokyo");
        assertThat(settings(Map.of("name", "Acme 3", "zone", "Asia/Tokyo")).status())
                .as("the zone stays as it is")
                .isEqualTo(200);
    }

    private Answer settings(Map<String, Object> change) {
        return scene.settings(scene.secret("adi"), change);
    }

    @Test
    void showsTheSecretOfAGatedTokenOnceAndNeverReplaysAHold() {
        bind("organization", null, "token.issue");
        String body = "{\"name\":\"pipeline\",\"scopes\":[\"policy\"],\"expiresIn\":\"PT1H\"}";
        String key = "a-key-of-this-test-" + scene.handle();
        Answer held = scene.server().call("POST", "/api/v1/tokens", scene.secret("pam"), body, "Idempotency-Key", key);
        assertThat(held.status()).isEqualTo(202);
        scene.approve("ann", number(held));
        Answer made = scene.server().call("POST", "/api/v1/tokens", scene.secret("pam"), body, "Idempotency-Key", key);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("token").asString()).startsWith("cs_t_");
        Answer again = scene.server().call("POST", "/api/v1/tokens", scene.secret("pam"), body, "Idempotency-Key", key);
        assertThat(again.body().path("token").isMissingNode()
                        || again.body().path("token").isNull())
                .isTrue();
        assertThat(again.body().path("notice").asString()).isEqualTo("secret-already-shown");
        assertThat(post("ann", "/api/v1/tokens", "{\"name\":\"reads\",\"scopes\":[\"read\"]}")
                        .status())
                .as("a token that only reads is nobody's business")
                .isEqualTo(201);
    }

    @Test
    void refusesWhatTheRulesDemandAReasonForUntilOneIsGiven() {
        String demanding = scene.template(
                "With a reason", Map.of("minApprovals", 1), Map.of("conditions", Map.of("requireReason", true)), "sre");
        scene.create(
                "/api/v1/bindings",
                Map.of("templateId", demanding, "level", "organization", "actions", List.of("project.delete")));
        JsonNode missing = send("adi", "DELETE", "/api/v1/projects/payments", null)
                .body()
                .path("violations")
                .get(0);
        assertThat(missing.path("code").asString()).isEqualTo("reason-required");
        assertThat(missing.path("remedy").asString()).contains("the header `Countersign-Reason`");
        Answer held = scene.server()
                .call(
                        "DELETE",
                        "/api/v1/projects/payments",
                        scene.secret("adi"),
                        null,
                        "Countersign-Reason",
                        "it%20moved%20to%20Z%C3%BCrich");
        assertThat(held.status()).isEqualTo(202);
        assertThat(scene.show("ann", number(held)).body().path("reason").asString())
                .isEqualTo("it moved to Zürich");
    }

    @Test
    void doesOneActOfManyEqualOnesAtOnce() throws Exception {
        bind("organization", null, "environment.freeze");
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> send("sam", "POST", FREEZE, REASON));
        }
        List<Answer> held = atOnce(calls);
        assertThat(held).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(202));
        assertThat(held.stream().map(OwnActionsTest::number).distinct()).hasSize(1);
        scene.approve("ann", number(held.getFirst()));
        List<Answer> done = atOnce(calls);
        assertThat(done.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(done.stream().filter(answer -> answer.status() == 409)).hasSize(7);
    }

    @Test
    void writesRedemptionEffectAndOutcomeInThatOrder() throws Exception {
        bind("organization", null, "environment.freeze");
        scene.approve("ann", number(send("sam", "POST", FREEZE, REASON)));
        send("sam", "POST", FREEZE, REASON);
        assertThat(log()).containsSubsequence("grant-redeemed", "environment-frozen", "request-executed");
    }

    /** The types of the log's latest entries, oldest first, once it has come to the end of a request. */
    private List<String> log() throws InterruptedException {
        List<String> types = new ArrayList<>();
        for (int look = 0; look < 100 && !types.contains("request-executed"); look++) {
            Thread.sleep(50);
            types.clear();
            scene.server()
                    .get("/api/v1/audit-entries?limit=5", scene.admin())
                    .body()
                    .path("items")
                    .forEach(entry -> types.addFirst(entry.path("type").asString()));
        }
        return types;
    }

    private static List<Answer> atOnce(List<Callable<Answer>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : threads.invokeAll(calls)) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    private void bind(String level, @Nullable String target, String... actions) {
        Map<String, Object> form = new HashMap<>(Map.of("templateId", templateId, "level", level));
        if (target != null) {
            form.put("targetId", target);
        }
        if (actions.length > 0) {
            form.put("actions", List.of(actions));
        }
        scene.create("/api/v1/bindings", form);
    }

    private Answer send(String who, String method, String path, @Nullable String body) {
        return scene.server().call(method, path, scene.secret(who), body);
    }

    private Answer post(String who, String path, String body) {
        return scene.server().post(path, scene.secret(who), body);
    }

    private JsonNode environment() {
        return scene.server()
                .get("/api/v1/environments/payments~production", scene.admin())
                .body();
    }

    private String payload(String number) {
        return scene.server()
                .get("/api/v1/requests/" + number + "/payload", scene.secret("ann"))
                .text();
    }

    private int pending() {
        return scene.server()
                .get("/api/v1/requests?view=pending", scene.admin())
                .body()
                .path("items")
                .size();
    }

    private static String number(Answer held) {
        return numbers(Scene.expect(202, held)).getFirst();
    }

    private static List<String> numbers(Answer held) {
        List<String> numbers = new ArrayList<>();
        held.body()
                .path("requests")
                .forEach(one -> numbers.add(one.path("request").path("number").asString()));
        return numbers;
    }
}
