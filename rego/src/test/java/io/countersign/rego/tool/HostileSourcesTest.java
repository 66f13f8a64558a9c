package io.countersign.rego.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.Input;
import io.countersign.rego.Limits;
import io.countersign.rego.Policy;
import io.countersign.rego.PolicyOptions;
import io.countersign.rego.RegoDecision;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import io.countersign.rego.value.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sources nobody would write: cut, doubled, shuffled. They are refused or decided, and nothing else ever happens. */
class HostileSourcesTest {

    private static final int ROUNDS = Integer.getInteger("rego.fuzz.rounds", 3000);
    private static final long SEED = Long.getLong("rego.fuzz.seed", 7);
    private static final Limits LIMITS = new Limits(20_000, Duration.ofSeconds(2), 20_000, 100);
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "|",
            ":=",
            "=",
            "some x in ",
            "not ",
            "every k, v in ",
            " with input as ",
            "\"",
            "`",
            "$\"{",
            "_",
            "x",
            "data.a",
            "input",
            "if ",
            "else ",
            "contains ",
            "default ",
            "1e400",
            "-",
            ",",
            ";",
            "\n",
            "import rego.v1\n",
            "p[x].q",
            "set()",
            " in ",
            "walk(x, y)",
            "and ",
            "or ",
            "#",
            "\u0000",
            "\ud800");

    private static List<String> seeds() throws IOException {
        List<String> sources = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(HostileSourcesTest.class.getResourceAsStream("/cases/v1/language.yaml"))) {
            Value document = YamlReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            RegoArray cases = (RegoArray) Objects.requireNonNull(((RegoObject) document).get("cases"));
            for (Value one : cases.list()) {
                RegoArray modules = (RegoArray) Objects.requireNonNull(((RegoObject) one).get("modules"));
                modules.list().forEach(module -> sources.add(((RegoString) module).value()));
            }
        }
        return sources;
    }

    private static String mutated(String source, List<String> others, Random dice) {
        StringBuilder text = new StringBuilder(source);
        for (int i = 0; i <= dice.nextInt(4); i++) {
            int at = dice.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + dice.nextInt(12));
            switch (dice.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES.get(dice.nextInt(PIECES.size())));
                case 2 -> text.insert(at, text.substring(at, end).repeat(1 + dice.nextInt(3)));
                default -> {
                    String other = others.get(dice.nextInt(others.size()));
                    int from = dice.nextInt(other.length());
                    text.insert(at, other, from, Math.min(other.length(), from + dice.nextInt(30)));
                }
            }
        }
        return text.toString();
    }

    @Test
    void everySourceIsRefusedOrDecided() throws IOException {
        List<String> seeds = seeds();
        Random dice = new Random(SEED);
        int compiled = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String source = mutated(seeds.get(dice.nextInt(seeds.size())), seeds, dice);
            compiled += decides(source) ? 1 : 0;
        }
        assertThat(compiled).isPositive();
    }

    /** Whether it compiles; whatever it does then must be a decision. */
    private static boolean decides(String source) {
        Policy policy;
        try {
            PolicyOptions options = PolicyOptions.DEFAULT.limits(LIMITS);
            policy = Policy.compile(Map.of("a.rego", source), RegoObject.EMPTY, options);
        } catch (RegoFailure refused) {
            assertThat(refused.errors()).isNotEmpty();
            return false;
        }
        RegoDecision decision =
                policy.question("data.a").ask(Input.of(JsonReader.read("{\"go\":true,\"list\":[1,2]}")));
        assertThat(decision).as(source).isNotNull();
        if (decision instanceof RegoDecision.Failed failed) {
            assertThat(failed.errors().get(0).code()).as(source).isNotEqualTo("eval_internal_error");
        }
        return true;
    }

    @Test
    void deepNestingIsAnErrorAndNoStackOverflow() {
        for (String deep : List.of(
                "p := " + "[".repeat(20_000) + "]".repeat(20_000),
                "p := " + "{x | ".repeat(2_000) + "1 2",
                "p := 1" + " + 1".repeat(100_000),
                "p := input" + ".a".repeat(50_000),
                "p if {" + " not".repeat(5_000) + " true }",
                "p := " + "$\"{".repeat(3_000))) {
            decides("package a\n\n" + deep + "\n");
        }
    }
}
