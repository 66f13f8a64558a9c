package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a rule would do is told for any instant that is named, while the clock stays where it is. */
class AnyInstantTest {

    private static final Map<String, Object> MONDAYS =
            Map.of("weekdays", List.of("monday"), "startHour", 9, "endHour", 18, "timezone", "Europe/Berlin");

    private static final String ON_A_MONDAY = "2026-03-02T09:00:00Z";
    private static final String THAT_EVENING = "2026-03-02T17:00:00Z";

    /** The last Saturday before the clocks of Berlin go forward. */
    private static final String ON_A_SATURDAY = "2026-03-28T12:00:00Z";

    private static final String THE_NEXT_MORNING_OF_WORK = "2026-03-30T07:00:00Z";

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);

    @BeforeEach
    void aRuleForMondays() {
        scene.developer("ann", "sre").developer("bob", "sre");
        scene.gate("Mondays", Map.of("minApprovals", 1), Map.of("conditions", MONDAYS), "sre");
    }

    @Test
    void anExplanationIsOfTheInstantItNames() {
        JsonNode monday = explained(ON_A_MONDAY);
        assertThat(monday.path("bindings").path(0).path("applies").asBoolean()).isTrue();
        assertThat(monday.path("bindings").path(0).path("verdict").asString()).isEqualTo("applies");
        assertThat(monday.path("answer").path("decision").asString()).isEqualTo("hold");
        assertThat(monday.path("demands")).hasSize(1);
        for (String outside : List.of(THAT_EVENING, ON_A_SATURDAY, "2026-03-02T07:59:59Z")) {
            JsonNode other = explained(outside);
            assertThat(other.path("bindings").path(0).path("applies").asBoolean(true))
                    .as(outside)
                    .isFalse();
            assertThat(other.path("bindings").path(0).path("verdict").asString())
                    .as(outside)
                    .isEqualTo("other-time");
            assertThat(other.path("answer").path("decision").asString())
                    .as(outside)
                    .isEqualTo("permit");
            assertThat(other.path("demands")).as(outside).isEmpty();
        }
    }

    @Test
    void aPreviewShowsTheWeekFromTheInstantItNames() {
        JsonNode monday = calendar(ON_A_MONDAY);
        assertThat(monday.path("activeNow").asBoolean()).isTrue();
        assertThat(monday.path("changesAt").asString()).isEqualTo(THAT_EVENING);
        JsonNode saturday = calendar(ON_A_SATURDAY);
        assertThat(saturday.path("activeNow").asBoolean(true)).isFalse();
        assertThat(saturday.path("changesAt").asString())
                .as("by the clocks of summer")
                .isEqualTo(THE_NEXT_MORNING_OF_WORK);
        for (JsonNode calendar : List.of(monday, saturday)) {
            assertThat(calendar.path("timezone").asString()).isEqualTo("Europe/Berlin");
            assertThat(calendar.path("hoursPerWeek").asInt()).isEqualTo(9);
            assertThat(calendar.path("days")).hasSize(7);
            for (JsonNode day : calendar.path("days")) {
                boolean inside = day.path("weekday").asString().equals("monday");
                assertThat(day.path("hours")).hasSize(24);
                for (int hour = 0; hour < 24; hour++) {
                    assertThat(day.path("hours").path(hour).asBoolean())
                            .as(day.path("weekday").asString() + " " + hour)
                            .isEqualTo(inside && hour >= 9 && hour < 18);
                }
            }
        }
    }

    private JsonNode explained(String at) {
        JsonNode explanation = Scene.expect(
                        200,
                        server.post(
                                "/api/v1/explanations",
                                scene.admin(),
                                Map.of(
                                        "action",
                                        "release.deploy",
                                        "resource",
                                        Map.of("type", "environment", "id", "payments/production"),
                                        "subject",
                                        "@ann",
                                        "at",
                                        at)))
                .body();
        assertThat(Instant.parse(explanation.path("at").asString())).isEqualTo(at);
        assertThat(explanation.path("bindings")).hasSize(1);
        return explanation;
    }

    private JsonNode calendar(String at) {
        Map<String, Object> template = Map.of(
                "name",
                "Mondays too",
                "scope",
                List.of("environment"),
                "approvers",
                Map.of("teams", List.of("@sre")),
                "quorum",
                Map.of("minApprovals", 1),
                "conditions",
                MONDAYS);
        return Scene.expect(200, server.post("/api/v1/previews", scene.admin(), Map.of("template", template, "at", at)))
                .body()
                .path("calendar");
    }
}
