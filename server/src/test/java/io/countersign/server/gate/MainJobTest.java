package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MainJobTest {

    private Scene scene = Scene.on(TestServer.shared());

    @BeforeEach
    void people() {
        scene.developer("ann", "sre")
                .developer("bob", "sre")
                .developer("cid", "sre")
                .developer("dan", "security");
        scene.gate("Production", Map.of("minApprovals", 2, "minDistinctTeams", 2), "sre", "security");
    }

    @Test
    void holdsThenPermitsOnceAfterTwoPeopleOfTwoTeamsApproved() {
        Map<String, Object> deploy = Scene.deploy("replicas: 3");
        Answer held = Scene.expect(201, scene.ask("ann", deploy));
        String number = held.body().path("request").path("number").asString();
        String digest = held.body().path("payloadDigest").asString();
        assertThat(held.body().path("decision").asString()).isEqualTo("hold");

        assertThat(scene.approve("ann", number).code()).isEqualTo("not-eligible");
        assertThat(scene.approve("bob", number).status()).isEqualTo(200);
        Answer second = scene.approve("cid", number);
        assertThat(second.body().path("state").asString()).isEqualTo("pending");
        Answer third = scene.approve("dan", number);
        assertThat(third.body().path("state").asString()).isEqualTo("approved");

        assertThat(scene.ask("ann", deploy).body().path("basis").asString()).isEqualTo("grant");
        String executionId = Scene.executionId();
        assertThat(scene.redeem("ann", deploy, digest, executionId)
                        .body()
                        .path("decision")
                        .asString())
                .isEqualTo("permit");
        assertThat(scene.redeem("ann", deploy, digest, executionId).status()).isEqualTo(200);
        assertThat(scene.redeem("ann", deploy, digest, Scene.executionId()).code())
                .isEqualTo("already-redeemed");
        assertThat(report("ann", executionId).status()).isEqualTo(204);
        assertThat(scene.state(number)).isEqualTo("executed");
        Answer again = report("ann", executionId);
        assertThat(again.code()).isEqualTo("already-reported");
        assertThat(again.body().path("outcome").asString()).isEqualTo("succeeded");
        assertThat(scene.redeem("ann", deploy, digest, executionId).code()).isEqualTo("already-redeemed");
    }

    @Test
    void opensANewRequestForTheSameAskOnceItWasExecuted() {
        Map<String, Object> deploy = Scene.deploy("replicas: 4");
        String first = scene.held("ann", deploy);
        assertThat(scene.ask("ann", deploy)
                        .body()
                        .path("request")
                        .path("number")
                        .asString())
                .isEqualTo(first);
        scene.approve("bob", first);
        scene.approve("dan", first);
        String executionId = Scene.executionId();
        scene.redeem("ann", deploy, scene.digest(first), executionId);
        assertThat(scene.ask("ann", deploy).code()).isEqualTo("executing");
        report("ann", executionId);
        assertThat(scene.held("ann", deploy)).isNotEqualTo(first);
    }

    @Test
    void bindsTheGrantToPayloadActionResourceAndSubject() {
        Map<String, Object> deploy = Scene.deploy("replicas: 5");
        String number = scene.held("ann", deploy);
        scene.approve("bob", number);
        scene.approve("dan", number);
        String grant = scene.show("ann", number).body().path("grant").path("id").asString();
        String digest = scene.digest(number);
        Map<String, Object> rollback = Scene.deploy("replicas: 5");
        rollback.put("action", "rollback.execute");
        assertThat(redeemGrant("ann", deploy, "sha256:" + "0".repeat(64), grant).code())
                .isEqualTo("grant-mismatch");
        assertThat(redeemGrant("ann", rollback, digest, grant).code()).isEqualTo("grant-mismatch");
        assertThat(redeemGrant("ann", Scene.deploy("payments/staging", "replicas: 5"), digest, grant)
                        .code())
                .isEqualTo("grant-mismatch");
        assertThat(redeemGrant("bob", deploy, digest, grant).code()).isEqualTo("grant-mismatch");
        assertThat(redeemGrant("ann", deploy, digest, grant).status()).isEqualTo(200);
    }

    @Test
    void permitsWhatNoRuleGatesAndKeepsItsOutcome() {
        Map<String, Object> deploy = Scene.deploy("payments/staging", "replicas: 1");
        Answer asked = scene.ask("ann", deploy);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body().path("basis").asString()).isEqualTo("not-gated");
        String executionId = Scene.executionId();
        String digest = asked.body().path("payloadDigest").asString();
        assertThat(scene.redeem("ann", deploy, digest, executionId)
                        .body()
                        .path("basis")
                        .asString())
                .isEqualTo("not-gated");
        assertThat(scene.redeem("ann", deploy, digest, executionId).status()).isEqualTo(200);
        assertThat(scene.redeem("bob", deploy, digest, executionId).code()).isEqualTo("already-redeemed");
        assertThat(report("bob", executionId).code()).isEqualTo("not-the-redeemer");
        assertThat(report("ann", executionId).status()).isEqualTo(204);
    }

    @Test
    void answersCheckFromMemoryWithoutOpeningAnything() {
        Answer gated = scene.server().post("/api/v1/checks", scene.secret("ann"), Scene.deploy("x"));
        assertThat(gated.body().path("decision").asString()).isEqualTo("hold");
        assertThat(gated.body().path("request").isMissingNode()).isTrue();
        Answer open = scene.server().post("/api/v1/checks", scene.secret("ann"), Scene.deploy("payments/staging", "x"));
        assertThat(open.body().path("decision").asString()).isEqualTo("permit");
    }

    @Test
    void endsWithTheFirstDenialAndRemembersIt() {
        Map<String, Object> deploy = Scene.deploy("replicas: 6");
        String number = scene.held("ann", deploy);
        scene.approve("bob", number);
        assertThat(scene.deny("dan", number).body().path("state").asString()).isEqualTo("denied");
        assertThat(scene.approve("cid", number).code()).isEqualTo("not-pending");
        Answer again = scene.ask("ann", deploy);
        assertThat(again.code()).isEqualTo("denied");
        assertThat(again.body().path("request").path("number").asString()).isEqualTo(number);
        deploy.put("resubmit", true);
        String second = scene.held("ann", deploy);
        assertThat(second).isNotEqualTo(number);
        assertThat(scene.show("bob", second).body().path("resubmits").asString())
                .isEqualTo(number);
        scene.deny("dan", second);
        Answer third = scene.ask("ann", deploy);
        assertThat(third.status()).as(third.text()).isEqualTo(201);
        assertThat(scene.show("bob", third.body().path("request").path("number").asString())
                        .body()
                        .path("earlierDenials")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void cancelsWhatANewAskSupersedes() {
        String first = scene.held("ann", Scene.deploy("one"));
        Map<String, Object> next = Scene.deploy("two");
        next.put("supersedes", first);
        String second = scene.held("ann", next);
        assertThat(scene.state(first)).isEqualTo("cancelled");
        assertThat(scene.show("bob", second).body().path("supersedes").asString())
                .isEqualTo(first);
        Answer late = scene.approve("bob", first);
        assertThat(late.code()).isEqualTo("payload-changed");
        assertThat(late.text()).contains(second);
    }

    @Test
    void revokesTheGrantOfWhatANewAskSupersedesAndLeadsOn() {
        String first = scene.held("ann", Scene.deploy("one"));
        scene.approve("bob", first);
        scene.approve("dan", first);
        Map<String, Object> next = Scene.deploy("two");
        next.put("supersedes", first);
        String second = scene.held("ann", next);
        Answer shown = scene.show("bob", first);
        assertThat(shown.body().path("state").asString()).isEqualTo("revoked");
        assertThat(shown.body().path("successor").asString()).isEqualTo(second);
    }

    @Test
    void needsNoSecondReasonForWhatWasExplainedAndWaitsOrIsApproved() {
        scene.gate("Explained", Map.of("minApprovals", 1), Map.of("conditions", Map.of("requireReason", true)), "sre");
        Map<String, Object> deploy = Scene.deploy("replicas: 9");
        Map<String, Object> silent = new HashMap<>(deploy);
        silent.remove("reason");
        assertThat(scene.ask("ann", silent).code()).isEqualTo("policy-violations");
        String number = scene.held("ann", deploy);
        assertThat(scene.ask("ann", silent).body().path("decision").asString()).isEqualTo("hold");
        scene.approve("bob", number);
        scene.approve("dan", number);
        assertThat(scene.ask("ann", silent).body().path("basis").asString()).isEqualTo("grant");
        assertThat(scene.redeem("ann", silent, scene.digest(number), Scene.executionId())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void letsALaterPushOfABranchTakeThePlaceOfTheEarlierOne() {
        String first = scene.held("ann", push("main", "c0ffee1", "first"));
        Map<String, Object> elsewhere = push("hotfix", "c0ffee3", "second");
        elsewhere.put("supersedes", first);
        assertThat(scene.ask("ann", elsewhere).code()).isEqualTo("not-the-same");
        Map<String, Object> next = push("main", "c0ffee2", "second");
        next.put("supersedes", first);
        String second = scene.held("ann", next);
        assertThat(scene.state(first)).isEqualTo("cancelled");
        assertThat(scene.state(second)).isEqualTo("pending");
    }

    private static Map<String, Object> push(String branch, String to, String payload) {
        Map<String, Object> push = Scene.deploy(payload);
        Map<String, Object> resource = new HashMap<>(Map.of("type", "environment", "id", "payments/production"));
        resource.put("from", "c0ffee0");
        resource.put("to", to);
        resource.put("attributes", Map.of("repository", "acme/payments", "ref", "refs/heads/" + branch));
        push.put("resource", resource);
        return push;
    }

    @Test
    void asksWhatIsDeployedOrWhereItGoesTo() {
        Map<String, Object> deploy = Scene.deploy("replicas: 11");
        Map<String, Object> resource = new HashMap<>(Map.of("type", "environment", "id", "payments/production"));
        deploy.put("resource", resource);
        Answer refused = scene.ask("ann", deploy);
        assertThat(refused.code()).isEqualTo("missing");
        assertThat(refused.body().path("detail").asString())
                .isEqualTo("`release.deploy` names the release, or what it goes to");
        resource.put("to", "4.2.0");
        assertThat(scene.ask("ann", deploy).status()).isLessThan(400);
    }

    @Test
    void refusesAVoteOnAnotherPayloadThanTheOneAsked() {
        String number = scene.held("ann", Scene.deploy("three"));
        Answer refused = scene.vote("bob", number, "approve", null, "sha256:" + "1".repeat(64));
        assertThat(refused.code()).isEqualTo("payload-changed");
        assertThat(refused.body().path("detail").asString())
                .matches("the vote names another payload than " + number + " asks for \\(sha256:[0-9a-f]{64}\\)");
    }

    @Test
    void reopensWhenARuleCameAfterTheApproval() {
        Map<String, Object> deploy = Scene.deploy("replicas: 7");
        String number = scene.held("ann", deploy);
        scene.approve("bob", number);
        scene.approve("dan", number);
        scene.create("/api/v1/roles", Map.of("id", "tech-lead", "name", "Tech lead"));
        scene.person("eve", java.util.List.of("tech-lead", "developer"), java.util.List.of());
        scene.gate("Lead", Map.of("minApprovals", 1, "requiredOrgRoles", java.util.List.of("tech-lead")));
        String digest = scene.digest(number);
        assertThat(scene.redeem("ann", deploy, digest, Scene.executionId()).code())
                .isEqualTo("reopened");
        assertThat(scene.state(number)).isEqualTo("pending");
        assertThat(scene.approve("eve", number).body().path("state").asString()).isEqualTo("approved");
        assertThat(scene.redeem("ann", deploy, digest, Scene.executionId()).status())
                .isEqualTo(200);
    }

    @Test
    void deniesDeployingToAFrozenEnvironmentEvenWithAGrant() {
        Map<String, Object> deploy = Scene.deploy("replicas: 8");
        String number = scene.held("ann", deploy);
        scene.approve("bob", number);
        scene.approve("dan", number);
        Scene.expect(
                200,
                scene.server()
                        .post(
                                "/api/v1/environments/payments~production/freeze",
                                scene.admin(),
                                Map.of("reason", "quarter end")));
        Answer refused = scene.redeem("ann", deploy, scene.digest(number), Scene.executionId());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("violations").get(0).path("code").asString())
                .isEqualTo("environment-frozen");
        assertThat(scene.state(number)).isEqualTo("approved");
        Scene.expect(
                200, scene.server().post("/api/v1/environments/payments~production/unfreeze", scene.admin(), Map.of()));
        assertThat(scene.redeem("ann", deploy, scene.digest(number), Scene.executionId())
                        .status())
                .isEqualTo(200);
    }

    private Answer report(String who, String executionId) {
        return scene.server()
                .post(
                        "/api/v1/executions/" + executionId + "/outcome",
                        scene.secret(who),
                        Map.of("result", "succeeded", "text", "done", "link", "https://ci.example/1"));
    }

    private Answer redeemGrant(String who, Map<String, Object> ask, String digest, String grant) {
        return scene.server()
                .post(
                        "/api/v1/redemptions",
                        scene.secret(who),
                        Map.of(
                                "action",
                                ask.get("action"),
                                "resource",
                                ask.get("resource"),
                                "payloadDigest",
                                digest,
                                "executionId",
                                Scene.executionId(),
                                "grantId",
                                grant));
    }
}
