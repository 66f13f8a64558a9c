package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.rego.value.RegoObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an evaluation may cost, and that nothing gets around it. */
class LimitsTest {

    private static String limited(String rule) {
        Limits limits = new Limits(100_000, Duration.ofSeconds(5), 100_000, 60);
        Policy policy = Policy.compile(
                Map.of("a.rego", "package a\n\n" + rule), RegoObject.EMPTY, PolicyOptions.DEFAULT.limits(limits));
        RegoDecision decision = policy.question("data.a.p").ask(Input.absent());
        return decision instanceof RegoDecision.Failed failed
                ? failed.errors().get(0).toString()
                : "decided";
    }

    @Test
    void stepsAreCountedInLoopsAndComprehensions() {
        assertThat(limited("p if { some i, j, k in numbers.range(1, 500); some m in numbers.range(1, 500); i + m < 0 }"
                        .replace("i, j, k", "i")))
                .contains("eval_limit_error", "steps limit exceeded");
        assertThat(limited("p := [1 | some i in numbers.range(1, 900); some j in numbers.range(1, 900)]"))
                .contains("eval_limit_error");
    }

    @Test
    void bigResultsAreRefusedBeforeTheyAreBuilt() {
        assertThat(limited("p := numbers.range(1, 1000000000)")).contains("eval_limit_error");
        assertThat(limited("p := sprintf(\"%900000d\", [1])")).contains("eval_limit_error");
        assertThat(limited("p := net.cidr_expand(\"10.0.0.0/8\")")).contains("eval_limit_error");
        assertThat(limited("p := bits.lsh(1, 1000000000)")).contains("eval_limit_error");
        assertThat(limited("p := replace(\"aaaaaaaaaaaaaaaaaaaa\", \"a\", sprintf(\"%90000d\", [1]))"))
                .contains("eval_limit_error");
        assertThat(limited("p := 1e1000000000 + 1")).isNotEqualTo("hangs");
    }

    @Test
    void whatIsSharedCountsEachTimeItIsWritten() {
        StringBuilder rules = new StringBuilder("r0 := 1\n");
        for (int i = 1; i < 40; i++) {
            rules.append("r%d := [r%d, r%d]\n".formatted(i, i - 1, i - 1));
        }
        String memory = "memory limit exceeded";
        assertThat(limited(rules + "p := count(r39)")).isEqualTo("decided");
        assertThat(limited(rules + "p := r39")).contains(memory);
        assertThat(limited(rules + "p := {\"a\": {r39}}")).contains(memory);
        assertThat(limited(rules + "p := json.marshal(r39)")).contains(memory);
        assertThat(limited(rules + "p := json.marshal_with_options(r39, {\"pretty\": true})"))
                .contains(memory);
        assertThat(limited(rules + "p := yaml.marshal(r39)")).contains(memory);
        assertThat(limited(rules + "p := sprintf(\"%v\", [r39])")).contains(memory);
        assertThat(limited(rules + "p := $\"{r39}\"")).contains(memory);
    }

    @Test
    void statementsInTheWorstOrderAreOrdered() {
        int many = 4_000;
        StringBuilder body = new StringBuilder("p := x0 if {\n");
        for (int i = 0; i < many; i++) {
            body.append("x%d = x%d + 1\n".formatted(i, i + 1));
        }
        body.append("x%d = 1\n}".formatted(many));
        Limits limits = new Limits(1_000_000, Duration.ofSeconds(30), 1_000_000, 60);
        Policy policy = Policy.compile(
                Map.of("a.rego", "package a\n\n" + body), RegoObject.EMPTY, PolicyOptions.DEFAULT.limits(limits));
        assertThat(policy.question("data.a.p").ask(Input.absent())).hasToString("Defined[value=" + (many + 1) + "]");
    }

    @Test
    void depthIsLimited() {
        StringBuilder rules = new StringBuilder("r0 := 1\n");
        for (int i = 1; i < 80; i++) {
            rules.append("r").append(i).append(" := r").append(i - 1).append(" + 1\n");
        }
        assertThat(limited(rules + "p := r79")).contains("depth limit exceeded");
    }

    @Test
    void aLimitIsNeverUndefined() {
        assertThat(limited("p if not q\nq if numbers.range(1, 1000000000)")).contains("eval_limit_error");
        assertThat(limited("default p := true\np := false if numbers.range(1, 1000000000)"))
                .contains("eval_limit_error");
    }

    @Test
    void anInterruptedThreadStops() {
        Thread.currentThread().interrupt();
        try {
            assertThat(limited("p := [1 | some i in numbers.range(1, 5000); some j in numbers.range(1, 10)]"))
                    .contains("eval_cancel_error");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> new Limits(0, Duration.ofSeconds(1), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(1, Duration.ZERO, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(1, Duration.ofSeconds(1), 1, 5000))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
