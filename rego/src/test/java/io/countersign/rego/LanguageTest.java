package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules mean. */
class LanguageTest {

    private static String asked(String path, String rules) {
        return asked(path, rules, "{}", "{}", PolicyOptions.DEFAULT);
    }

    private static String asked(String path, String rules, String data, String input, PolicyOptions options) {
        try {
            Policy policy = Policy.compile(Map.of("a.rego", "package a\n\n" + rules), JsonReader.read(data), options);
            return switch (policy.question(path).ask(Input.json(input))) {
                case RegoDecision.Defined defined -> defined.value().toString();
                case RegoDecision.Undefined undefined -> "undefined";
                case RegoDecision.Failed failed -> failed.errors().get(0).code();
            };
        } catch (RegoFailure failure) {
            return failure.code();
        }
    }

    /** What a ref binds is known in all of the term it stands in, before it as behind it. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            p contains y if { y := [x, s[x]] }                           ~ {["a", "a"], ["b", "b"]}
            p contains y if { y := {x: s[x]} }                           ~ {{"a": "a"}, {"b": "b"}}
            p contains y if { y = {"k": [x, {s[x]}]} }                   ~ {{"k": ["a", {"a"}]}, {"k": ["b", {"b"}]}}
            p contains x if { [x, "b"] = [x, s[x]] }                     ~ {"b"}
            p := {x: s[x] | true}                                        ~ {"a": "a", "b": "b"}
            p[x] := [s[x]] if true                                       ~ {"a": ["a"], "b": ["b"]}
            p[x] contains s[x] if true                                   ~ {"a": {"a"}, "b": {"b"}}
            p if { {x: s[x]} }                                           ~ true
            p if { [x, [s[x]]] }                                         ~ true
            p contains y if { y := concat("-", [x, s[x]]) }              ~ {"a-a", "b-b"}
            p contains y if { y := [{"a": 1, "b": 2}[x], x, s[x]] }      ~ {[1, "a", "a"], [2, "b", "b"]}
            p contains y if { t := {"a": 1, "b": 2}; y := [x, t[x]] }    ~ {["a", 1], ["b", 2]}
            """)
    void aRefBindsForTheWholeTermAroundIt(String rule, String value) {
        assertThat(asked("data.a.p", "s := {\"a\", \"b\"}\n" + rule)).isEqualTo(value);
    }

    @Test
    void undefinedIsNotFalse() {
        String rules = """
            f := false
            p if f
            q if not f
            r if not input.nothing
            s := input.nothing
            t if input.nothing == null
            """;
        assertThat(asked("data.a", rules)).isEqualTo("{\"f\": false, \"q\": true, \"r\": true}");
    }

    /** Two objects of which each knows what the other lacks; their keys are variables whose values are known. */
    @Test
    void objectsAreMadeEqualValueByValueWhereTheirKeysAreTheSame() {
        String known = "some i in [\"a\"]; some j in [\"b\"]; ";
        assertThat(asked("data.a.p", "p := [x, z] if { " + known + "{i: x, \"c\": 1} = {i: 2, \"c\": z} }"))
                .isEqualTo("[2, 1]");
        assertThat(asked("data.a.p", "p := [x, z] if { " + known + "{i: [x, 7], j: z} = {i: [2, 7], j: 1} }"))
                .isEqualTo("[2, 1]");
        assertThat(asked("data.a.p", "p := [x, z] if { " + known + "{i: [x, 8], j: 1} = {i: [2, 7], j: z} }"))
                .isEqualTo("undefined");
        assertThat(asked("data.a.p", "p := x if { " + known + "{i: [x, 7], j: 1} = {i: [2, 7], \"b\": 1} }"))
                .isEqualTo("2");
        assertThat(asked("data.a.p", "p := z if { " + known + "{i: 2, j: 1} = {i: 2, \"b\": z} }"))
                .isEqualTo("rego_unsafe_var_error");
        assertThat(asked("data.a.p", "p := [x, z] if { " + known + "{i: {j: x}, j: 1} = {i: {j: [z]}, j: z} }"))
                .isEqualTo("[[1], 1]");
        assertThat(asked("data.a.p", "p := x if { [i, {i: x}] = [1, {i: 2}] }")).isEqualTo("2");
        assertThat(asked("data.a.p", "p contains i if { x := 1; {i: [i]} = {i: [x]} }"))
                .isEqualTo("rego_unsafe_var_error");
    }

