package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Counterpart.Asked;
import io.countersign.cli.Counterpart.Said;
import io.countersign.cli.Keyboard.Typed;
import io.countersign.cli.command.SignIn;
import io.countersign.cli.command.SignInFile;
import io.countersign.cli.command.Surroundings;
import io.countersign.client.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Every verb there is: the calls it makes, held against the table in verbs.txt and against the API's document. */
class EveryVerbTest {

    private static final ApiDocument API = ApiDocument.read();
    private static final String CLOCK = "GET /clock";
    private static final Path ROOT = Path.of(System.getProperty("house.root", ".."));
    private static final String GIT_TESTS = "cli/src/test/java/io/countersign/cli/git/";

    /** Verbs that drive other programs, and the files that try them. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "run", "cli/src/test/java/io/countersign/cli/run/RunTest.java",
            "git install", GIT_TESTS + "GitInstallTest.java",
            "git settle", GIT_TESTS + "GitInstallTest.java",
            "git hook pre-receive", GIT_TESTS + "ExampleHooksTest.java",
            "git hook post-receive", GIT_TESTS + "ExampleHooksTest.java",
            "git serve", "e2e/guides",
            "demo", "countersign");

    @TempDir
    private Path home;

    private final Counterpart server = new Counterpart();

    @BeforeEach
    void setUp() throws IOException {
        VerbAnswers.of(server, API);
        SignInFile.below(home.resolve(".config")).write(new SignIn(URI.create(server.url()), "ada", "cs_s_1", ""));
        Files.writeString(home.resolve("policy.yaml"), "name: Two people\n");
        Files.writeString(home.resolve("people.yaml"), "countersign: v1\npeople:\n  - handle: ben\n    name: Ben\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static List<VerbRow> rows() {
        return VerbRow.all(VerbAnswers.DIGEST);
    }

    static List<VerbRow> rowsWithJson() {
        return rows().stream()
                .filter(row -> !row.plain() && row.exitCode() == 0)
                .toList();
    }

    private Typed type(VerbRow row, String... more) {
        return new Keyboard(home).signedIn(server).typeWithInput(String.join("", row.input()), row.words(more));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sendsWhatTheTableSays(VerbRow row) {
        Typed typed = type(row);
        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(row.exitCode());
        assertThat(typed.err()).doesNotContain("this should not have happened");
        assertThat(calls(row.calls())).containsExactlyElementsOf(row.calls());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sendsNothingThatTheApiDoesNotKnow(VerbRow row) {
        type(row);
        assertThat(server.asked().stream()
                        .flatMap(asked -> API.complaints(asked, body(asked)).stream()
                                .map(complaint -> line(asked) + ": " + complaint)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rowsWithJson")
    void writesJsonWhereverItIsAskedFor(VerbRow row) {
        Typed typed = type(row, "--json");
        assertThat(typed.exitCode()).as(typed.err()).isZero();
        JsonNode written = Json.parse(typed.out());
        assertThat(written.isObject() || written.isArray()).as(typed.out()).isTrue();
        assertThat(written.isObject() && written.isEmpty()).as(typed.out()).isFalse();
    }

    @Test
    void everyVerbHasARowOrATestOfItsOwn() throws IOException {
        Set<String> without = new TreeSet<>();
        for (String verb : verbs()) {
            String file = ELSEWHERE.get(verb);
            String last = verb.substring(verb.lastIndexOf(' ') + 1);
            if (rows().stream().noneMatch(row -> row.isOf(verb))
                    && (file == null || !Files.readString(ROOT.resolve(file)).contains(last))) {
                without.add(verb);
            }
        }
        assertThat(without).isEmpty();
        assertThat(verbs()).hasSizeGreaterThan(90).containsAll(ELSEWHERE.keySet());
    }

    @Test
    void theDocumentCatchesAWrongPathMethodParameterFieldAndAMissingKey() {
        Asked right = new Asked("POST", "/clock", "", Map.of("idempotency-key", "k"), "{}");
        assertThat(API.complaints(right, Json.object().put("to", "now"))).isEmpty();
        assertThat(API.complaints(right, Json.object().put("until", "now")))
                .containsExactly("body.until is not known", "body.to is missing");
        assertThat(API.complaints(new Asked("PUT", "/clock", "", Map.of(), ""), null))
                .containsExactly("there is no PUT /clock");
        assertThat(API.complaints(new Asked("POST", "/requests/AR-7/withdrawl", "", Map.of(), ""), null))
                .containsExactly("there is no POST /requests/AR-7/withdrawl");
        assertThat(API.complaints(new Asked("GET", "/requests", "veiw=mine", Map.of(), ""), null))
                .containsExactly("there is no parameter veiw");
        assertThat(API.complaints(new Asked("POST", "/tokens", "", Map.of(), ""), null))
                .containsExactly("the header Idempotency-Key is missing");
    }

    @Test
    void tellsThatTheClockGoesForwardOnly() {
        String words = "it is `2026-11-21T12:00:00Z` already; the clock only goes forward";
        server.on("POST /clock", asked -> Said.problem(409, "clock-goes-forward", words));
        Typed typed = new Keyboard(home).signedIn(server).type("clock", "set", "2026-11-21T11:00:00Z");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).contains(words, "(clock-goes-forward, 409");
    }

    /** The calls made. Telling a moment reads the server's clock, which counts only where the table expects it. */
    private List<String> calls(List<String> expected) {
        List<String> calls = new ArrayList<>();
        for (Asked asked : server.asked()) {
            String call = line(asked);
            boolean wanted =
                    calls.size() < expected.size() && expected.get(calls.size()).equals(CLOCK);
            if (wanted || !call.equals(CLOCK)) {
                calls.add(call);
            }
        }
        return calls;
    }

    private static String line(Asked asked) {
        return asked.method() + " " + asked.path() + (asked.query().isEmpty() ? "" : "?" + asked.query())
                + (asked.body().isEmpty() ? "" : " " + asked.body());
    }

    private static JsonNode body(Asked asked) {
        return asked.body().isEmpty() ? Json.object() : Json.parse(asked.body());
    }

    /** All verbs without verbs beneath them, such as {@code tokens list}. */
    private static List<String> verbs() {
        List<String> verbs = new ArrayList<>();
        leaves(Countersign.complete(Surroundings.ofThisProcess()), verbs);
        return verbs;
    }

    private static void leaves(CommandLine line, List<String> verbs) {
        if (line.getSubcommands().isEmpty()) {
            verbs.add(line.getCommandSpec().qualifiedName().replaceFirst("^countersign ", ""));
        }
        line.getSubcommands().values().forEach(below -> leaves(below, verbs));
    }
}
