package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a redemption is told where no grant waits for exactly it, under a rule that demands a reason of an ask. */
class MissingGrantTest {

    private static TestServer server;
    private Scene scene;

    @BeforeAll
    static void start() {
        server = TestServer.simulatedForMonths(Instant.parse("2026-03-02T09:00:00Z"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void people() {
        scene = Scene.on(server).developer("ann", "sre").developer("bob", "sre").developer("cid", "sre");
        scene.gate(
                "Explained",
                Map.of("minApprovals", 1),
                Map.of(
                        "conditions", Map.of("requireReason", true),
                        "expiresAfter", "PT30M",
                        "grantValidFor", "PT10M"),
                "sre");
    }

    /** Redeems with the reason of the ask, or without any. */
    private Answer redeem(String who, Map<String, Object> ask, String digest, boolean explained) {
        Map<String, Object> form = new HashMap<>(ask);
        if (!explained) {
            form.remove("reason");
        }
        return scene.redeem(who, form, digest, Scene.executionId());
    }

    private void assertHeld(Answer answer, String code, String detail) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("decision").asString()).isEqualTo("hold");
        assertThat(answer.body().path("grant").isMissingNode()).isTrue();
        assertThat(answer.body().path("requirements")).hasSize(1);
        assertThat(answer.body().path("violations")).as(answer.text()).hasSize(1);
        JsonNode why = answer.body().path("violations").get(0);
        assertThat(why.path("code").asString()).isEqualTo(code);
        assertThat(why.path("message").asString()).isEqualTo(detail);
        assertThat(why.path("remedy").asString()).isNotBlank();
    }

    private long requests() {
        return server.get("/api/v1/requests?view=all&limit=100", scene.admin())
                .body()
                .path("items")
                .size();
    }

    private String approved(Map<String, Object> ask) {
        String number = scene.held("ann", ask);
        Scene.expect(200, scene.approve("bob", number));
        return number;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatTheRequestWasDenied(boolean explained) {
        Map<String, Object> deploy = Scene.deploy("denied");
        String number = scene.held("ann", deploy);
        scene.deny("bob", number);
        assertHeld(
                redeem("ann", deploy, scene.digest(number), explained),
                "no-grant",
                number + " is denied; there is no grant to use or take back");
        assertThat(scene.state(number)).isEqualTo("denied");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatTheRequestWasCancelled(boolean explained) {
        Map<String, Object> deploy = Scene.deploy("cancelled");
        String number = scene.held("ann", deploy);
        Scene.expect(200, server.post("/api/v1/requests/" + number + "/cancellation", scene.secret("ann"), Map.of()));
        assertHeld(
                redeem("ann", deploy, scene.digest(number), explained),
                "no-grant",
                number + " is cancelled; there is no grant to use or take back");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatTheRequestExpired(boolean explained) {
        Map<String, Object> deploy = Scene.deploy("expired");
        String number = scene.held("ann", deploy);
        scene.pass(Duration.ofMinutes(31));
        assertHeld(
                redeem("ann", deploy, scene.digest(number), explained),
                "no-grant",
                number + " is expired; there is no grant to use or take back");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatTheGrantRanOut(boolean explained) {
        Map<String, Object> deploy = Scene.deploy("ran out");
        String number = approved(deploy);
        scene.pass(Duration.ofMinutes(11));
        scene.state(number);
        Answer late = redeem("ann", deploy, scene.digest(number), explained);
        assertThat(late.text()).contains("no-grant").contains(number).doesNotContain("reason-required");
        assertThat(late.body().path("decision").asString()).isNotEqualTo("permit");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatTheGrantWasUsed(boolean explained) {
        Map<String, Object> deploy = Scene.deploy("used");
        String number = approved(deploy);
        String execution = Scene.executionId();
        Scene.expect(200, scene.redeem("ann", deploy, scene.digest(number), execution));
        server.post("/api/v1/executions/" + execution + "/outcome", scene.secret("ann"), Map.of("result", "succeeded"));
        Answer again = redeem("ann", deploy, scene.digest(number), explained);
        assertThat(again.body().path("decision").asString()).isEqualTo("hold");
        assertThat(again.body().at("/violations/0/code").asString()).isEqualTo("already-redeemed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysWhatDiffersFromTheGrantThatWaits(boolean explained) {
        Map<String, Object> deploy = Scene.deploy("exactly this");
        String number = approved(deploy);
        String digest = scene.digest(number);
        Map<String, Object> elsewhere = new HashMap<>(deploy);
        elsewhere.put("resource", Map.of("type", "environment", "id", "payments/production", "from", "v1", "to", "v3"));
        Map<String, Object> back = new HashMap<>(deploy);
        back.put("action", "rollback.execute");
        assertDiffers(redeem("ann", deploy, "sha256:" + "0".repeat(64), explained), "payloadDigest");
        assertDiffers(redeem("ann", elsewhere, digest, explained), "resource");
        assertDiffers(redeem("ann", back, digest, explained), "action");
        assertDiffers(redeem("cid", deploy, digest, explained), "subject");
        assertThat(scene.state(number)).isEqualTo("approved");
        assertThat(redeem("ann", deploy, digest, explained)
                        .body()
                        .path("decision")
                        .asString())
                .isEqualTo("permit");
    }

    private void assertDiffers(Answer answer, String field) {
        assertHeld(answer, "grant-mismatch", "what is about to run differs from what was approved in " + field);
        assertThat(answer.body().at("/violations/0/field").asString()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsAndOpensNothingWhereNothingLikeItWasAsked(boolean explained) {
        long before = requests();
        Answer answer = redeem("ann", Scene.deploy("never asked"), "sha256:" + "1".repeat(64), explained);
        assertThat(answer.body().path("decision").asString()).isEqualTo("hold");
        assertThat(answer.body().path("violations").isMissingNode()).isTrue();
        assertThat(answer.body().path("request").isMissingNode()).isTrue();
        assertThat(requests()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysNothingOfAGrantThatDiffersInMoreThanOneThing(boolean explained) {
        approved(Scene.deploy("not like it"));
        Answer answer = redeem("cid", Scene.deploy("x"), "sha256:" + "2".repeat(64), explained);
        assertThat(answer.body().path("decision").asString()).isEqualTo("hold");
        assertThat(answer.body().path("violations").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"denied", "payload"})
    void aFreezeIsSaidBeforeAnyOfIt(String what) {
        Map<String, Object> deploy = Scene.deploy("frozen " + what);
        String number = scene.held("ann", deploy);
        if (what.equals("denied")) {
            scene.deny("bob", number);
        } else {
            scene.approve("bob", number);
        }
        String digest = what.equals("denied") ? scene.digest(number) : "sha256:" + "3".repeat(64);
        Scene.expect(
                200,
                server.post(
                        "/api/v1/environments/payments~production/freeze", scene.admin(), Map.of("reason", "no more")));
        Answer refused = redeem("ann", deploy, digest, false);
        assertThat(refused.code()).isEqualTo("policy-violations");
        assertThat(refused.body()
                        .path("violations")
                        .valueStream()
                        .map(one -> one.path("code").asString())
                        .toList())
                .isEqualTo(List.of("environment-frozen"));
    }
}