    @Test
    void aDefaultFillsUndefinedOnly() {
        assertThat(asked("data.a.p", "default p := 1\np := 2 if input.x")).isEqualTo("1");
        assertThat(asked("data.a.p", "default p := 1\np := false if true")).isEqualTo("false");
        assertThat(asked("data.a.f", "default f(_) := 0\nf(x) := 1 if x > 5\nr := [f(1), f(6)]"))
                .isEqualTo("undefined");
        assertThat(asked("data.a.r", "default f(_) := 0\nf(x) := 1 if x > 5\nr := [f(1), f(6)]"))
                .isEqualTo("[0, 1]");
    }

    @Test
    void elseIsTriedInOrder() {
        String rules = """
            p := 1 if input.a else := 2 if input.b else := 3
            """;
        assertThat(asked("data.a.p", rules, "{}", "{\"a\":true,\"b\":true}", PolicyOptions.DEFAULT))
                .isEqualTo("1");
        assertThat(asked("data.a.p", rules, "{}", "{\"b\":true}", PolicyOptions.DEFAULT))
                .isEqualTo("2");
        assertThat(asked("data.a.p", rules)).isEqualTo("3");
    }

    @Test
    void twoValuesForOneRuleAreAConflictAndTwiceTheSameIsNot() {
        assertThat(asked("data.a.p", "p := 1 if true\np := 2 if true")).isEqualTo("eval_conflict_error");
        assertThat(asked("data.a.p", "p := 1 if true\np := 1.0 if true")).isEqualTo("1");
        assertThat(asked("data.a.p", "p := x if some x in [1, 2]")).isEqualTo("eval_conflict_error");
        assertThat(asked("data.a.p", "p[k] := v if some k, v in [1, 2]\np[0] := 3 if true"))
                .isEqualTo("eval_conflict_error");
        assertThat(asked("data.a.p", "p := {k: v | some v in [1, 2]; k := 1}")).isEqualTo("eval_conflict_error");
        assertThat(asked("data.a.r", "f(x) := 1 if x\nf(x) := 2 if x\nr := f(true)"))
                .isEqualTo("eval_conflict_error");
    }

    @Test
    void setsAndObjectsGather() {
        assertThat(asked("data.a.s", "s contains 1\ns contains x if some x in [3, 2, 1]"))
                .isEqualTo("{1, 2, 3}");
        assertThat(asked("data.a.o", "o.a := 1\no[k] := v if some k, v in {\"b\": 2}"))
                .isEqualTo("{\"a\": 1, \"b\": 2}");
        assertThat(asked("data.a.o", "o[x].s contains y if some x, y in {\"k\": 1, \"l\": 2}"))
                .isEqualTo("{\"k\": {\"s\": {1}}, \"l\": {\"s\": {2}}}");
    }

    @Test
    void whatIsAskedUnderOneKeyIsWhatTheWholeHoldsThere() {
        String rules = """
            s contains x if some x in [1, 2, 3]
            s contains "c" if input.nothing
            s contains "d"
            o[k] := v if some k, v in {"x": 1, "y": 2}
            o["z"] := 3
            o["none"] := 4 if input.nothing
            g[x] contains y if some x, y in ["p", "q"]
            asked := [object.get({"v": s[2]}, "v", 0), o.x, o["z"], g[1]]
            missing contains "s" if not s.c
            missing contains "o" if not o.none
            missing contains "k" if not o[7]
            every_key if every k in ["x", "y", "z"] { o[k] == object.get(o, k, null) }
            many := [o[k] | some k in ["x", "y", "z", "x", 1, 2, 3, 4, 5, 6, 7, 8, 9, "y"]]
            other := [o.x, r] if r := o.x with data.a.o as {"x": 9}
            """;
        assertThat(asked("data.a.asked", rules)).isEqualTo("[2, 1, 3, {\"q\"}]");
        assertThat(asked("data.a.missing", rules)).isEqualTo("{\"k\", \"o\", \"s\"}");
        assertThat(asked("data.a.every_key", rules)).isEqualTo("true");
        assertThat(asked("data.a.many", rules)).isEqualTo("[1, 2, 3, 1, 2]");
        assertThat(asked("data.a.other", rules)).isEqualTo("[1, 9]");
    }

