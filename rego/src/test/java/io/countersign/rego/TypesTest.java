package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.RegoObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can never be is refused when a policy is compiled; what may be is not. */
class TypesTest {

    private static String first(String rules) {
        try {
            Policy.compile(Map.of("a.rego", "package a\n" + rules), RegoObject.EMPTY, PolicyOptions.DEFAULT);
            return "fine";
        } catch (RegoFailure failure) {
            return failure.errors().getFirst().code() + ": "
                    + failure.errors().getFirst().message();
        }
    }

    @Test
    void termsThatCannotBeEqualDoNotMatch() {
        assertThat(first("p if 1 = \"a\""))
                .isEqualTo("rego_type_error: match error\n\tleft  : number\n\tright : string");
        assertThat(first("p if { x := 1; x == \"a\" }")).contains("match error");
        assertThat(first("p if { [x, 1] := [\"a\", 1]; x == 2 }")).contains("match error");
        assertThat(first("p if { {\"k\": x} := {\"k\": true}; x == 2 }")).contains("match error");
        assertThat(first("p if [1, 2] = [1, 2, 3]")).contains("match error");
        assertThat(first("p if {\"a\": 1} == {\"b\": 1}")).contains("match error");
        assertThat(first("p if { some x in [1, 2]; x == \"a\" }")).contains("match error");
        assertThat(first("p if every x in [\"a\"] { x == 1 }")).contains("match error");
        assertThat(first("q := 1\np if q == null")).contains("match error");
    }

    @Test
    void valuesOfObjectsMustBeWhatAFunctionTakes() {
        assertThat(first("p := urlquery.encode_object({\"a\": 1})"))
                .contains("urlquery.encode_object: invalid argument");
        assertThat(first("p if { x := {\"a\": 1}; strings.replace_n(x, \"q\") }"))
                .contains("invalid argument");
        assertThat(first("p := graph.reachable({\"a\": null}, [1])")).contains("invalid argument");
        assertThat(first("p := io.jwt.encode_sign({1: 2}, {}, {})")).contains("invalid argument");
        assertThat(first("p := graph.reachable({k: 1 | some k in [1]}, [1])")).contains("invalid argument");
        assertThat(first("p := graph.reachable({\"a\": null, \"b\": input.b}, [1])"))
                .contains("invalid argument");
        assertThat(first("p := urlquery.encode_object({\"a\": input.x, \"b\": [\"c\"]})"))
                .isEqualTo("fine");
        assertThat(first("p := json.marshal_with_options([], {\"pretty\": true})"))
                .isEqualTo("fine");
        assertThat(first("p := object.union({}, {1: 2})")).isEqualTo("fine");
        assertThat(first("p := graph.reachable({k: v | some k, v in input}, [1])"))
                .isEqualTo("fine");
    }

    @Test
    void namesInErrorsAreThoseThatWereWritten() {
        assertThat(first("p if { x := {\"a\": 1}; x.b }")).endsWith("undefined ref: x.b");
        assertThat(first("p if { some x in [1]; x[_].c }")).endsWith("undefined ref: x[_].c");
    }

    @Test
    void termsThatMayBeEqualMatch() {
        assertThat(first("p if { some x in [1, \"a\"]; x == \"a\" }")).isEqualTo("fine");
        assertThat(first("p if { x := input.a; x == 1; x == \"a\" }")).isEqualTo("fine");
        assertThat(first("q := 1\nq := \"a\" if input.b\np if q == \"a\"")).isEqualTo("fine");
        assertThat(first("default q := null\nq := 1 if input.b\np if q == null"))
                .isEqualTo("fine");
        assertThat(first("q := 1 if input.a else := \"b\"\np if q == \"b\"")).isEqualTo("fine");
        assertThat(first("p if data.b.c == 1")).isEqualTo("fine");
        assertThat(first("p if { 1.0 == 1; [] == input.x; {1} == {y | y := input.z} }"))
                .isEqualTo("fine");
        assertThat(first("p if { [x, y] = [1, z]; z = \"a\"; y == \"a\" }")).isEqualTo("fine");
    }

