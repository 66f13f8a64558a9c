package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.value.RegoObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many rules of which an input's values leave few: the same answers as if each were tried. */
class RuleChoiceTest {

    private static final String SOURCE = """
        package many

        default d := "none"
        d := "a1" if { input.x == "a"; input.y == 1 }
        d := "a2" if { input.x == "a"; input.y == 2 }
        d := "a3" if { input.x == "a"; input.y == 3; not input.off }
        d := "b1" if { input.x == "b"; input.y in {1, 2} }
        d := "any3" if { input.y == 3; input.z }
        d := "z" if { input.z == "only"; not input.x }
        d := "e" if { input.x == "e"; input.y == 1 } else := "else" if input.x == "e"

        f(x, y) := 1 if { x == "a"; y == 1 }
        f(x, y) := 2 if { x == "a"; y == 2 }
        f("b", y) := 3 if { y in [1, 2] }
        f(x, _) := 4 if x == "c"

        s contains "p" if { input.x == "a"; input.y == 1 }
        s contains "q" if { input.x == "a"; input.y == 1.0 }
        s contains "r" if { input.x == "a"; input.y == 2 }
        s contains "t" if "a" == input.x
        """;

    private static String ask(String rule, String input) {
        Policy policy = Policy.compile(Map.of("many.rego", SOURCE), RegoObject.EMPTY, PolicyOptions.DEFAULT);
        RegoDecision decision = policy.question("data.many." + rule).ask(Input.json(input));
        return switch (decision) {
            case RegoDecision.Defined defined -> defined.value().toString();
            case RegoDecision.Undefined undefined -> "undefined";
            case RegoDecision.Failed failed -> failed.errors().getFirst().code();
        };
    }

    @Test
    void findsTheRuleThatHolds() {
        assertThat(ask("d", "{\"x\":\"a\",\"y\":1}")).isEqualTo("\"a1\"");
        assertThat(ask("d", "{\"x\":\"a\",\"y\":2.0}")).isEqualTo("\"a2\"");
        assertThat(ask("d", "{\"x\":\"a\",\"y\":3,\"off\":true}")).isEqualTo("\"none\"");
        assertThat(ask("d", "{\"x\":\"a\",\"y\":3,\"off\":true,\"z\":1}")).isEqualTo("\"any3\"");
        assertThat(ask("d", "{\"x\":\"b\",\"y\":2}")).isEqualTo("\"b1\"");
        assertThat(ask("d", "{\"z\":\"only\"}")).isEqualTo("\"z\"");
        assertThat(ask("d", "{\"x\":\"e\",\"y\":7}")).isEqualTo("\"else\"");
        assertThat(ask("d", "{}")).isEqualTo("\"none\"");
    }

    @Test
    void tellsOfConflictsBetweenRulesThatAreLeft() {
        assertThat(ask("d", "{\"x\":\"a\",\"y\":3,\"z\":1}")).isEqualTo("eval_conflict_error");
    }

    @Test
    void choosesAmongFunctionsAndElements() {
        assertThat(ask("s", "{\"x\":\"a\",\"y\":1}")).isEqualTo("{\"p\", \"q\", \"t\"}");
        assertThat(ask("s", "{\"x\":\"a\",\"y\":2}")).isEqualTo("{\"r\", \"t\"}");
        assertThat(ask("s", "{\"y\":2}")).isEqualTo("set()");
        Policy policy = Policy.compile(Map.of("many.rego", SOURCE), RegoObject.EMPTY, PolicyOptions.DEFAULT);
        assertThat(policy.query(
                                "x := [v | some p in [[\"a\", 1], [\"a\", 2], [\"b\", 2], [\"b\", 3], [\"c\", 9], [1, 1]];"
                                        + " v := data.many.f(p[0], p[1])]")
                        .run(Input.absent())
                        .toString())
                .contains("[1, 2, 3, 4]");
    }
}
