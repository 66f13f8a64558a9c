package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.RegoObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is refused before anything is asked, and how. */
class CompileErrorsTest {

    private static List<RegoError> errors(String rules, PolicyOptions options) {
        try {
            Policy.compile(Map.of("a.rego", "package a\n\n" + rules + "\n"), RegoObject.EMPTY, options);
            return List.of();
        } catch (RegoFailure failure) {
            return failure.errors();
        }
    }

    private static String first(String rules) {
        List<RegoError> errors = errors(rules, PolicyOptions.DEFAULT);
        return errors.isEmpty() ? "fine" : errors.get(0).toString();
    }

    @Test
    void unsafeVariablesAreNamedWithTheirPlace() {
        assertThat(first("p if x > 1")).isEqualTo("a.rego:3: rego_unsafe_var_error: var x is unsafe");
        assertThat(first("p if not q[x]\nq contains 1")).contains("var x is unsafe");
        assertThat(first("p := x if true")).contains("var x is unsafe");
        assertThat(first("p contains x if true")).contains("var x is unsafe");
        assertThat(first("p := [y | x := 1]")).contains("var y is unsafe");
        assertThat(first("f(x) := y if x")).contains("var y is unsafe");
        assertThat(first("p if { some x; x == 1 }")).contains("var x is unsafe");
        assertThat(first("f({1, x}) := 1")).contains("var x is unsafe");
        assertThat(first("f([{x: 1}]) := 1")).contains("var x is unsafe");
        assertThat(first("f(x, [{x: y}, {x}]) := y")).isEqualTo("fine");
    }

    @Test
    void rulesMustNotNeedThemselves() {
        assertThat(first("p if q\nq if p")).contains("rego_recursion_error", "is recursive");
        assertThat(first("f(x) := f(x - 1)"))
                .contains("rego_recursion_error: rule data.a.f is recursive: data.a.f -> data.a.f");
        assertThat(first("p if data.a[x] == 1; x := \"p\"")).isNotEqualTo("fine");
    }

    @Test
    void namesAreDeclaredOnce() {
        assertThat(first("p if { x := 1; x := 2 }")).contains("rego_compile_error: var x assigned above");
        assertThat(first("p if { x == 1; x := 1 }")).contains("var x referenced above");
        assertThat(first("f(x) := y if { x := 1; y := x }")).contains("arg x redeclared");
        assertThat(first("p if { 1 := x }")).contains("cannot assign to number");
        assertThat(first("p if { input := 1 }")).contains("variables must not shadow input");
    }

    @Test
    void defaultsAreKnownBeforehand() {
        assertThat(first("default p := input.a")).contains("illegal default rule (value cannot contain ref)");
        assertThat(first("default p := {\"a\": [q]}")).contains("illegal default rule (value cannot contain var)");
        assertThat(first("default p := 1 + 2")).contains("illegal default rule (value cannot contain call)");
        assertThat(first("default p := [x | x := input.a]")).isEqualTo("fine");
        assertThat(first("default p := {-1, [set()]}")).isEqualTo("fine");
        assertThat(first("default f(1) := 2")).contains("illegal default rule (arguments cannot contain number)");
        assertThat(first("default f(x, x) := 2")).contains("illegal default rule (arguments cannot be repeated x)");
    }

    @Test
    void templateStringsDeclareNothing() {
        assertThat(first("p := $\"{input.l[_]}\"")).contains("rego_compile_error: var _ is undeclared");
        assertThat(first("p := $\"{input.l[i]}\"")).contains("rego_compile_error: var i is undeclared");
        assertThat(first("p := $\"{y := 1}\"")).contains("rego_compile_error: var y is undeclared");
        assertThat(first("p := $\"{y}\"")).contains("rego_unsafe_var_error: var y is unsafe");
        assertThat(first("p := $\"{input.l[i]}\" if some i in [1]")).isEqualTo("fine");
        assertThat(first("p := $\"{[y | y := input.l[_]]}\"")).isEqualTo("fine");
    }

    @Test
    void onlyRulesWithOneValueHaveAnElse() {
        assertThat(first("p contains 1 if false else := 2"))
                .contains("else keyword cannot be used on multi-value rules");
        assertThat(first("p[x] := 1 if { x := 1 } else := 2"))
                .contains("else keyword cannot be used on rules with variables in head");
        assertThat(first("p.q := 1 if false else := 2")).isEqualTo("fine");
        assertThat(first("p[_] := 1")).contains("var _ is unsafe");
    }

