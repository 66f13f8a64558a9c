package io.countersign.cli.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Keyboard;
import io.countersign.cli.Keyboard.Typed;
import io.countersign.cli.git.GitBench.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hooks of examples/git-hook as its README has them: copied into a repository, with the program named there. */
class ExampleHooksTest {

    private static final String PRODUCTION = "refs/heads/production";
    private static final Path EXAMPLES = Path.of(System.getProperty("house.root", ".."), "examples", "git-hook");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private final GateCounterpart gate = new GateCounterpart();

    @SuppressWarnings("NullAway.Init")
    private GitBench bench;

    @BeforeEach
    void copyTheHooks() throws IOException {
        bench = new GitBench(home).setUpFor(gate.url());
        for (String name : List.of("pre-receive", "post-receive")) {
            Files.copy(EXAMPLES.resolve(name), bench.bare().resolve("hooks").resolve(name));
        }
        bench.config("receive.advertisePushOptions", "true").config("core.logAllRefUpdates", "true");
        bench.config("countersign.command", program().toString());
    }

    @AfterEach
    void tearDown() {
        gate.close();
    }

    /** A program such as packages install: one file to execute. */
    private Path program() throws IOException {
        String words =
                ThisProgram.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path program = Files.writeString(home.resolve("countersign"), "#!/bin/sh\nexec " + words + " \"$@\"\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void holdAPushUntilItIsApprovedTakeItAndReportIt() {
        gate.gate("payments/production");
        String commit = bench.commit("a", "1\n");

        Done refused = bench.push("-o", "reason=because", "HEAD:production");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words()).contains("AR-1", "pre-receive hook declined");
        assertThat(bench.tip(PRODUCTION)).isEmpty();

        gate.approve("AR-1");
        Done taken = bench.push("HEAD:production");

        assertThat(taken.exitCode()).as(taken.words()).isZero();
        assertThat(bench.tip(PRODUCTION)).isEqualTo(commit);
        assertThat(gate.outcomes()).containsExactly("succeeded " + PRODUCTION + " is at " + commit);
    }

    @Test
    void letNothingThroughWhereTheProgramIsMissing() {
        bench.config("countersign.command", home.resolve("nowhere").toString());
        bench.commit("a", "1\n");
        assertThat(bench.push("HEAD:production").exitCode()).isNotZero();
        assertThat(bench.tip(PRODUCTION)).isEmpty();
    }

    @Test
    void areNotReplacedByThoseThatInstallWrites() throws IOException {
        Typed refused =
                new Keyboard(home).with("PATH", System.getenv("PATH")).type("git", "install", "--repo", "payments.git");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("is there already and is not ours", "move it away");
        assertThat(bench.bare().resolve("hooks/pre-receive")).hasSameTextualContentAs(EXAMPLES.resolve("pre-receive"));
    }
}
