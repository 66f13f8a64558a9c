package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import io.countersign.server.policy.Drafts.DraftBinding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules that are tried on what was really asked, before they are saved. */
class ReplayTest {

    private static final Map<String, Object> ONE = Map.of("minApprovals", 1);
    private static final Map<String, Object> HERE = Map.of("level", "environment", "targetId", "payments/production");

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

    static Map<String, Object> template(Map<String, Object> quorum, Map<String, Object> more, String... teams) {
        Map<String, Object> form = new HashMap<>(Map.of(
                "name",
                "Tried",
                "scope",
                List.of("organization", "project", "environment", "cluster"),
                "approvers",
                Map.of("teams", List.of(teams).stream().map(team -> "@" + team).toList()),
                "quorum",
                quorum));
        form.putAll(more);
        return form;
    }

    private static Map<String, Object> trying(Map<String, Object> template) {
        return new HashMap<>(Map.of("template", template, "bindings", List.of(HERE), "days", 1));
    }

    private JsonNode replay(Map<String, Object> form) {
        return Scene.expect(200, server.post("/api/v1/replays", scene.admin(), form))
                .body();
    }

    private static List<String> texts(JsonNode items, String field) {
        return items.valueStream().map(item -> item.path(field).asString("")).toList();
    }

    @Test
    void saysWhatWouldBeHeldAndWhatCouldNotBeMet() {
        scene.ask("ann", Scene.deploy("one"));
        scene.ask("dan", Scene.deploy("two"));
        scene.ask("dan", Scene.deploy("payments/staging", "three"));
        JsonNode answer = replay(trying(template(Map.of("minApprovals", 2), Map.of(), "sre")));
        JsonNode totals = answer.path("totals");
        assertThat(totals.path("asks").asInt()).isEqualTo(3);
        assertThat(totals.path("newlyHeld").asInt()).isEqualTo(2);
        assertThat(totals.path("heldNow").asInt()).isZero();
        assertThat(totals.path("couldNotBeMet").asInt()).isEqualTo(1);
        assertThat(answer.path("sentence").asString())
                .startsWith("Would hold 2 of 3 asks that the rules in force do not hold;"
                        + " 1 of the 2 it applies to could not be met.");
        JsonNode byDan = answer.path("examples").path("items").get(0);
        assertThat(byDan.path("subject").path("name").asString()).isEqualTo("dan");
        assertThat(byDan.path("shift").asString()).isEqualTo("newly-held");
        assertThat(byDan.path("demands").get(0).path("fewestApprovals").asInt()).isEqualTo(2);
        assertThat(texts(byDan.path("demands").get(0).path("approvers"), "name"))
                .containsExactlyInAnyOrder("ann", "bob");
        JsonNode byAnn = answer.path("examples").path("items").get(1);
        assertThat(byAnn.path("couldNotBeMet").asBoolean()).isTrue();
        assertThat(byAnn.path("demands").get(0).path("eligible").asInt()).isEqualTo(1);
        assertThat(texts(answer.path("subjects"), "name")).containsExactly("dan", "ann");
        assertThat(texts(answer.path("environments"), "name"))
                .containsExactly("payments/production", "payments/staging");
        assertThat(texts(answer.path("actions"), "id")).containsExactly("release.deploy");
    }