    @Test
    void whatPrintsIsNoValue() {
        assertThat(first("p := print(1)")).contains("rego_type_error: print(1) used as value");
        assertThat(first("p if { x := [print(1)]; x }")).contains("print(1) used as value");
        assertThat(first("p := $\"{print(1)}\"")).contains("print(1) used as value");
        assertThat(first("p := [1 | print(1)] if { print([x | print(2); x := 1]); every x in [1] { print(x) } }"))
                .isEqualTo("fine");
    }

    @Test
    void functionsMustExistAndGetWhatTheyTake() {
        assertThat(first("p := nothing(1)")).contains("rego_type_error: undefined function nothing");
        assertThat(first("p := count(1, 2, 3)")).contains("rego_type_error", "arity mismatch");
        assertThat(first("f(x) := 1\np := f(1, 2, 3)")).contains("function data.a.f has arity 1, got 3 arguments");
        assertThat(first("p if { true with nothing as 1 }")).contains("undefined function nothing");
        assertThat(first("f(a, b) := a\np if count([1]) with count as f")).contains("count: arity mismatch");
        assertThat(first("f(a) := a\np if f(1) with f as json.remove")).contains("data.a.f: arity mismatch");
        assertThat(first("f(a) := a\nq := 1\np if f(1) with f as count with count as f with upper as q"))
                .isEqualTo("fine");
    }

    @Test
    void whatAFunctionCanNeverTakeIsRefused() {
        assertThat(first("p := count(1)")).contains("rego_type_error: count: invalid argument(s)", "have: (number)");
        assertThat(first("p if startswith(input.x, [1])")).contains("want: (string, string)");
        assertThat(first("p := 1 + \"a\"")).contains("plus: invalid argument(s)");
        assertThat(first("p := [x | x := upper(count(input))]")).contains("upper: invalid argument(s)");
        assertThat(first("p := count(input.x) + to_number(\"1\")")).isEqualTo("fine");
        assertThat(first("p := {1} - {2}")).isEqualTo("fine");
    }

    @Test
    void rulesOfOneNameMustFitTogether() {
        assertThat(first("p := 1\np contains 2")).contains("rego_type_error: conflicting rules data.a.p found");
        assertThat(first("f(x) := 1\nf(x, y) := 1")).contains("conflicting rules data.a.f found");
        assertThat(first("default p := 1\ndefault p := 2")).contains("multiple default rules data.a.p found");
    }

    @Test
    void theLanguageSinceOneForbidsWhatMisleads() {
        assertThat(first("import data.x\nimport input.x\np := x")).contains("import must not shadow import data.x");
        assertThat(first("input := 1")).contains("rules must not shadow input");
        assertThat(first("p { true }")).contains("rego_parse_error", "`if` keyword is required before rule body");
        assertThat(first("p := any([true])")).contains("deprecated built-in function calls");
    }

    @Test
    void strictAlsoWantsEveryNameUsed() {
        PolicyOptions strict = PolicyOptions.DEFAULT.strict();
        assertThat(errors("import data.x\np := 1", strict).toString()).contains("import data.x unused");
        assertThat(errors("p if { x := 1 }", strict).toString()).contains("assigned var x unused");
        assertThat(errors("p if { x := 1; x > 0 }", strict)).isEmpty();
    }

    @Test
    void atMostTenErrorsAreTold() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            rules.append("p").append(i).append(" if x").append(i).append(" > 1\n");
        }
        List<RegoError> errors = errors(rules.toString(), PolicyOptions.DEFAULT);
        assertThat(errors).hasSize(10);
        assertThat(errors)
                .isSortedAccordingTo((a, b) -> a.location().row() - b.location().row());
    }

    @Test
    void sourcesThatCannotBeParsedAreRefusedWithTheirPlace() {
        assertThat(first("p := {")).startsWith("a.rego:4: rego_parse_error");
        assertThat(first("p := \"abc")).contains("non-terminated string");
        assertThat(first("p := 01")).contains("expected number without leading zeros");
        assertThat(first("p if {}")).contains("found empty body");
        assertThat(first("p := 1 2")).contains("rego_parse_error");
        assertThat(first("import foo.bar")).contains("unexpected import path");
        assertThat(first("default p := 1 if true")).contains("default rules cannot have a body");
    }
}
