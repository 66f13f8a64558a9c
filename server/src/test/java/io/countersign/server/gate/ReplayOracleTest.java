package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A replay equals reality: the same asks are made at the same moments in two organizations, of which one has the rule and
 * the other only tries it afterwards.
 */
class ReplayOracleTest {

    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kathmandu");
    private static final List<String> DAYS = List.of("monday", "tuesday", "wednesday", "saturday", "sunday");
    private static final List<Duration> WITHIN_THE_HOUR =
            List.of(Duration.ofSeconds(3), Duration.ofMinutes(30), Duration.ofSeconds(3_580));

    private final SplittableRandom random = new SplittableRandom(Campaign.seed());

    /** What became of one ask: what was decided, and for a held one how many could approve and whether it can be met. */
    private record Outcome(String decision, int eligible, boolean unmeetable) {}

    @Test
    void holdsAndRefusesExactlyWhatTheSavedRuleHoldsAndRefuses() {
        try (TestServer server = TestServer.simulatedForMonths(Instant.parse("2026-03-20T09:00:00Z"))) {
            int held = 0;
            int rounds = Campaign.of(6, 40);
            for (int round = 0; round < rounds; round++) {
                held += compare(server, round);
            }
            assertThat(held).as("asks held in all rounds").isGreaterThan(rounds);
        }
    }

    private int compare(TestServer server, int round) {
        Scene free = scene(server);
        Scene ruled = scene(server);
        Map<String, Object> template = template();
        Map<String, Object> binding = binding();
        Map<String, Object> saved = new HashMap<>(binding);
        saved.put(
                "templateId",
                ruled.create("/api/v1/templates", template).body().path("id").asString());
        ruled.create("/api/v1/bindings", saved);
        Instant begin = free.now();
        List<Outcome> real = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            advance(free);
            String who = random.nextBoolean() ? "ann" : "dan";
            Map<String, Object> ask = ask(round + "/" + i);
            Scene.expect(200, free.ask(who, ask));
            real.add(outcome(ruled, ruled.ask(who, ask)));
        }
        Map<String, Object> form = new HashMap<>(Map.of("template", template, "bindings", List.of(binding)));
        form.put("days", (int) Duration.between(begin, free.now()).toDays() + 1);
        form.put("limit", 200);
        JsonNode answer = Scene.expect(200, server.post("/api/v1/replays", free.admin(), form))
                .body();
        assertThat(tried(server, free, answer))
                .as("round " + round + " of seed " + Campaign.seed() + ": " + template + " " + binding)
                .isEqualTo(real);
        return (int) real.stream().filter(one -> one.decision().equals("hold")).count();
    }

    private static Scene scene(TestServer server) {
        return Scene.on(server).developer("ann", "sre").developer("bob", "sre").developer("dan", "security");
    }

    /** On to another hour, just after it has begun, in its middle, or just before its end. */
    private void advance(Scene scene) {
        Instant hour = scene.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1 + random.nextInt(9)));
        Instant to = hour.plus(WITHIN_THE_HOUR.get(random.nextInt(WITHIN_THE_HOUR.size())));
        scene.moveTo(to);
    }

    private static Outcome outcome(Scene scene, Answer answer) {
        if (answer.status() == 422) {
            return new Outcome("deny", 0, false);
        }
        if (answer.body().path("decision").asString().equals("permit")) {
            return new Outcome("permit", 0, false);
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        String number = answer.body().path("request").path("number").asString();
        JsonNode requirement =
                scene.show("ann", number).body().path("requirements").get(0);
        return new Outcome(
                "hold",
                requirement.path("eligible").asInt(),
                requirement.path("unsatisfiable").asBoolean());
    }

    /** What the replay says of each ask, in the order they were made; who is no example is permitted both ways. */
    private static List<Outcome> tried(TestServer server, Scene scene, JsonNode answer) {
        Map<String, Outcome> told = new HashMap<>();
        for (JsonNode example : answer.path("examples").path("items")) {
            JsonNode demand = example.path("demands").path(0);
            told.put(
                    example.path("id").asString(),
                    new Outcome(
                            example.path("then").asString(),
                            demand.path("eligible").asInt(0),
                            example.path("couldNotBeMet").asBoolean()));
        }
        return server
                .database()
                .owner()
                .sql(
                        "SELECT id FROM recorded_ask JOIN organization o USING (org_id) WHERE o.handle = :handle ORDER BY at")
                .param("handle", scene.handle())
                .query((row, _) -> row.getString(1))
                .list()
                .stream()
                .map(id -> told.getOrDefault(id, new Outcome("permit", 0, false)))
                .toList();
    }

    private Map<String, Object> ask(String payload) {
        Map<String, Object> ask =
                Scene.deploy(random.nextInt(3) == 0 ? "payments/staging" : "payments/production", payload);
        if (random.nextInt(4) == 0) {
            ask.put("action", "cluster.restart");
            ask.put("resource", Map.of("type", "cluster", "id", "prod-eu"));
        }
        if (random.nextInt(3) == 0) {
            ask.remove("reason");
        }
        return ask;
    }

    private Map<String, Object> template() {
        Map<String, Object> conditions = new HashMap<>();
        conditions.put("timezone", ZONES.get(random.nextInt(ZONES.size())));
        switch (random.nextInt(4)) {
            case 0 -> conditions.put("weekdays", DAYS.subList(0, 1 + random.nextInt(DAYS.size())));
            case 1 ->
                conditions.put(
                        "schedules",
                        List.of(
                                Map.of("weekdays", DAYS.subList(0, 3), "startHour", 18, "endHour", 9),
                                Map.of("weekdays", DAYS.subList(3, 5))));
            case 2 -> {
                conditions.put("startHour", random.nextInt(24));
                conditions.put("endHour", random.nextInt(25));
            }
            default -> {}
        }
        switch (random.nextInt(3)) {
            case 0 -> conditions.put("environments", List.of("production"));
            case 1 -> conditions.put("environmentPattern", "*tag*");
            default -> {}
        }
        conditions.put("requireReason", random.nextInt(3) == 0);
        Map<String, Object> quorum = Map.of("minApprovals", 1 + random.nextInt(2));
        return ReplayTest.template(
                quorum, Map.of("conditions", conditions, "requesterCanApprove", random.nextInt(4) == 0), "sre");
    }

    private Map<String, Object> binding() {
        Map<String, Object> binding = new HashMap<>();
        switch (random.nextInt(5)) {
            case 0 -> binding.put("level", "organization");
            case 1 -> binding.putAll(Map.of("level", "project", "targetId", "payments"));
            case 2 -> binding.putAll(Map.of("level", "cluster", "targetId", "prod-eu"));
            case 3 -> binding.putAll(Map.of("level", "environment", "environmentName", "production"));
            default -> binding.putAll(Map.of("level", "environment", "targetId", "payments/staging"));
        }
        if (random.nextInt(3) == 0) {
            binding.put("actions", List.of("cluster.restart"));
        }
        return binding;
    }
}
