package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a break-glass session lets pass, and what it does not. */
class BreakglassTest {

    private final Scene scene = Scene.on(TestServer.shared());
    private final Glass glass = new Glass(scene);

    @BeforeEach
    void people() {
        scene.developer("ann", "sre")
                .developer("bob", "security")
                .person("sam", List.of("security_manager"), List.of("security"));
        scene.gate("Production", Map.of("minApprovals", 2), "sre", "security");
        glass.allow("ann");
    }

    @Test
    void letsItsOwnerPassAtOnceAndRecordsWhatWouldHaveBeenNeeded() {
        String session = glass.open("ann");
        Map<String, Object> deploy = Scene.deploy("fix");
        Answer asked = Scene.expect(201, glass.ask("ann", session, deploy));
        assertThat(asked.body().path("decision").asString()).isEqualTo("permit");
        assertThat(asked.body().path("basis").asString()).isEqualTo("break-glass");
        assertThat(asked.body().path("grant").path("expiresAt").asString())
                .isEqualTo(glass.show(session).path("endsAt").asString());
        String number = asked.body().path("request").path("number").asString();
        JsonNode request = scene.show("bob", number).body();
        assertThat(request.path("state").asString()).isEqualTo("approved");
        assertThat(request.path("breakGlass").path("session").asString()).isEqualTo(session);
        assertThat(request.path("requirements").get(0).path("bypassed").asBoolean())
                .isTrue();
        assertThat(request.path("requirements").get(0).path("needed").asInt()).isEqualTo(2);
        Answer redeemed = Scene.expect(200, glass.redeem("ann", deploy, asked));
        assertThat(redeemed.body().path("basis").asString()).isEqualTo("break-glass");
        assertThat(scene.state(number)).isEqualTo("executing");
    }

    @Test
    void tellsTheLogLoudlyWhoPassedWhatByWhichSessionAndWhy() {
        String session = glass.open("ann");
        glass.ask("ann", session, Scene.deploy("loud"));
        JsonNode entry = glass.entries("request-bypassed").getFirst();
        assertThat(entry.path("prominent").asBoolean()).isTrue();
        JsonNode told = entry.path("entry");
        assertThat(told.path("session").asString()).isEqualTo(session);
        assertThat(told.path("justification").asString()).isEqualTo("customers cannot pay");
        assertThat(told.path("incident").asString()).isEqualTo("INC-4711");
        assertThat(told.path("bypassed").get(0).path("name").asString()).isEqualTo("Production");
        assertThat(told.path("subjectId").asString()).isNotEmpty();
        assertThat(told.path("payloadDigest").asString()).startsWith("sha256:");
        assertThat(glass.entries("breakglass-opened"))
                .hasSize(1)
                .allSatisfy(one -> assertThat(one.path("prominent").asBoolean()).isTrue());
    }

    @Test
    void judgesAnAskThatNamesNoSessionAsAlways() {
        glass.open("ann");
        Answer asked = Scene.expect(201, scene.ask("ann", Scene.deploy("as always")));
        assertThat(asked.body().path("decision").asString()).isEqualTo("hold");
    }

    @Test
    void takesTheEqualPendingRequestAlong() {
        Map<String, Object> deploy = Scene.deploy("pending before");
        String number = scene.held("ann", deploy);
        String session = glass.open("ann");
        Answer asked = Scene.expect(200, glass.ask("ann", session, deploy));
        assertThat(asked.body().path("request").path("number").asString()).isEqualTo(number);
        assertThat(asked.body().path("basis").asString()).isEqualTo("break-glass");
        assertThat(scene.vote("bob", number, "approve", null, scene.digest(number))
                        .code())
                .isEqualTo("not-pending");
    }

