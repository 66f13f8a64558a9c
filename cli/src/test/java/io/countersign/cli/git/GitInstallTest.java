package io.countersign.cli.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Keyboard;
import io.countersign.cli.Keyboard.Typed;
import io.countersign.cli.git.GitBench.Done;
import io.countersign.client.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitInstallTest {

    private static final String PRODUCTION = "refs/heads/production";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private final GateCounterpart gate = new GateCounterpart();

    @AfterEach
    void tearDown() {
        gate.close();
    }

    private Typed type(String... words) {
        return new Keyboard(home).with("PATH", System.getenv("PATH")).type(words);
    }

    @Test
    void leavesARepositoryAsItWasUntilAllThatIsNeededStandsThere() throws IOException {
        Path repository = Files.createDirectory(home.resolve("payments.git"));
        Map<String, String> path = Map.of("PATH", System.getenv("PATH"), "GIT_DIR", repository.toString());
        new GitProgram(repository, path).run("init", "--bare", "--quiet", repository.toString());
        String before = Files.readString(repository.resolve("config"));

        Typed without = type("git", "install", "--repo", "payments.git");
        assertThat(without.exitCode()).isNotZero();
        assertThat(repository.resolve("config")).hasContent(before);
        assertThat(repository.resolve("hooks/pre-receive")).doesNotExist();
    }

    @Test
    void putsHooksIntoARepositoryThatDecideItsPushesFromThenOn() {
        GitBench bench = new GitBench(home).setUpFor("http://127.0.0.1:1");
        bench.git(bench.bare(), "config", "--unset", "countersign.tokenFile");

        Typed installed =
                type("git", "install", "--repo", "payments.git", "--token-file", "token", "--url", gate.url());

        assertThat(installed.exitCode()).as(installed.err()).isZero();
        assertThat(installed.err()).contains("Pushes to this repository are decided at " + gate.url() + ".");
        gate.gate("payments/production");
        bench.commit("a", "1\n");
        assertThat(bench.push("-o", "reason=because", "HEAD:production").words())
                .contains("AR-1", "pre-receive hook declined");
        assertThat(bench.tip(PRODUCTION)).isEmpty();
        Typed again = type("git", "install", "--repo", "payments.git", "--json");
        assertThat(Json.text(Json.parse(again.out()), "server")).isEqualTo(gate.url());
    }

    @Test
    void settlesWhatAPushLeftBehindThatBrokeOff() throws IOException {
        GitBench bench = new GitBench(home).guardedBy(gate.url());
        Files.delete(bench.bare().resolve("hooks/post-receive"));
        String commit = bench.commit("a", "1\n");
        Done pushed = bench.push("HEAD:production");
        assertThat(pushed.exitCode()).as(pushed.words()).isZero();
        assertThat(gate.outcomes()).isEmpty();

        Typed settled = type("git", "settle", "--repo", "payments.git");

        assertThat(settled.exitCode()).as(settled.err()).isZero();
        assertThat(settled.err()).contains("Settled: 1.");
        assertThat(gate.outcomes()).containsExactly("succeeded " + PRODUCTION + " is at " + commit);
        Typed again = type("git", "settle", "--repo", "payments.git", "--json=settled");
        assertThat(again.out().replaceAll("\\s", "")).isEqualTo("{\"settled\":0}");
        assertThat(gate.outcomes()).hasSize(1);
    }
}
