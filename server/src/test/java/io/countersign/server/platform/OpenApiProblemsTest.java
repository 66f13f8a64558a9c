package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the document says of problems is what the sources say. */
class OpenApiProblemsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("house.root")));
    private static final ProblemReach REACH = ProblemReach.read(ROOT);

    /** Where a code is handed on from a fault, or put together from words; the codes of the latter stand below. */
    private static final Set<String> UNREAD = Set.of(
            "Answers.fault",
            "DeclarationReader.template",
            "DeclarationRefusals.fault",
            "DeclarationText.unknown",
            "Drafts.binding",
            "EnvironmentsApi.known",
            "Fields.check",
            "FormFaults.check",
            "MissingGrants.fault",
            "OpenApiProblems.response",
            "OpeningReader.bounded",
            "PolicyChanges.demandNone",
            "TargetRules.bond",
            "TargetRules.warnings",
            "Violation.remedied");

    private static final Map<String, Set<Integer>> PUT_TOGETHER = Map.ofEntries(
            Map.entry("unknown-account", Set.of()),
            Map.entry("unknown-cluster", Set.of(400)),
            Map.entry("unknown-environment", Set.of()),
            Map.entry("unknown-project", Set.of(400)),
            Map.entry("incident-required", Set.of(400)),
            Map.entry("preventive-action-required", Set.of(400)),
            Map.entry("reason-required", Set.of(400)),
            Map.entry("reason-used-required", Set.of(400)),
            Map.entry("remarks-required", Set.of(400)),
            Map.entry("summary-required", Set.of(400)),
            Map.entry("verdicts-required", Set.of(400)));

    @Test
    void everyCodeOfTheSourcesIsListedWithItsStatuses() {
        NavigableMap<String, NavigableSet<Integer>> known = new TreeMap<>(REACH.codes());
        PUT_TOGETHER.forEach((code, statuses) ->
                known.computeIfAbsent(code, _ -> new TreeSet<>()).addAll(statuses));
        Map<String, Set<Integer>> listed = new TreeMap<>();
        resource("problems.json").propertyStream().forEach(entry -> {
            assertThat(entry.getValue().path("says").asString(""))
                    .as(entry.getKey())
                    .endsWith(".");
            listed.put(
                    entry.getKey(),
                    entry.getValue()
                            .path("status")
                            .valueStream()
                            .map(JsonNode::asInt)
                            .collect(Collectors.toCollection(TreeSet::new)));
        });
        assertThat(listed).isEqualTo(known);
    }

    @Test
    void nothingElseIsToldThatCannotBeRead() {
        assertThat(REACH.unread().stream().map(place -> place.substring(0, place.indexOf(':'))))
                .containsExactlyInAnyOrderElementsOf(UNREAD);
    }

    /** Whoever has changed what an operation refuses copies {@code target/openapi-errors.json}. */
    @Test
    void everyOperationNamesWhatItsCallsCanEndWith() throws IOException {
        String lines = REACH.operations().entrySet().stream()
                .map(entry -> "  \"" + entry.getKey() + "\": " + JSON.writeValueAsString(entry.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        Files.writeString(Path.of("target", "openapi-errors.json"), lines);
        assertThat(resource("errors.json")).isEqualTo(JSON.readTree(lines));
    }

    @Test
    void theDocumentListsThem() {
        JsonNode document = TestServer.shared().get("/openapi.json", null).body();
        assertThat(document.at("/components/schemas/Problem/x-problem-codes")).isEqualTo(resource("problems.json"));
        JsonNode redeem = document.path("paths").path("/api/v1/redemptions").path("post");
        assertThat(words(redeem.at("/x-problem-codes/409"))).contains("already-redeemed", "grant-mismatch");
        assertThat(words(redeem.at("/x-problem-codes/400"))).contains("malformed-json", "bad-execution-id");
        assertThat(redeem.at("/responses/409/$ref").asString()).endsWith("/Conflict");
        JsonNode vote =
                document.path("paths").path("/api/v1/requests/{request}/votes").path("post");
        assertThat(words(vote.at("/x-problem-codes/409")))
                .as("a vote redeems nothing")
                .containsExactly("already-reviewed", "not-pending", "payload-changed");
        JsonNode edit = document.path("paths").path("/api/v1/people/{id}").path("patch");
        assertThat(words(edit.at("/x-problem-codes/412"))).containsExactly("version-changed");
        assertThat(words(edit.at("/x-problem-codes/428"))).containsExactly("if-match-required");
    }

    @Test
    void readsCodesWhereverTheyAreWritten(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("core/src/main/java"));
        Path sources = Files.createDirectories(folder.resolve("server/src/main/java"));
        Files.writeString(sources.resolve("Flight.java"), """
                package trial;
                import io.countersign.core.approval.Refusal;
                import io.countersign.server.platform.*;
                import io.swagger.v3.oas.annotations.Operation;
                class Flight {
                    private static final String GONE = "gone";
                    enum Kind { KITE("kite"); private final String word; Kind(String word) { this.word = word; } }
                    interface Door { void open(int way); }
                    static class Gate implements Door {
                        public void open(int way) { throw said(way > 0 ? "left" : "right", 422); }
                    }
                    private final Door door = new Gate();

                    @Operation(operationId = "fly")
                    void fly(int way) {
                        Runnable later = () -> { throw Problem.of(410, GONE, "").raise(); };
                        later.run();
                        door.open(way);
                        throw of(new Refusal.NotFound());
                    }

                    @Operation(operationId = "land")
                    void land(Kind kind) {
                        try {
                            fly(1);
                        } catch (ProblemException kept) {
                            throw ProblemException.notFound(kind.word, "");
                        }
                    }

                    @Operation(operationId = "rest")
                    void rest() {
                        try {
                            fly(1);
                        } catch (ProblemException kept) {
                            return;
                        }
                    }

                    private static ProblemException said(String side, int status) {
                        return Problem.of(status, "wrong-" + side, "").raise();
                    }

                    private static ProblemException of(Refusal refusal) {
                        return switch (refusal) {
                            case Refusal.NotFound _ -> Problem.of(404, "lost", "").raise();
                            case Refusal.NotYours _ -> Problem.of(403, "not-yours", "").raise();
                            default -> throw new IllegalStateException();
                        };
                    }
                }
                """);
        NavigableMap<String, NavigableMap<Integer, NavigableSet<String>>> told =
                ProblemReach.read(folder).operations();
        assertThat(told.get("fly"))
                .isEqualTo(Map.of(404, Set.of("lost"), 410, Set.of("gone"), 422, Set.of("wrong-left", "wrong-right")));
        assertThat(told.get("rest")).isEmpty();
        assertThat(told.get("land")).containsKeys(404, 410, 422);
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static JsonNode resource(String name) {
        return JSON.readTree(Objects.requireNonNull(OpenApiProblemsTest.class.getResourceAsStream("/openapi/" + name)));
    }
}
