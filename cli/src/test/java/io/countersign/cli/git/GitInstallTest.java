package io.countersign.cli.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Keyboard;
import io.countersign.cli.Keyboard.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitInstallTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @Test
    void leavesARepositoryAsItWasUntilAllThatIsNeededStandsThere() throws IOException {
        Path repository = Files.createDirectory(home.resolve("payments.git"));
        Map<String, String> path = Map.of("PATH", System.getenv("PATH"), "GIT_DIR", repository.toString());
        new GitProgram(repository, path).run("init", "--bare", "--quiet", repository.toString());
        String before = Files.readString(repository.resolve("config"));
        Keyboard keyboard = new Keyboard(home).with("PATH", System.getenv("PATH"));

        Typed without = keyboard.type("git", "install", "--repo", "payments.git");
        assertThat(without.exitCode()).isNotZero();
        assertThat(repository.resolve("config")).hasContent(before);
        assertThat(repository.resolve("hooks/pre-receive")).doesNotExist();
    }
}