    @Test
    void refsMustLeadSomewhere() {
        assertThat(first("q := {\"a\": 1}\np := q.b")).isEqualTo("rego_type_error: undefined ref: data.a.q.b");
        assertThat(first("q := 1\np := q.b")).contains("undefined ref: data.a.q.b");
        assertThat(first("q := 1\np if q[_]")).contains("undefined ref");
        assertThat(first("q contains 1\np := q.b")).contains("undefined ref");
        assertThat(first("q := [1]\np := q[1]")).contains("undefined ref");
        assertThat(first("q := [1]\np := q.x")).contains("undefined ref");
        assertThat(first("p if { x := {\"a\": {\"b\": 1}}; x.a.c }")).contains("undefined ref");
        assertThat(first("q.a := 1\nq.b := 2\np := q.c")).isEqualTo("fine");
        assertThat(first("p := y if { x := [1]; y := x[\"k\"] }")).contains("undefined ref");
    }

    @Test
    void refsThatMayLeadSomewhereAreFollowed() {
        assertThat(first("q := {\"a\": 1}\nq := {\"b\": 2} if input.x\np := q.b"))
                .isEqualTo("fine");
        assertThat(first("q[k] := 1 if some k in input.ks\np := q.c")).isEqualTo("fine");
        assertThat(first("q contains x if some x in input.xs\np := q.b")).isEqualTo("fine");
        assertThat(first("q := {k: 1 | some k in input.ks}\np := q.c")).isEqualTo("fine");
        assertThat(first("q := json.unmarshal(input.t)\np := q.c")).isEqualTo("fine");
        assertThat(first("q := [1, 2]\np := q[count(q) - 1]")).isEqualTo("fine");
        assertThat(first("q.a.b := 1\nq.a.c contains 2\np := q.a.d")).isEqualTo("fine");
        assertThat(first("p := input.a.b[c].d if some c in input.e")).isEqualTo("fine");
    }

    @Test
    void schemasTellWhatDocumentsHold() {
        String schema = "# METADATA\n# scope: rule\n# schemas:\n#   - input.foo: {properties: {bar: {type: string}}}\n";
        assertThat(first(schema + "p := input.foo.bar")).isEqualTo("fine");
        assertThat(first(schema + "p := input.other")).isEqualTo("fine");
        assertThat(first(schema + "p := input.foo.baz")).contains("undefined ref: input.foo.baz");
        assertThat(first(schema + "p := input.foo.bar + 1")).contains("plus: invalid argument(s)");
        assertThat(first(schema + "p := input.foo.bar\nq := input.foo.baz")).isEqualTo("fine");
        String list = """
            # METADATA
            # schemas:
            #   - data.xs:
            #       $ref: "#/$defs/a"
            #       $defs: {a: {type: array, items: {anyOf: [{type: number}, {type: 'null'}]}}}
            """;
        assertThat(first(list + "p if { some x in data.xs; x == \"a\" }")).contains("match error");
        assertThat(first(list + "p if { some x in data.xs; x == null }")).isEqualTo("fine");
        String open =
                "# METADATA\n# scope: document\n# schemas:\n#   - input: {type: [object, array]}\n#   - data: elsewhere\n";
        assertThat(first(open + "p := input.a.b\np := input[0]")).isEqualTo("fine");
        assertThat(first(open + "p := data.a.b")).isEqualTo("fine");
    }

    @Test
    void functionsAndOperatorsGetWhatTheyTake() {
        assertThat(first("q := \"a\"\np := q + 1"))
                .isEqualTo(
                        "rego_type_error: plus: invalid argument(s)\n\thave: (string, number)\n\twant: (number, number)");
        assertThat(first("f(x) := \"a\" if x\np := f(1) + 1")).contains("plus: invalid argument(s)");
        assertThat(first("p := sum([\"a\"])")).contains("sum: invalid argument(s)");
        assertThat(first("p := concat(\",\", [1])")).contains("concat: invalid argument(s)");
        assertThat(first("p if { x := count([]); startswith(x, \"a\") }")).contains("startswith: invalid argument(s)");
        assertThat(first("f(x) := x\np := f(1) + 1")).isEqualTo("fine");
        assertThat(first("p := sum([x | x := input.xs[_]])")).isEqualTo("fine");
        assertThat(first("p := count(input.a) + sum([1, 2.5])")).isEqualTo("fine");
        assertThat(first("p := json.marshal_with_options({}, {\"pretty\": true})"))
                .isEqualTo("fine");
        assertThat(first("p := [v | walk(input, [path, v]); count(path) > 1]")).isEqualTo("fine");
    }
}
