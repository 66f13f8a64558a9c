package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What time does to requests, grants and rules, by a clock that the tests move. */
class PassingTimeTest {

    private static final Map<String, Object> ONE = Map.of("minApprovals", 1);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

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
        scene = Scene.on(server).developer("ann", "sre").developer("bob", "sre").developer("dan", "security");
    }

    /** Moves to the next time the clocks of a place show this. */
    private void moveTo(LocalTime local, ZoneId zone) {
        ZonedDateTime here = scene.now().atZone(zone);
        ZonedDateTime today = here.with(local);
        scene.moveTo((today.isAfter(here) ? today : today.plusDays(1)).toInstant());
    }

    private Map<String, Object> during(int start, int end, ZoneId zone) {
        return Map.of("conditions", Map.of("startHour", start, "endHour", end, "timezone", zone.getId()));
    }

    private List<String> mine(String who) {
        return server.get("/api/v1/requests?view=mine&limit=50", scene.secret(who))
                .body()
                .path("items")
                .valueStream()
                .map(item -> item.path("number").asString())
                .toList();
    }

    @Test
    void aVoteOnWhatIsCriticalWantsThePasswordAgainAfterTenMinutes() {
        String template = scene.template("Commands", ONE, Map.of(), "sre");
        scene.create(
                "/api/v1/bindings",
                Map.of(
                        "templateId",
                        template,
                        "level",
                        "cluster",
                        "targetId",
                        "prod-eu",
                        "actions",
                        List.of("command.execute")));
        Map<String, Object> command = Scene.deploy("uptime");
        command.put("action", "command.execute");
        command.put("resource", Map.of("type", "cluster", "id", "prod-eu"));
        String number = scene.held("ann", command);
        scene.pass(Duration.ofMinutes(11));
        Answer old = scene.approve("bob", number);
        assertThat(old.status()).isEqualTo(403);
        assertThat(old.code()).isEqualTo("sign-in-too-old");
        assertThat(old.body().path("remedy").asString()).contains("password once more");
        assertThat(confirm("another password").code()).isEqualTo("wrong-password");
        assertThat(scene.approve("bob", number).code()).isEqualTo("sign-in-too-old");
        Scene.expect(200, confirm("correct horse battery"));
        assertThat(Scene.expect(200, scene.approve("bob", number))
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("approved");
    }

    private Answer confirm(String password) {
        return server.post("/api/v1/sessions/current/confirmation", scene.secret("bob"), Map.of("password", password));
    }

    @Test
    void aRequestExpiresAtItsDeadlineWhetherAnybodyLooksOrNot() {
        scene.gate("Production", ONE, Map.of("expiresAfter", "PT30M"), "sre");
        Map<String, Object> deploy = Scene.deploy("expires");
        String number = scene.held("ann", deploy);
        String digest = scene.digest(number);
        scene.pass(Duration.ofMinutes(29));
        assertThat(mine("bob")).containsExactly(number);
        scene.pass(Duration.ofMinutes(1));
        assertThat(scene.vote("bob", number, "approve", null, digest).code()).isEqualTo("not-pending");
        assertThat(mine("bob")).isEmpty();
        assertThat(scene.state(number)).isEqualTo("expired");
        assertThat(server.get("/api/v1/requests?view=decided&state=expired", scene.secret("bob"))
                        .body()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void aGrantEndsAtItsMomentAndRedeemsNothingAfterIt() {
        scene.gate("Production", ONE, Map.of("grantValidFor", "PT10M"), "sre");
        Map<String, Object> deploy = Scene.deploy("too late");
        String number = scene.held("ann", deploy);
        Scene.expect(200, scene.approve("bob", number));
        scene.pass(Duration.ofMinutes(10));
        Answer late = scene.redeem("ann", deploy, scene.digest(number), Scene.executionId());
        assertThat(late.status()).as(late.text()).isNotEqualTo(200);
        assertThat(scene.state(number)).isEqualTo("grant-expired");
        assertThat(scene.held("ann", deploy)).isNotEqualTo(number);
    }

    @Test
    void anEscalationLetsMorePeopleApproveFromItsTimeOn() {
        Map<String, Object> escalation = Map.of("after", "PT1H", "approvers", Map.of("teams", List.of("@security")));
        scene.gate("Production", ONE, Map.of("escalation", escalation), "sre");
        String number = scene.held("ann", Scene.deploy("escalates"));
        scene.pass(Duration.ofMinutes(59));
        assertThat(mine("dan")).isEmpty();
        assertThat(scene.approve("dan", number).code()).isEqualTo("not-eligible");
        scene.pass(Duration.ofMinutes(1));
        assertThat(mine("dan")).containsExactly(number);
        assertThat(mine("bob")).containsExactly(number);
        Scene.expect(200, scene.approve("dan", number));
        assertThat(scene.state(number)).isEqualTo("approved");
    }

    @Test
    void aRuleWhoseHoursBeginWhileARequestIsPendingIsMetAsWell() {
        moveTo(LocalTime.of(12, 10), BERLIN);
        scene.gate("Production", ONE, "sre");
        scene.gate("Off-hours", ONE, during(18, 9, BERLIN), "security");
        Map<String, Object> deploy = Scene.deploy("into the night");
        String number = scene.held("ann", deploy);
        assertThat(mine("dan")).isEmpty();
        moveTo(LocalTime.of(18, 0), BERLIN);
        assertThat(mine("dan")).containsExactly(number);
        Scene.expect(200, scene.approve("bob", number));
        assertThat(scene.state(number)).isEqualTo("pending");
        Scene.expect(200, scene.approve("dan", number));
        assertThat(scene.state(number)).isEqualTo("approved");
    }

    @Test
    void aGrantSaysUntilWhenItIsUsableAndReopensAfterThat() {
        moveTo(LocalTime.of(17, 40), BERLIN);
        scene.gate("Production", ONE, Map.of("grantValidFor", "PT1H"), "sre");
        scene.gate("Maintenance", ONE, during(18, 20, BERLIN), "security");
        Map<String, Object> deploy = Scene.deploy("a little too late");
        String number = scene.held("ann", deploy);
        Scene.expect(200, scene.approve("bob", number));
        Answer shown = scene.show("ann", number);
        Instant usable =
                Instant.parse(shown.body().path("grant").path("usableUntil").asString());
        assertThat(usable.atZone(BERLIN).toLocalTime()).isEqualTo(LocalTime.of(18, 0));
        scene.moveTo(usable);
        assertThat(scene.redeem("ann", deploy, scene.digest(number), Scene.executionId())
                        .status())
                .isEqualTo(409);
        assertThat(scene.state(number)).isEqualTo("pending");
        Scene.expect(200, scene.approve("dan", number));
        Scene.expect(200, scene.redeem("ann", deploy, scene.digest(number), Scene.executionId()));
    }

    @Test
    void hoursAreThoseOfTheWallClockOnBothSidesOfAChangeOfTheClocks() {
        scene.gate("Business hours", ONE, during(9, 17, BERLIN), "sre");
        int asked = 0;
        for (String change : List.of("2026-03-29", "2026-10-25")) {
            for (int day : List.of(-1, 1)) {
                for (String time : List.of("08:59", "09:00", "16:59", "17:00")) {
                    LocalDate date = LocalDate.parse(change).plusDays(day);
                    scene.moveTo(
                            date.atTime(LocalTime.parse(time)).atZone(BERLIN).toInstant());
                    Answer answer = scene.ask("ann", Scene.deploy("ask " + asked++));
                    assertThat(answer.body().path("decision").asString())
                            .as(date + " " + time)
                            .isEqualTo(time.equals("09:00") || time.equals("16:59") ? "hold" : "permit");
                }
            }
        }
    }

    @Test
    void aRuleWithoutAZoneGoesByTheOrganizationsOwn() {
        moveTo(LocalTime.of(12, 30), ZoneId.of("UTC"));
        scene.gate("Evening", ONE, Map.of("conditions", Map.of("startHour", 20, "endHour", 23)), "sre");
        assertThat(scene.ask("ann", Scene.deploy("at noon"))
                        .body()
                        .path("decision")
                        .asString())
                .isEqualTo("permit");
        Scene.expect(200, scene.settings(scene.admin(), Map.of("zone", "Asia/Tokyo")));
        assertThat(scene.ask("ann", Scene.deploy("in the evening"))
                        .body()
                        .path("decision")
                        .asString())
                .isEqualTo("hold");
    }

    @Test
    void whoMovesTheOrganizationsClockIsJudgedByTheClockOfBeforeForADay() {
        scene.person("adi", List.of("admin", "developer"), List.of("security"));
        moveTo(LocalTime.of(12, 30), ZoneId.of("UTC"));
        scene.gate("Noon", ONE, Map.of("conditions", Map.of("startHour", 12, "endHour", 14)), "sre");
        settings("adi", Map.of("setUp", "ended"));
        scene.pass(Duration.ofMinutes(1));
        settings("adi", Map.of("zone", "Asia/Tokyo"));
        assertThat(decision("ann", "by hers")).isEqualTo("permit");
        assertThat(decision("adi", "by his")).isEqualTo("hold");
        assertThat(explained("adi")).contains("applies");
        scene.pass(Duration.ofHours(25));
        assertThat(decision("adi", "a day later")).isEqualTo("permit");
        assertThat(explained("adi")).containsOnly("other-time");
    }

    @Test
    void whoShortensTheWindowOfOwnChangesIsJudgedByTheLongerOne() {
        scene.person("adi", List.of("admin", "developer"), List.of("security"));
        scene.gate("Production", ONE, "sre");
        settings("adi", Map.of("setUp", "ended"));
        scene.pass(Duration.ofMinutes(1));
        Scene.expect(204, server.call("PUT", "/api/v1/teams/@sre/members/@dan", scene.secret("adi"), null));
        scene.pass(Duration.ofHours(2));
        settings("adi", Map.of("ownChangeWindow", "PT1H"));
        String his = scene.held("adi", Scene.deploy("his"));
        String hers = scene.held("ann", Scene.deploy("hers"));
        assertThat(scene.approve("dan", his).code()).isEqualTo("not-eligible");
        Scene.expect(200, scene.approve("dan", hers));
    }

    private void settings(String who, Map<String, Object> change) {
        Scene.expect(200, scene.settings(scene.secret(who), change));
    }

    private String decision(String who, String what) {
        return scene.ask(who, Scene.deploy(what)).body().path("decision").asString();
    }

    private List<String> explained(String who) {
        Map<String, Object> question = Map.of(
                "action",
                "release.deploy",
                "resource",
                Map.of("type", "environment", "id", "payments/production"),
                "subject",
                "@" + who);
        return Scene.expect(200, server.post("/api/v1/explanations", scene.admin(), question))
                .body()
                .path("bindings")
                .valueStream()
                .map(binding -> binding.path("verdict").asString())
                .toList();
    }

    @Test
    void whatWaitsForLongIsStale() {
        scene.gate("Production", ONE, "sre");
        String number = scene.held("ann", Scene.deploy("stale"));
        scene.pass(Duration.ofHours(23));
        assertThat(scene.show("ann", number).body().path("stale").asBoolean()).isFalse();
        scene.pass(Duration.ofMinutes(61));
        assertThat(scene.show("ann", number).body().path("stale").asBoolean()).isTrue();
        Scene.expect(200, scene.approve("bob", number));
        assertThat(scene.show("ann", number).body().path("stale").asBoolean()).isFalse();
    }

    @Test
    void aDenialIsRememberedForADayAndPutAgainOnce() {
        scene.gate("Production", ONE, "sre");
        Map<String, Object> deploy = Scene.deploy("denied");
        String number = scene.held("ann", deploy);
        Scene.expect(200, scene.deny("bob", number));
        assertThat(scene.ask("ann", deploy).code()).isEqualTo("denied");
        Map<String, Object> again = new HashMap<>(deploy);
        again.put("resubmit", true);
        String second = scene.held("ann", again);
        assertThat(scene.show("ann", second).body().path("earlierDenials")).hasSize(1);
        Scene.expect(200, scene.deny("bob", second));
        scene.pass(Duration.ofHours(23));
        assertThat(scene.ask("ann", deploy).code()).isEqualTo("denied");
        scene.pass(Duration.ofMinutes(61));
        assertThat(scene.held("ann", deploy)).isNotIn(number, second);
    }

    @Test
    void anOutcomeNobodyReportsBlocksForAnHour() {
        scene.gate("Production", ONE, "sre");
        Map<String, Object> deploy = Scene.deploy("silent");
        String number = scene.held("ann", deploy);
        Scene.expect(200, scene.approve("bob", number));
        Scene.expect(200, scene.redeem("ann", deploy, scene.digest(number), Scene.executionId()));
        scene.pass(Duration.ofMinutes(59));
        assertThat(scene.ask("ann", deploy).code()).isEqualTo("executing");
        assertThat(unknown(number)).isFalse();
        scene.pass(Duration.ofMinutes(2));
        assertThat(unknown(number)).isTrue();
        assertThat(scene.held("ann", deploy)).isNotEqualTo(number);
    }

    @Test
    void whatNoRuleHeldIsListedAndItsLostOutcomeIsSettledByAPersonWithAReason() {
        Map<String, Object> deploy = Scene.deploy("payments/staging", "free");
        String lost = executed(deploy);
        String told = executed(deploy);
        Scene.expect(204, report("ann", told, Map.of("result", "failed", "text", "no disk")));
        assertThat(executions("")).containsExactly(told + " failed", lost + " executing");
        assertThat(executions("state=executing")).containsExactly(lost + " executing");
        assertThat(report("root", lost, Map.of("result", "failed", "text", "it is down"))
                        .code())
                .as("within the hour only who redeemed may tell")
                .isEqualTo("not-the-redeemer");
        assertThat(settlers(lost)).isEmpty();
        scene.pass(Duration.ofMinutes(61));
        assertThat(settlers(lost)).as("who redeemed, and who may revoke grants").containsExactly("ann", "root");
        assertThat(settlers(told)).isEmpty();
        assertThat(executions("state=executing")).isEmpty();
        assertThat(executions("state=outcome-unknown")).containsExactly(lost + " outcome-unknown");
        assertThat(report("bob", lost, Map.of("result", "failed", "text", "I think"))
                        .code())
                .as("he is not concerned")
                .isEqualTo("not-the-redeemer");
        assertThat(report("root", lost, Map.of("result", "failed")).code())
                .as("no reason")
                .isEqualTo("not-the-redeemer");
        String narrow = scene.server()
                .post(
                        "/api/v1/tokens",
                        scene.admin(),
                        Map.of("name", "narrow", "scopes", List.of("redeem"), "expiresIn", "P1D"))
                .body()
                .path("token")
                .asString();
        assertThat(server.post(
                                "/api/v1/executions/" + lost + "/outcome",
                                narrow,
                                Map.of("result", "failed", "text", "so the token says"))
                        .code())
                .as("an administrator's token without the say over grants")
                .isEqualTo("not-the-redeemer");
        String reads = scene.server()
                .post(
                        "/api/v1/tokens",
                        scene.admin(),
                        Map.of("name", "reads", "scopes", List.of("read", "revoke"), "expiresIn", "P1D"))
                .body()
                .path("token")
                .asString();
        assertThat(server.get("/api/v1/executions?state=outcome-unknown", reads)
                        .body()
                        .at("/items/0/canSettle")
                        .asBoolean(true))
                .as("one without the permission to report")
                .isFalse();
        Scene.expect(204, report("root", lost, Map.of("result", "failed", "text", "the pods never came up")));
        assertThat(report("ann", lost, Map.of("result", "succeeded")).code()).isEqualTo("already-reported");
        Answer first = server.get("/api/v1/executions?limit=1", scene.secret("ann"));
        Answer second = server.get(
                "/api/v1/executions?limit=1&cursor="
                        + first.body().path("nextCursor").asString(),
                scene.secret("ann"));
        assertThat(first.body().at("/items/0/executionId").asString()).isEqualTo(told);
        assertThat(second.body().path("nextCursor").isMissingNode()
                        || second.body().path("nextCursor").isNull())
                .isTrue();
        assertThat(second.body().at("/items/0/ending/by/name").asString()).isEqualTo("Root");
        assertThat(second.body().at("/items/0/ending/text").asString()).isEqualTo("the pods never came up");
        assertThat(second.body().at("/items/0/resource").asString()).isEqualTo("payments/staging");
        assertThat(server.get("/api/v1/executions?state=lost", scene.admin()).code())
                .isEqualTo("unknown-word");
    }

    /** What a list says of somebody's say is what his report then meets. */
    @Test
    void whoMaySettleTheOutcomeOfARequestIsToldSoAndNobodyElse() {
        scene.gate("Production", ONE, "sre");
        scene.account("deploy-bot", "dan", "ask", "redeem", "read");
        Map<String, Object> deploy = Scene.deploy("lost by a machine");
        String number = scene.held("deploy-bot", deploy);
        Scene.expect(200, scene.approve("bob", number));
        String execution = Scene.executionId();
        Scene.expect(200, scene.redeem("deploy-bot", deploy, scene.digest(number), execution));
        List<String> everybody = List.of("ann", "bob", "dan", "deploy-bot", "root");
        assertThat(everybody).noneMatch(who -> canSettle(who, number));
        scene.pass(Duration.ofMinutes(61));
        assertThat(everybody).filteredOn(who -> canSettle(who, number)).containsExactly("dan", "deploy-bot", "root");
        for (String who : List.of("ann", "bob")) {
            assertThat(report(who, execution, Map.of("result", "failed", "text", "I saw it"))
                            .code())
                    .isEqualTo("not-the-redeemer");
        }
        Scene.expect(204, report("dan", execution, Map.of("result", "failed", "text", "it hangs")));
        assertThat(everybody).noneMatch(who -> canSettle(who, number));
    }

    private boolean canSettle(String who, String number) {
        return server.get("/api/v1/requests/" + number, secret(who))
                .body()
                .at("/execution/canSettle")
                .asBoolean();
    }

    /** To whom the list says that he may settle this one. */
    private List<String> settlers(String execution) {
        return Stream.of("ann", "bob", "root")
                .filter(who -> server.get("/api/v1/executions", secret(who))
                        .body()
                        .path("items")
                        .valueStream()
                        .anyMatch(item -> item.path("executionId").asString().equals(execution)
                                && item.path("canSettle").asBoolean()))
                .toList();
    }

    private String secret(String who) {
        return who.equals("root") ? scene.admin() : scene.secret(who);
    }

    private String executed(Map<String, Object> ask) {
        String digest = Scene.expect(200, scene.ask("ann", ask))
                .body()
                .path("payloadDigest")
                .asString();
        String execution = Scene.executionId();
        Scene.expect(200, scene.redeem("ann", ask, digest, execution));
        return execution;
    }

    private Answer report(String who, String execution, Map<String, Object> outcome) {
        return server.post("/api/v1/executions/" + execution + "/outcome", secret(who), outcome);
    }

    private List<String> executions(String query) {
        return server.get("/api/v1/executions?" + query, scene.admin())
                .body()
                .path("items")
                .valueStream()
                .map(item -> item.path("executionId").asString() + " "
                        + item.path("state").asString())
                .toList();
    }

    private boolean unknown(String number) {
        return scene.show("ann", number)
                .body()
                .path("execution")
                .path("outcomeUnknown")
                .asBoolean();
    }
}
