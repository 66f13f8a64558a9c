package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a host can ask of the engine. */
class PolicyTest {

    private static final String GATE = """
            package gate

            default allow := false

            allow if {
            	some role in data.roles[input.user]
            	role == "admin"
            }

            boom := 1 if input.conflict
            boom := 2 if input.conflict

            endless := count(numbers.range(1, 100000000))

            now := time.now_ns()
            """;

    private static Policy policy(PolicyOptions options) {
        return Policy.compile(
                Map.of("gate.rego", GATE), JsonReader.read("{\"roles\":{\"ada\":[\"dev\",\"admin\"]}}"), options);
    }

    @Test
    void decidesByInputAndData() {
        Policy.Question allow = policy(PolicyOptions.DEFAULT).question("data.gate.allow");
        assertThat(allow.ask(Input.json("{\"user\":\"ada\"}")).isTrue()).isTrue();
        assertThat(allow.ask(Input.java(Map.of("user", "bob"))).isTrue()).isFalse();
        assertThat(allow.ask(Input.absent()).isTrue()).isFalse();
    }

    @Test
    void pathsMayHaveNamesThatAreNoWords() {
        Policy policy = policy(PolicyOptions.DEFAULT)
                .withData(JsonReader.read("{\"acme.com\": {\"owners\": [\"ada\", \"bob\"]}, \"two-words\": 2}"));
        assertThat(policy.question("data[\"acme.com\"].owners[1]").ask(Input.absent()))
                .hasToString("Defined[value=\"bob\"]");
        assertThat(policy.question("data.two-words").ask(Input.absent())).hasToString("Defined[value=2]");
        for (String wrong :
                List.of("", "gate.allow", "data.", "data..x", "input[\"x\"]", "data[x]", "data[", "data[1] + 1")) {
            assertThatThrownBy(() -> policy.question(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the path `" + wrong + "`");
        }
    }

    @Test
    void tellsUndefinedFromAnError() {
        Policy.Question boom = policy(PolicyOptions.DEFAULT).question("data.gate.boom");
        assertThat(boom.ask(Input.absent())).isInstanceOf(RegoDecision.Undefined.class);
        assertThat(boom.ask(Input.json("{\"conflict\":true}")))
                .isInstanceOfSatisfying(
                        RegoDecision.Failed.class,
                        failed -> assertThat(failed.errors().get(0).code()).isEqualTo("eval_conflict_error"));
    }

    @Test
    void aLimitIsItsOwnErrorAndNeverUndefined() {
        Limits few = new Limits(1000, Duration.ofSeconds(5), 1000, 50);
        Policy.Question endless = policy(PolicyOptions.DEFAULT.limits(few)).question("data.gate.endless");
        assertThat(endless.ask(Input.absent()))
                .isInstanceOfSatisfying(
                        RegoDecision.Failed.class,
                        failed -> assertThat(failed.errors().get(0).code()).isEqualTo("eval_limit_error"));
    }

    @Test
    void thePinnedClockIsTheClock() {
        Policy.Question now = policy(PolicyOptions.DEFAULT).question("data.gate.now");
        assertThat(now.ask(Input.absent(), 42).toString()).contains("42");
    }

    @Test
    void queriesGiveAllSolutions() {
        List<RegoObject> found = policy(PolicyOptions.DEFAULT)
                .query("data.roles[user][_] = role")
                .run(Input.absent());
        assertThat(found).hasSize(2);
        assertThat(found.get(0).toString()).isEqualTo("{\"role\": \"dev\", \"user\": \"ada\"}");
    }

    @Test
    void refusesFunctionsThatAreNotAllowed() {
        assertThatThrownBy(() -> policy(PolicyOptions.DEFAULT.builtins(Set.of("count"))))
                .isInstanceOf(RegoFailure.class)
                .hasMessageContaining("undefined function");
    }

    @Test
    void saysWhereASourceIsWrong() {
        assertThatThrownBy(() -> Policy.compile(
                        Map.of("a.rego", "package a\n\np if {\n\tx > 1\n}\n"), RegoObject.EMPTY, PolicyOptions.DEFAULT))
                .hasMessage("a.rego:4: rego_unsafe_var_error: var x is unsafe");
    }
}