    @Test
    void isForItsOwnerAlone() {
        glass.allow("bob");
        String session = glass.open("ann");
        Answer asked = glass.ask("bob", session, Scene.deploy("not mine"));
        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.code()).isEqualTo("session-not-yours");
        assertThat(glass.entries("breakglass-refused")).hasSize(1);
    }

    @Test
    void reachesNoFurtherThanItsScope() {
        scene.bind(
                scene.template("Staging", Map.of("minApprovals", 1), Map.of(), "sre", "security"), "payments/staging");
        String session = glass.open("ann");
        assertThat(glass.ask("ann", session, Scene.deploy("payments/staging", "elsewhere"))
                        .code())
                .isEqualTo("outside-session-scope");
        Map<String, Object> rollback = new HashMap<>(Scene.deploy("back"));
        rollback.put("action", "rollback.execute");
        assertThat(glass.ask("ann", session, rollback).code()).isEqualTo("outside-session-scope");
    }

    @Test
    void bypassesNoFreezeAndNoDenial() {
        Map<String, Object> denied = Scene.deploy("denied before");
        String number = scene.held("ann", denied);
        scene.deny("bob", number);
        String session = glass.open("ann");
        assertThat(glass.ask("ann", session, denied).code()).isEqualTo("denied");
        Scene.expect(
                200,
                scene.server()
                        .post(
                                "/api/v1/environments/payments~production/freeze",
                                scene.admin(),
                                Map.of("reason", "quarter end")));
        Answer frozen = glass.ask("ann", session, Scene.deploy("frozen"));
        assertThat(frozen.status()).isEqualTo(422);
        assertThat(frozen.text()).contains("environment-frozen");
    }

    @Test
    void putsADeniedOneAgainOnlyOnPurpose() {
        Map<String, Object> deploy = Scene.deploy("again on purpose");
        String number = scene.held("ann", deploy);
        scene.deny("bob", number);
        String session = glass.open("ann");
        Answer again = scene.server()
                .post(
                        "/api/v1/requests/" + number + "/resubmission",
                        scene.secret("ann"),
                        Map.of("breakGlassSession", session));
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(again.body().path("basis").asString()).isEqualTo("break-glass");
    }

    @Test
    void endsAtItsRevocationWithEverythingNobodyHasUsed() {
        String session = glass.open("ann");
        Map<String, Object> used = Scene.deploy("used");
        Map<String, Object> unused = Scene.deploy("unused");
        Answer first = glass.ask("ann", session, used);
        Answer second = glass.ask("ann", session, unused);
        Scene.expect(200, glass.redeem("ann", used, first));
        Answer revoked = Scene.expect(200, glass.revoke("sam", session));
        assertThat(revoked.body().path("state").asString()).isEqualTo("ended");
        assertThat(revoked.body().path("endedWhy").asString()).isEqualTo("revoked");
        assertThat(glass.redeem("ann", unused, second).status()).isIn(200, 409);
        assertThat(scene.state(second.body().path("request").path("number").asString()))
                .isEqualTo("revoked");
        assertThat(glass.ask("ann", session, Scene.deploy("after")).code()).isEqualTo("session-not-active");
        Answer twice = Scene.expect(200, glass.revoke("ann", session));
        assertThat(twice.body().path("endedBy").path("handle").asString()).isEqualTo("sam");
        List<JsonNode> entries = glass.entries("breakglass-revoked");
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().path("entry").path("actions").asInt()).isEqualTo(2);
        assertThat(entries.getFirst().path("entry").path("grantsEnded").asInt()).isEqualTo(1);
        assertThat(entries.getFirst().path("entry").has("durationSeconds")).isTrue();
    }

    @Test
    void isRevokedByNobodyElse() {
        String session = glass.open("ann");
        assertThat(glass.revoke("bob", session).code()).isEqualTo("not-yours");
        assertThat(glass.state(session)).isEqualTo("active");
    }

    @Test
    void isOneAtATimeNarrowAndForWhoWasGivenIt() {
        Answer refused = glass.tryOpen("bob", Glass.form());
        assertThat(refused.code()).isEqualTo("permission-missing");
        assertThat(refused.body().path("remedy").asString()).contains("by name");
        assertThat(glass.tryOpen("ann", Glass.form("PT30M", List.of("release.deploy"), "payments/staging"))
                        .code())
                .isEqualTo("scope-not-permitted");
        String session = glass.open("ann");
        Answer second = glass.tryOpen("ann", Glass.form("PT1H", List.of("release.deploy"), "payments/production"));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("session-open");
        assertThat(second.body().path("breakGlassSession").asString()).isEqualTo(session);
    }

    @Test
    void answersARetryWithTheSameSession() {
        Map<String, Object> form = Glass.form();
        Answer one = scene.server()
                .call(
                        "POST",
                        "/api/v1/breakglass-sessions",
                        scene.secret("ann"),
                        form,
                        "Idempotency-Key",
                        "the-same-key-1");
        Answer other = scene.server()
                .call(
                        "POST",
                        "/api/v1/breakglass-sessions",
                        scene.secret("ann"),
                        form,
                        "Idempotency-Key",
                        "the-same-key-1");
        assertThat(Scene.expect(201, other).body().path("id"))
                .isEqualTo(one.body().path("id"));
    }

    @Test
    void endsWhenItsOwnerLosesTheRightOrTheAccount() {
        scene.developer("eve", "sre").developer("dan", "sre");
        String given = glass.permit("eve", List.of("release.deploy"), List.of("payments/production"));
        glass.allow("dan");
        String eves = glass.open("eve");
        String dans = glass.open("dan");
        Answer waiting = glass.ask("eve", eves, Scene.deploy("eve waits"));
        Scene.expect(204, scene.server().call("DELETE", "/api/v1/permission-grants/" + given, scene.admin(), null));
        assertThat(glass.show(eves).path("endedWhy").asString()).isEqualTo("permission-taken");
        assertThat(scene.state(waiting.body().path("request").path("number").asString()))
                .isEqualTo("revoked");
        glass.allow("eve");
        assertThat(glass.ask("eve", eves, Scene.deploy("eve again")).code())
                .as("given again, it stays ended")
                .isEqualTo("session-not-active");
        JsonNode dan = scene.server().get("/api/v1/people/@dan", scene.admin()).body();
        Scene.expect(
                200,
                scene.server()
                        .call(
                                "PATCH",
                                "/api/v1/people/@dan",
                                scene.admin(),
                                Map.of("active", false),
                                "If-Match",
                                "\"" + dan.path("version").asLong() + "\""));
        assertThat(glass.show(dans).path("endedWhy").asString()).isEqualTo("owner-disabled");
        assertThat(glass.entries("breakglass-ended")).hasSize(2);
    }

    @Test
    void beginsWithTheApprovalOfItsOpeningWithoutARepeat() {
        scene.create(
                "/api/v1/bindings",
                Map.of(
                        "templateId",
                        scene.template("Openings", Map.of("minApprovals", 1), Map.of(), "security"),
                        "level",
                        "organization",
                        "actions",
                        List.of("breakglass.initiate")));
        Answer held = Scene.expect(202, glass.tryOpen("ann", Glass.form()));
        String session = held.body().path("name").asString();
        String number = held.body().path("request").path("number").asString();
        assertThat(held.body().path("state").asString()).isEqualTo("requested");
        assertThat(glass.ask("ann", session, Scene.deploy("too early")).code()).isEqualTo("session-not-active");
        assertThat(glass.tryOpen("ann", Glass.form()).code()).isEqualTo("session-open");
        assertThat(scene.approve("ann", number).code()).isEqualTo("not-eligible");
        Scene.expect(200, scene.approve("bob", number));
        assertThat(glass.state(session)).isEqualTo("active");
        Scene.expect(201, glass.ask("ann", session, Scene.deploy("now")));
        String opening =
                scene.show("ann", number).body().path("grant").path("id").asString();
        Answer redeemed = scene.server()
                .post(
                        "/api/v1/redemptions",
                        scene.secret("ann"),
                        Map.of(
                                "action",
                                "breakglass.initiate",
                                "resource",
                                Map.of("type", "organization"),
                                "payloadDigest",
                                scene.digest(number),
                                "grantId",
                                opening,
                                "executionId",
                                Scene.executionId()));
        assertThat(redeemed.code()).isEqualTo("begins-by-approval");
        Scene.expect(200, glass.revoke("ann", session));
        Answer review = glass.review("bob", session, "justified");
        assertThat(review.code()).as("bob has no such role").isEqualTo("not-eligible");
    }

    @Test
    void doesNotBeginWhenItsOpeningIsDenied() {
        scene.create(
                "/api/v1/bindings",
                Map.of(
                        "templateId",
                        scene.template("Openings", Map.of("minApprovals", 1), Map.of(), "security"),
                        "level",
                        "organization",
                        "actions",
                        List.of("breakglass.initiate")));
        Answer held = Scene.expect(202, glass.tryOpen("ann", Glass.form()));
        String session = held.body().path("name").asString();
        scene.deny("bob", held.body().path("request").path("number").asString());
        assertThat(glass.state(session)).isEqualTo("not-opened");
        assertThat(glass.show(session).path("endedWhy").asString()).isEqualTo("denied");
    }

    @Test
    void tellsAllThatAClosureLacksAtOnce() {
        String session = glass.open("ann");
        glass.revoke("ann", session);
        Answer refused = scene.server()
                .post("/api/v1/breakglass-sessions/" + session + "/closure", scene.secret("ann"), Map.of());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()
                        .path("violations")
                        .valueStream()
                        .map(one -> one.path("code").asString()))
                .containsExactly(
                        "reason-used-required",
                        "preventive-action-required",
                        "preventive-owner-required",
                        "bad-date",
                        "bad-length");
    }

    @Test
    void takesABlankRemarkForNoneAndSaysWhatIsTooLong() {
        String session = glass.open("ann");
        Map<String, Object> deploy = Scene.deploy("to be told of");
        glass.redeem("ann", deploy, glass.ask("ann", session, deploy));
        glass.revoke("ann", session);
        String path = "/api/v1/breakglass-sessions/" + session;
        Map<String, Object> closure = Glass.closure("ann");
        closure.put("remarks", "x".repeat(4_001));
        Answer tooLong = scene.server().post(path + "/closure", scene.secret("ann"), closure);
        assertThat(tooLong.code()).isEqualTo("too-long");
        assertThat(tooLong.body().at("/violations/0/field").asString()).isEqualTo("remarks");
        closure.put("remarks", " ");
        Map<String, Object> far = new HashMap<>(closure);
        far.put("preventiveDue", "+999999999-12-31");
        assertThat(scene.server()
                        .post(path + "/closure", scene.secret("ann"), far)
                        .code())
                .isEqualTo("bad-date");
        Answer closed = Scene.expect(201, scene.server().post(path + "/closure", scene.secret("ann"), closure));
        assertThat(closed.body().path("closure").has("remarks")).isFalse();
        String action = closed.body().at("/actions/0/id").asString();
        Map<String, String> verdict = Map.of("actionId", action, "verdict", "justified", "note", "x".repeat(4_001));
        assertThat(scene.server()
                        .post(
                                path + "/review",
                                scene.secret("sam"),
                                Map.of("summary", "fine", "verdicts", List.of(verdict)))
                        .code())
                .isEqualTo("too-long");
    }

    @Test
    void isClosedAndReviewedByTheRightPeople() {
        String session = glass.open("ann");
        Map<String, Object> deploy = Scene.deploy("to be reviewed");
        Answer asked = glass.ask("ann", session, deploy);
        glass.redeem("ann", deploy, asked);
        assertThat(glass.close("ann", session).code()).isEqualTo("session-not-ended");
        glass.revoke("ann", session);
        assertThat(glass.close("bob", session).code()).isEqualTo("not-yours");
        Answer closed = Scene.expect(201, glass.close("ann", session));
        assertThat(closed.body().path("closure").path("actionsPerformed").get(0).asString())
                .matches("release\\.deploy on payments/production at [-0-9]+ [:0-9]{8} UTC \\(AR-[0-9]+\\).*");
        assertThat(glass.close("ann", session).code()).isEqualTo("already-closed");
        assertThat(glass.review("ann", session, "justified").code()).isEqualTo("not-eligible");
        Answer partly = scene.server()
                .post(
                        "/api/v1/breakglass-sessions/" + session + "/review",
                        scene.secret("sam"),
                        Map.of("summary", "fine", "verdicts", List.of()));
        assertThat(partly.status()).isEqualTo(400);
        Map<String, Object> verdict = Map.of(
                "actionId",
                glass.show(session).at("/actions/0/id").asString(),
                "verdict",
                "justified",
                "note",
                "needed");
        Answer twice = scene.server()
                .post(
                        "/api/v1/breakglass-sessions/" + session + "/review",
                        scene.secret("sam"),
                        Map.of("summary", "fine", "verdicts", List.of(verdict, verdict)));
        assertThat(twice.code()).isEqualTo("duplicate-id");
        assertThat(twice.body().at("/violations/0/field").asString()).isEqualTo("verdicts[1].actionId");
        Answer reviewed = Scene.expect(201, glass.review("sam", session, "follow-up"));
        assertThat(reviewed.body().path("actions").get(0).path("verdict").asString())
                .isEqualTo("follow-up");
        assertThat(glass.entries("breakglass-closed", "breakglass-reviewed")).hasSize(2);
        JsonNode report = scene.server()
                .get("/api/v1/breakglass-sessions/report", scene.secret("sam"))
                .body();
        assertThat(report.path("sessions").asInt()).isEqualTo(1);
        assertThat(report.path("verdicts").path("follow-up").asInt()).isEqualTo(1);
        assertThat(report.path("bypassed").get(0).path("name").asString()).isEqualTo("Production");
        JsonNode changes = scene.server()
                .get("/api/v1/emergency-changes", scene.secret("bob"))
                .body();
        assertThat(changes.path("items").get(0).path("kind").asString()).isEqualTo("break-glass");
        assertThat(scene.server()
                        .get("/api/v1/breakglass-sessions/" + session + "/timeline", scene.secret("bob"))
                        .body()
                        .path("items")
                        .size())
                .isGreaterThan(4);
    }

    @Test
    void blocksTheNextSessionUntilTheLastOneIsSettled() {
        JsonNode organization =
                scene.server().get("/api/v1/organization", scene.admin()).body();
        Scene.expect(
                200,
                scene.server()
                        .call(
                                "PATCH",
                                "/api/v1/organization",
                                scene.admin(),
                                Map.of("breakGlassBlocksNext", "person"),
                                "If-Match",
                                "\"" + organization.path("version").asLong() + "\""));
        String session = glass.open("ann");
        glass.revoke("ann", session);
        assertThat(glass.tryOpen("ann", Glass.form()).code()).isEqualTo("session-unsettled");
        Scene.expect(201, glass.close("ann", session));
        assertThat(glass.tryOpen("ann", Glass.form()).code()).isEqualTo("session-unsettled");
        Scene.expect(201, glass.review("sam", session, "justified"));
        Scene.expect(201, glass.tryOpen("ann", Glass.form()));
    }

    @Test
    void unfreezesWhereItsScopeNamesThatAndEndsThere() {
        scene.bind(
                scene.template("Freezes", Map.of("minApprovals", 1), Map.of(), "sre", "security"),
                "payments/production",
                "environment.unfreeze");
        glass.allow("sam", List.of("environment.unfreeze"), List.of("payments/production"));
        String path = "/api/v1/environments/payments~production/";
        Scene.expect(200, scene.server().post(path + "freeze", scene.admin(), Map.of("reason", "quarter end")));
        String session = glass.open("sam", Glass.form("PT30M", List.of("environment.unfreeze"), "payments/production"));
        Map<String, Object> reason = Map.of("reason", "the fix has to go out");
        assertThat(scene.server()
                        .post(path + "unfreeze", scene.secret("sam"), reason)
                        .status())
                .as("naming no session, it is held")
                .isEqualTo(202);
        Answer refused = scene.server()
                .call("POST", path + "freeze", scene.secret("sam"), reason, "Countersign-Break-Glass", session);
        assertThat(refused.code()).as("nothing holds this one").isEqualTo("already-frozen");
        Answer open = Scene.expect(
                200,
                scene.server()
                        .call(
                                "POST",
                                path + "unfreeze",
                                scene.secret("sam"),
                                reason,
                                "Countersign-Break-Glass",
                                session));
        assertThat(open.body().path("frozen").asBoolean()).isFalse();
        JsonNode action = glass.show(session).path("actions").get(0);
        assertThat(action.path("requestState").asString()).isEqualTo("executed");
        assertThat(action.path("bypassed").get(0).path("name").asString()).isEqualTo("Freezes");
    }

    @Test
    void passesOverAuthzenInTheTransactionThatSpends() {
        String session = glass.open("ann");
        Map<String, Object> question = Map.of(
                "subject",
                Map.of("type", "person", "id", "ann"),
                "action",
                Map.of("name", "release.deploy"),
                "resource",
                Map.of("type", "environment", "id", "payments/production", "properties", Map.of("to", "v2")),
                "context",
                Map.of(
                        "reason",
                        "customers cannot pay",
                        "payload",
                        Map.of("text", "over a wire"),
                        "executionId",
                        Scene.executionId(),
                        "breakGlassSession",
                        session));
        Answer answer = scene.server().post("/access/v1/evaluation", scene.secret("ann"), question);
        assertThat(answer.body().path("decision").asBoolean()).as(answer.text()).isTrue();
        assertThat(answer.body().path("context").path("basis").asString()).isEqualTo("break-glass");
    }

    @Test
    void saysBeforehandWhatItWillBypass() {
        JsonNode preview = scene.server()
                .post(
                        "/api/v1/breakglass-sessions/preview",
                        scene.secret("ann"),
                        Map.of("scope", Glass.form().get("scope")))
                .body();
        assertThat(preview.path("sentence").asString()).isEqualTo("This will bypass: Production (2 approvals).");
        assertThat(preview.path("faults")).isEmpty();
        JsonNode wide = scene.server()
                .post(
                        "/api/v1/breakglass-sessions/preview",
                        scene.secret("ann"),
                        Map.of(
                                "scope",
                                Map.of(
                                        "actions",
                                        List.of("release.deploy"),
                                        "resources",
                                        List.of(Map.of("type", "project", "id", "payments")))))
                .body();
        assertThat(wide.path("confirm").asString()).isEqualTo("payments");
        assertThat(wide.path("faults").size()).isEqualTo(1);
    }

    @Test
    void showsItsOwnerAndSecurityPeopleThatItRuns() {
        String session = glass.open("ann");
        JsonNode own = scene.server()
                .get("/api/v1/breakglass-sessions/banner", scene.secret("ann"))
                .body();
        assertThat(own.path("own").path("name").asString()).isEqualTo(session);
        assertThat(own.has("active")).isFalse();
        JsonNode watching = scene.server()
                .get("/api/v1/breakglass-sessions/banner", scene.secret("sam"))
                .body();
        assertThat(watching.path("active").asInt()).isEqualTo(1);
        assertThat(watching.has("own")).isFalse();
    }
}