    @Test
    void aConflictUnderTheKeyThatIsAskedIsOne() {
        assertThat(asked("data.a.p", "o[k] := v if some k, v in {\"x\": 1}\no[\"x\"] := 2\np := o.x"))
                .isEqualTo("eval_conflict_error");
    }

    @Test
    void scansKeepRegosOrderWhereItShows() {
        String rules = """
            s contains x if some x in [30, 4, "b", null, 5, 6, 7, 8, 9, 10, 11]
            list := [x | some x in s; x != 9]
            again := {x | some x in s; x != 9}
            firsts := [o.k | some o in objects; o.t == "a"]
            objects := {{"t": "a", "k": 2}, {"t": "b", "k": 1}, {"t": "a", "k": 1}}
            both := [count({1 | some o in objects; o.t == "a"}), count({o.k | some o in objects; o.t == "a"}), [o.k | some o in objects; o.t == "a"], [o.k | some o in objects; o.t == "a"]]
            """;
        assertThat(asked("data.a.list", rules)).isEqualTo("[null, 4, 5, 6, 7, 8, 10, 11, 30, \"b\"]");
        assertThat(asked("data.a.again", rules)).isEqualTo("{null, 4, 5, 6, 7, 8, 10, 11, 30, \"b\"}");
        assertThat(asked("data.a.both", rules)).isEqualTo("[1, 2, [1, 2], [1, 2]]");
    }

    @Test
    void looksUpWhatIsScannedWithTheSameField() {
        String data = "{\"b\":[{\"u\":\"a\",\"r\":1},{\"u\":\"b\",\"r\":2},{\"u\":\"a\",\"r\":3}]}";
        String rules = """
            user := input.u
            p contains b.r if {
            	some b in data.b
            	b.r > 0
            	b.u == user
            }
            q contains b.r if {
            	some b in data.b
            	b.u == user
            }
            r := [x | some x in data.b; "z" in x.none; x.u == user]
            """;
        for (int i = 0; i < 3; i++) {
            assertThat(asked("data.a", rules, data, "{\"u\":\"a\"}", PolicyOptions.DEFAULT))
                    .isEqualTo("{\"p\": {1, 3}, \"q\": {1, 3}, \"r\": [], \"user\": \"a\"}");
        }
    }

    @Test
    void unificationGoesBothWaysAndIntoCollections() {
        assertThat(asked("data.a.p", "p := [x, y] if { [x, {\"k\": y}] = [1, {\"k\": 2}] }"))
                .isEqualTo("[1, 2]");
        assertThat(asked("data.a.p", "p := x if { y = x; y = 3 }")).isEqualTo("3");
        assertThat(asked("data.a.p", "p if { [1, x] = [x, 2] }")).isEqualTo("undefined");
        assertThat(asked("data.a.p", "p := [a, b] if { [a, b] := split(\"1-2\", \"-\") }"))
                .isEqualTo("[\"1\", \"2\"]");
    }

    @Test
    void statementsAreOrderedByWhatTheyNeed() {
        assertThat(asked("data.a.p", "p := y if { y == x + 1; x := 1; y := 2 }"))
                .isEqualTo("rego_compile_error");
        assertThat(asked("data.a.p", "p := y if { y = x + 1; x = 1 }")).isEqualTo("2");
        assertThat(asked("data.a.p", "p := y if { not bad[y]; y = 2 }\nbad contains 3"))
                .isEqualTo("2");
    }

    @Test
    void everyHoldsForAllAndForNone() {
        assertThat(asked("data.a.p", "p if every x in [1, 2] { x > 0 }")).isEqualTo("true");
        assertThat(asked("data.a.p", "p if every x in [1, 2] { x > 1 }")).isEqualTo("undefined");
        assertThat(asked("data.a.p", "p if every x in [] { x > 1 }")).isEqualTo("true");
        assertThat(asked("data.a.p", "p if every x in input.nothing { x > 1 }")).isEqualTo("undefined");
        assertThat(asked("data.a.p", "p if every k, v in {\"a\": \"a\"} { k == v }"))
                .isEqualTo("true");
    }