    @Test
    void saysWhatARewrittenPolicyWouldNoLongerHold() {
        String id = scene.gate("Production", ONE, "sre");
        String number = scene.held("dan", Scene.deploy("held"));
        Map<String, Object> never = template(
                ONE, Map.of("conditions", Map.of("environments", List.of("staging"), "requireReason", true)), "sre");
        Map<String, Object> form = new HashMap<>(Map.of("templateId", id, "template", never, "days", 1));
        JsonNode answer = replay(form);
        assertThat(answer.path("totals").path("noLongerHeld").asInt()).isEqualTo(1);
        JsonNode example = answer.path("examples").path("items").get(0);
        assertThat(example.path("requestNumber").asString()).isEqualTo(number);
        assertThat(example.path("now").asString()).isEqualTo("hold");
        assertThat(example.path("then").asString()).isEqualTo("permit");

        String binding = server.get("/api/v1/bindings", scene.admin())
                .body()
                .path("items")
                .get(0)
                .path("id")
                .asString();
        JsonNode unbound = replay(Map.of("removedBindings", List.of(binding), "days", 1));
        assertThat(unbound.path("policy").asString()).isEqualTo("Production");
        assertThat(unbound.path("totals").path("noLongerHeld").asInt()).isEqualTo(1);

        JsonNode stricter = replay(Map.of(
                "templateId",
                "Production",
                "template",
                template(Map.of("minApprovals", 2), Map.of(), "sre"),
                "days",
                1));
        assertThat(stricter.path("totals").path("heldDifferently").asInt()).isEqualTo(1);
        assertThat(stricter.path("totals").path("wouldHold").asInt()).isEqualTo(1);
        assertThat(server.get("/api/v1/templates/" + id, scene.admin())
                        .body()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
    }

    /** The counts of what was asked to be deployed; changes of the directory and the rules are asks too. */
    private static JsonNode deploys(JsonNode answer) {
        return answer.path("actions")
                .valueStream()
                .filter(share -> share.path("id").asString().equals("release.deploy"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void countsARepeatedAskAsOneThatFoundItsRequest() {
        scene.gate("Production", ONE, "sre");
        scene.held("dan", Scene.deploy("held"));
        scene.ask("dan", Scene.deploy("held"));
        JsonNode totals = deploys(replay(trying(template(ONE, Map.of(), "security"))));
        assertThat(totals.path("asks").asInt()).isEqualTo(2);
        assertThat(totals.path("repeats").asInt()).isEqualTo(1);
        assertThat(totals.path("heldNow").asInt()).isEqualTo(2);
    }

    @Test
    void looksAtTheAsksAfterItsBeginningAndUntilItsEnd() {
        scene.ask("ann", Scene.deploy("first"));
        scene.pass(Duration.ofDays(1));
        scene.ask("ann", Scene.deploy("second"));
        scene.pass(Duration.ofDays(1));
        scene.ask("ann", Scene.deploy("third"));
        List<String> times = server.database()
                .owner()
                .sql(
                        "SELECT at::text FROM recorded_ask JOIN organization o USING (org_id) WHERE o.handle = :handle ORDER BY at")
                .param("handle", scene.handle())
                .query((row, _) -> row.getString(1))
                .list();
        assertThat(times).hasSize(3);
        Map<String, Object> form = trying(template(ONE, Map.of(), "sre"));
        assertThat(replay(form).path("totals").path("asks").asInt()).isEqualTo(1);
        form.put("days", 2);
        JsonNode all = replay(form);
        form.put("days", 3);
        assertThat(replay(form).path("totals").path("asks").asInt()).isEqualTo(3);
        assertThat(all.path("totals").path("asks").asInt()).isBetween(2, 3);
        form.put("days", 1);
        String second = replay(form).path("window").path("from").asString();
        assertThat(Instant.parse(second)).isAfterOrEqualTo(instant(times.get(1)));
        form.put("until", instant(times.get(1)).toString());
        assertThat(replay(form).path("totals").path("asks").asInt()).isEqualTo(1);
        form.put("until", instant(times.get(1)).minusNanos(1_000).toString());
        form.put("days", 2);
        assertThat(replay(form).path("totals").path("asks").asInt()).isEqualTo(1);
        form.put("until", instant(times.get(0)).plus(Duration.ofDays(2)).toString());
        assertThat(replay(form).path("totals").path("asks").asInt())
                .as("an ask at the very beginning is not in the window")
                .isEqualTo(all.path("totals").path("asks").asInt() == 3 ? 2 : 1);
    }

    private static Instant instant(String postgres) {
        return Instant.parse(postgres.replace(' ', 'T').replaceAll("\\+00$", "Z"));
    }

    @Test
    void theSeriesHasARowForEveryDayAndAddsUp() {
        for (int day = 0; day < 5; day++) {
            for (int ask = 0; ask < day; ask++) {
                scene.ask("ann", Scene.deploy("ask " + day + " " + ask));
            }
            scene.pass(Duration.ofDays(1));
        }
        Map<String, Object> form = trying(template(ONE, Map.of(), "sre"));
        form.put("days", 7);
        JsonNode answer = replay(form);
        assertThat(answer.path("days")).hasSize(8);
        assertThat(answer.path("days")
                        .valueStream()
                        .mapToInt(day -> day.path("newlyHeld").asInt())
                        .sum())
                .isEqualTo(10);
        assertThat(answer.path("window").path("recordedSince").asString()).isNotEmpty();
        assertThat(answer.path("sentence").asString()).contains("only a part of the window is covered");
    }

    @Test
    void saysPlainlyThatThereIsNothingToTryItOn() {
        Map<String, Object> form = trying(template(ONE, Map.of(), "sre"));
        assertThat(replay(form).path("sentence").asString()).startsWith("No ask has been recorded yet");
        assertThat(replay(form).path("window").has("recordedSince")).isFalse();
        scene.ask("ann", Scene.deploy("long ago"));
        scene.pass(Duration.ofDays(3));
        JsonNode later = replay(form);
        assertThat(later.path("sentence").asString()).startsWith("No ask was recorded from");
        assertThat(later.path("totals").path("asks").asInt()).isZero();
        assertThat(later.path("days")).isNotEmpty();
    }

    @Test
    void neverCountsWhatWasAskedInAnotherOrganization() {
        Scene other = Scene.on(server).developer("eve", "sre").developer("fay", "sre");
        other.ask("eve", Scene.deploy("theirs"));
        scene.ask("ann", Scene.deploy("ours"));
        assertThat(replay(trying(template(ONE, Map.of(), "sre")))
                        .path("totals")
                        .path("asks")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void triesRulesOnPlacesAndPeopleThatAreGone() {
        scene.ask("dan", Scene.deploy("payments/staging", "one"));
        String staging = server.get("/api/v1/environments", scene.admin())
                .body()
                .path("items")
                .valueStream()
                .filter(environment -> environment.path("name").asString().equals("staging"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        Scene.expect(204, server.call("DELETE", "/api/v1/environments/" + staging, scene.admin(), null));
        Scene.expect(204, server.call("DELETE", "/api/v1/people/@dan", scene.admin(), null));
        Map<String, Object> form = new HashMap<>(Map.of(
                "template",
                template(ONE, Map.of("conditions", Map.of("environments", List.of("staging"))), "sre"),
                "bindings",
                List.of(Map.of("level", "organization")),
                "days",
                1));
        JsonNode answer = replay(form);
        assertThat(deploys(answer).path("newlyHeld").asInt()).isEqualTo(1);
        assertThat(answer.path("examples").path("items").valueStream())
                .as("the removal of the environment is an ask as well")
                .anyMatch(example -> example.path("action").asString().equals("release.deploy")
                        && example.path("subject").path("name").asString().equals("dan"));
        assertThat(texts(answer.path("environments"), "name")).containsExactly("payments/staging");
    }

    @Test
    void showsExamplesPageByPageEachOnce() {
        for (int i = 0; i < 7; i++) {
            scene.ask("ann", Scene.deploy("ask " + i));
        }
        Map<String, Object> form = trying(template(ONE, Map.of(), "sre"));
        form.put("limit", 3);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode answer = replay(form);
            assertThat(answer.path("totals").path("newlyHeld").asInt()).isEqualTo(7);
            seen.addAll(texts(answer.path("examples").path("items"), "id"));
            cursor = answer.path("examples").path("nextCursor").asString("");
            form.put("cursor", cursor);
        }
        assertThat(cursor).isEmpty();
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        form.remove("cursor");
        form.put("examples", "no-longer-held");
        assertThat(replay(form).path("examples").path("items")).isEmpty();
    }

    @Test
    void tellsOfItsProgressToWhoeverAcceptsEvents() {
        scene.ask("ann", Scene.deploy("one"));
        Answer answer = server.call(
                "POST",
                "/api/v1/replays",
                scene.admin(),
                trying(template(ONE, Map.of(), "sre")),
                "Accept",
                "text/event-stream");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        List<String> events =
                answer.text().lines().filter(line -> line.startsWith("event:")).toList();
        assertThat(events).contains("event:progress").endsWith("event:result");
        assertThat(answer.text()).contains("{\"done\":1,\"total\":1}").contains("\"newlyHeld\":1");
        Answer wrong = server.call(
                "POST",
                "/api/v1/replays",
                scene.admin(),
                Map.of("template", template(ONE, Map.of(), "sre"), "bindings", List.of(HERE), "days", 91),
                "Accept",
                "text/event-stream");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("\"field\":\"days\"");
    }

    @Test
    void stopsWhenNobodyListensAndLetsOthersWait() throws Exception {
        scene.ask("ann", Scene.deploy("one"));
        Replays replays = server.bean(Replays.class);
        Replays.Plan plan = plan(replays);
        assertThatThrownBy(() -> replays.run(plan, (_, _) -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(IOException.class);
        CountDownLatch started = new CountDownLatch(Replays.AT_ONCE);
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < Replays.AT_ONCE; i++) {
            busy.add(Thread.ofVirtual().start(() -> {
                try {
                    replays.run(plan, (_, _) -> {
                        started.countDown();
                        wait(over);
                    });
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            }));
        }
        started.await();
        assertThatThrownBy(() -> replays.run(plan, (_, _) -> {}))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("too-many-replays");
        Answer told = server.call(
                "POST",
                "/api/v1/replays",
                scene.admin(),
                trying(template(ONE, Map.of(), "sre")),
                "Accept",
                "text/event-stream");
        assertThat(told.text()).contains("event:failed", "\"title\":\"Too many replays\"");
        over.countDown();
        for (Thread thread : busy) {
            thread.join();
        }
        assertThat(replays.run(plan, (_, _) -> {}).tally().total().asks()).isEqualTo(1);
    }

    private static void wait(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Replays.Plan plan(Replays replays) {
        String orgId = server.database()
                .owner()
                .sql("SELECT org_id FROM organization WHERE handle = :handle")
                .param("handle", scene.handle())
                .query(String.class)
                .single();
        String id = scene.template("Saved", ONE, Map.of(), "sre");
        return replays.plan(
                orgId,
                new ReplayForm(
                        null,
                        id,
                        List.of(new DraftBinding("environment", "payments/production", null, null)),
                        null,
                        1,
                        null,
                        null,
                        null,
                        null));
    }
}
