package io.countersign.rego.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verbs say, and how they end. */
class RegoToolsTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void aPolicy() throws IOException {
        Files.writeString(
                folder.resolve("gate.rego"),
                "package gate\n\nallow if input.user in data.users\n\ntest_allow if allow with input as {\"user\": \"ann\"}\n\ntest_no if not allow\n");
        Files.writeString(folder.resolve("data.json"), "{\"users\":[\"ann\"]}");
        Files.writeString(folder.resolve("input.json"), "{\"user\":\"bob\"}");
    }

    private int rego(String... words) {
        out.reset();
        err.reset();
        return RegoTools.run(
                List.of(words),
                folder,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void evaluatesAQuery() {
        assertThat(rego("eval", "data.gate.allow", "-d", "gate.rego", "-d", "data.json", "-i", "input.json"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"result\": []");
        assertThat(rego("eval", "x := [1, 2][_]")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"x\": 1", "\"x\": 2");
    }

    @Test
    void aQueryThatFailsIsNotAskedAgainWithoutItsValue() {
        assertThat(rego("eval", "numbers.range(1, 10000000000)")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("eval_limit_error");
        assertThat(rego("eval", "numbers.range(0, 0)")).isZero();
        assertThat(rego("eval", "1 / 0", "--strict-builtin-errors")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("divide by zero");
    }

    @Test
    void explainsWhyNot() {
        assertThat(rego("explain", "data.gate.allow", "-d", ".", "-i", "input.json"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("input.user is \"bob\"");
        assertThat(rego("explain", "data.gate.allow", "-d", ".", "-i", "input.json", "--json"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"outcome\": \"failed\"");
        assertThat(rego("explain")).isEqualTo(2);
    }

    @Test
    void formatsToTheTerminalIntoFilesOrOnlyChecks() throws IOException {
        Path file = folder.resolve("ugly.rego");
        Files.writeString(file, "package a\np:=1");
        assertThat(rego("fmt", "ugly.rego")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("package a\n\np := 1\n");
        assertThat(rego("fmt", "--check", ".")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("ugly.rego\n");
        assertThat(Files.readString(file)).isEqualTo("package a\np:=1");
        assertThat(rego("fmt", "-w", ".")).isZero();
        assertThat(Files.readString(file)).isEqualTo("package a\n\np := 1\n");
        assertThat(rego("fmt", "--check", ".")).isZero();
    }

    @Test
    void runsTests() {
        assertThat(rego("test", ".", "-v")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("data.gate.test_allow: PASS", "PASS: 2/2");
        assertThat(rego("test", ".", "-r", "allow")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("PASS: 1/1");
    }

    @Test
    void namesPlaceAndReasonOfWhatIsWrong() throws IOException {
        Files.writeString(folder.resolve("bad.rego"), "package bad\n\np if x > 1\n");
        assertThat(rego("check", ".")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("bad.rego:3: rego_unsafe_var_error: var x is unsafe");
    }

    @Test
    void saysHowItIsUsedWhenItIsAskedWrongly() {
        assertThat(rego("what")).isEqualTo(2);
        assertThat(rego("eval")).isEqualTo(2);
        assertThat(rego("eval", "1", "-d")).isEqualTo(2);
        assertThat(rego("eval", "1", "-d", "nowhere")).isEqualTo(1);
        assertThat(rego("help")).isZero();
        assertThat(rego("check")).isEqualTo(2);
        assertThat(rego("test")).isEqualTo(2);
        assertThat(rego("coverage")).isEqualTo(2);
        assertThat(rego("test", ".", "-r", "(")).isEqualTo(2);
        assertThat(rego("test", ".", "--threshold", "most")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("`--threshold` takes a number of percent");
    }

    @Test
    void refusesWhatItWouldNotLookAt() {
        assertThat(rego("check", "--stict", ".")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("`rego check` has no option `--stict`");
        assertThat(rego("eval", "data.gate.allow", "gate.rego")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("does not know what `gate.rego` is");
        assertThat(rego("fmt", "--strict", ".")).isEqualTo(2);
        assertThat(rego("check", "--strict", ".")).isZero();
    }

    @Test
    void aBrokenDocumentIsAnErrorAndNoStackTrace() throws IOException {
        Files.writeString(folder.resolve("data.json"), "{\"users\":");
        assertThat(rego("check", ".")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("rego: ")
                .contains("data.json: unexpected end")
                .doesNotContain("Exception");
        Files.writeString(folder.resolve("data.json"), "[1]");
        assertThat(rego("check", ".")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("data.json: a data file must hold an object");
        assertThat(rego("eval", "1", "-i", "nowhere.json")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no such file: ");
    }
}