    @Test
    void withReplacesDocumentsFunctionsAndRulesForOneStatement() {
        String rules = """
            base := input.x
            f(x) := x + 1
            mock(x) := x * 10
            now := time.now_ns()
            p := [a, b, c, d, e] if {
            	a := base with input.x as 1
            	b := base with input as {"x": 2}
            	c := f(3) with f as mock
            	d := f(3) with f as 7
            	e := now with time.now_ns as 5
            }
            q := v if v := data.a.base with data.a.base as 4
            r := v if v := count([1, 2]) with count as 9
            s := v if v := [data.k.l, data.k.m] with data.k.l as 1
            left := base
            """;
        assertThat(asked("data.a.p", rules)).isEqualTo("[1, 2, 30, 7, 5]");
        assertThat(asked("data.a.q", rules)).isEqualTo("4");
        assertThat(asked("data.a.r", rules)).isEqualTo("9");
        assertThat(asked("data.a.s", rules, "{\"k\":{\"m\":2}}", "{}", PolicyOptions.DEFAULT))
                .isEqualTo("[1, 2]");
        assertThat(asked("data.a.left", rules)).isEqualTo("undefined");
    }

    @Test
    void functionsChooseByTheirArguments() {
        String rules = """
            f("a", _) := 1
            f("b", x) := x
            f([x, y], {"k": z}) := [x, y, z]
            p := [f("a", 0), f("b", 2), f([1, 2], {"k": 3})]
            q if f("c", 1)
            """;
        assertThat(asked("data.a.p", rules)).isEqualTo("[1, 2, [1, 2, 3]]");
        assertThat(asked("data.a.q", rules)).isEqualTo("undefined");
    }

    @Test
    void rulesAreMergedOverData() {
        assertThat(asked("data.a", "p := 1", "{\"a\":{\"q\":2}}", "{}", PolicyOptions.DEFAULT))
                .isEqualTo("{\"p\": 1, \"q\": 2}");
        assertThat(asked(
                        "data.a.p",
                        "p := [k | some k; data.b[k]]",
                        "{\"b\":{\"y\":1,\"x\":2}}",
                        "{}",
                        PolicyOptions.DEFAULT))
                .isEqualTo("[\"x\", \"y\"]");
    }

    @Test
    void functionsThatFailAreUndefinedUnlessStrict() {
        assertThat(asked("data.a.p", "p := 1 / 0")).isEqualTo("undefined");
        assertThat(asked("data.a.p", "p if not to_number(\"x\")")).isEqualTo("true");
        assertThat(asked("data.a.p", "p := 1 / 0", "{}", "{}", PolicyOptions.DEFAULT.strictErrors()))
                .isEqualTo("eval_builtin_error");
    }

    @Test
    void readsTheOldLanguageToo() {
        PolicyOptions v0 = PolicyOptions.DEFAULT.v0();
        assertThat(asked("data.a.p", "p[x] { x := [1, 2][_] }", "{}", "{}", v0)).isEqualTo("{1, 2}");
        assertThat(asked("data.a.p", "p = x { x = 1 } else = 2 { true }", "{}", "{}", v0))
                .isEqualTo("1");
        assertThat(asked("data.a.p", "import future.keywords.in\np { 1 in [1] }", "{}", "{}", v0))
                .isEqualTo("true");
        assertThat(asked("data.a.p", "p { x := 1 }")).isEqualTo("rego_parse_error");
    }

    @Test
    void theInputMayBeAbsentOrNull() {
        Policy policy =
                Policy.compile(Map.of("a.rego", "package a\n\np := input"), RegoObject.EMPTY, PolicyOptions.DEFAULT);
        assertThat(policy.question("data.a.p").ask(Input.absent())).isInstanceOf(RegoDecision.Undefined.class);
        assertThat(policy.question("data.a.p").ask(Input.json("null")).toString())
                .contains("null");
    }
}
