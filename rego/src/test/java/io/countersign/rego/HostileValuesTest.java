package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.rego.value.RegoObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and texts made to take for ever or all memory: each is answered soon, or ends at a limit that counts. */
class HostileValuesTest {

    private static final String STEPS = "steps limit exceeded";
    private static final String MEMORY = "memory limit exceeded";

    private static String limited(String rule) {
        return answer(rule, new Limits(100_000, Duration.ofMinutes(10), 100_000, 60));
    }

    /** The same with room for what is long. No clock ends either of them. */
    private static String generous(String rule) {
        return answer(rule, new Limits(10_000_000, Duration.ofMinutes(10), 10_000_000, 60));
    }

    private static String answer(String rule, Limits limits) {
        Policy policy = Policy.compile(
                Map.of("a.rego", "package a\n\n" + rule), RegoObject.EMPTY, PolicyOptions.DEFAULT.limits(limits));
        return policy.question("data.a.p").ask(Input.absent()).toString();
    }

    /** Two values of the same shape, built apart; each holds the part beneath it several times. */
    private static String twins(String first, String shape) {
        StringBuilder rules = new StringBuilder();
        for (String name : List.of("r", "s")) {
            rules.append(name).append("0 := ").append(first).append('\n');
            for (int i = 1; i < 45; i++) {
                rules.append(name + i + " := " + shape.replace("X", name + (i - 1)) + "\n");
            }
        }
        return rules.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1;[X, X]",
                "1;{\"a\": X, \"b\": X}",
                "{\"z\": 1};{\"a\": X, \"b\": X}",
                "1;{[X, 1], [X, 2]}",
                "1;{[X]: X}"
            })
    void whatIsSharedIsComparedOnce(String first, String shape) {
        String rules = twins(first, shape);
        assertThat(limited(rules + "p if r44 == s44")).isEqualTo("Defined[value=true]");
        assertThat(limited(rules + "p if r44 < s44")).isEqualTo("Undefined[]");
        assertThat(limited(rules + "p := count({r44, s44})")).isEqualTo("Defined[value=1]");
        assertThat(limited(rules + "p := {r44: 5}[s44]")).isEqualTo("Defined[value=5]");
        assertThat(limited(rules + "p := count(sort([r44, [s44], s44]))")).isEqualTo("Defined[value=3]");
        assertThat(limited(rules + "p if r44 in [1, s44]")).isEqualTo("Defined[value=true]");
        assertThat(limited(rules + "p := object.union({\"k\": r44}, {\"k\": s44}).k == s44"))
                .containsAnyOf("Defined[value=true]", STEPS);
        assertThat(limited(rules + "p := object.subset({\"k\": r44}, {\"k\": s44})"))
                .containsAnyOf("Defined[value=true]", STEPS);
        assertThat(limited(rules + "p := json.match_schema({\"k\": r44}, {})")).contains(MEMORY);
        assertThat(limited(rules + "p := urlquery.encode_object({r44: \"x\"})")).contains(MEMORY);
    }

    @Test
    void keysChosenToCollideAreStillFound() {
        // "Aa" and "BB" have the same hash, and so has everything made of them.
        String keys = """
                keys := [concat("", parts) | some n in numbers.range(0, 16383)
                    parts := [["Aa", "BB"][bits.and(bits.rsh(n, i), 1)] | some i in numbers.range(0, 13)]]
                """;
        assertThat(generous(keys + "p := count({key | some key in keys})")).isEqualTo("Defined[value=16384]");
        assertThat(generous(keys + "p := json.unmarshal(json.marshal({key: n | some n, key in keys}))[keys[9999]]"))
                .isEqualTo("Defined[value=9999]");
        assertThat(generous(keys + "p := [n | some n, key in keys; keys[n] == keys[77]]"))
                .isEqualTo("Defined[value=[77]]");
    }

    @Test
    void whatIsLongIsSearchedOnce() {
        String texts = """
                long := sprintf("%0800000d", [0])
                part := concat("", [sprintf("%0400000d", [0]), "1"])
                """;
        assertThat(generous(texts + "p := contains(long, part)")).isEqualTo("Defined[value=false]");
        assertThat(generous(texts + "p := indexof(concat(\"\", [long, \"1\"]), part)"))
                .isEqualTo("Defined[value=400000]");
        assertThat(generous(texts + "p := count(indexof_n(long, substring(part, 0, 400000)))"))
                .isEqualTo("Defined[value=400001]");
        assertThat(generous(texts + "p := count(replace(long, part, \"\"))")).isEqualTo("Defined[value=800000]");
        assertThat(generous(texts + "p := count(split(long, substring(part, 0, 1000)))"))
                .isEqualTo("Defined[value=801]");
        assertThat(generous(texts + "p := strings.replace_n({sprintf(\"%dx\", [i]): \"\" | "
                        + "some i in numbers.range(1, 20000)}, long)"))
                .contains(STEPS);
        assertThat(generous(texts + "p := strings.any_prefix_match([long | some i in numbers.range(1, 1000)], "
                        + "[part | some i in numbers.range(1, 1000)])"))
                .contains(STEPS);
    }

    @Test
    void hugeNumbersAreRefused() {
        String nines = "nines := replace(sprintf(\"%099999d\", [0]), \"0\", \"9\")\n";
        assertThat(generous(nines + "p := to_number(nines) % 7")).isEqualTo("Defined[value=5]");
        assertThat(generous(nines + "p := to_number(nines) * to_number(nines)")).contains(MEMORY);
        assertThat(generous(nines + "p := to_number(concat(\"\", [nines, nines]))"))
                .contains(MEMORY);
        assertThat(generous(nines + "p := json.is_valid(concat(\"\", [nines, nines]))"))
                .isEqualTo("Defined[value=false]");
        assertThat(generous(nines + "p := yaml.is_valid(concat(\"\", [nines, nines]))"))
                .isEqualTo("Defined[value=false]");
        assertThatThrownBy(() -> generous("p := " + "9".repeat(200_000)))
                .hasMessageContaining("more than 100000 digits");
    }

    @Test
    void whatIsCopiedEachTimeIsCounted() {
        assertThat(generous("p := json.patch({}, [{\"op\": \"add\", \"path\": sprintf(\"a%d\", [i]), \"value\": 1} | "
                        + "some i in numbers.range(1, 50000)])"))
                .contains(STEPS);
        assertThat(generous("p := json.patch([], [{\"op\": \"add\", \"path\": \"0\", \"value\": 1} | "
                        + "some i in numbers.range(1, 50000)])"))
                .contains(STEPS);
        assertThat(generous("p := object.subset([1 | some i in numbers.range(1, 90000)], "
                        + "array.concat([1 | some i in numbers.range(1, 40000)], [2]))"))
                .contains(STEPS);
    }

    @Test
    void nestedAndRepeatedYamlIsBounded() {
        assertThat(generous("p := yaml.is_valid(replace(sprintf(\"%0500000d\", [0]), \"0\", \"[\"))"))
                .isEqualTo("Defined[value=false]");
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\\n");
        for (int i = 1; i < 12; i++) {
            laughs.append("a%d: &a%d [%s]\\n".formatted(i, i, ("*a" + (i - 1) + " , ").repeat(8) + "x"));
        }
        assertThat(generous("p := yaml.is_valid(\"" + laughs + "\")")).isEqualTo("Defined[value=false]");
    }

    @Test
    void fragmentsThatSpreadOthersTwiceAreReadOnce() {
        String fragments = "concat(\" \", [sprintf(\"fragment f%d on Query { ...f%d ...f%d }\", [i, i + 1, i + 1]) | "
                + "some i in numbers.range(0, 60)])";
        assertThat(generous("p := graphql.is_valid(concat(\" \", [\"query { ...f0 }\", " + fragments
                        + ", \"fragment f61 on Query { a }\"]), \"type Query { a: Int }\")"))
                .isEqualTo("Defined[value=true]");
        String aliases = "concat(\" \", [sprintf(\"fragment f%d on Query { x: q { ...f%d } y: q { ...f%d } }\", "
                + "[i, i + 1, i + 1]) | some i in numbers.range(0, 60)])";
        assertThat(generous("p := graphql.is_valid(concat(\" \", [\"query { ...f0 }\", " + aliases
                        + ", \"fragment f61 on Query { a }\"]), \"type Query { a: Int q: Query }\")"))
                .contains(STEPS);
    }
}
