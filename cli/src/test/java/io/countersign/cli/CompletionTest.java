package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.countersign.cli.Keyboard.Typed;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script in the shells it is for. */
class CompletionTest {

    /** Does what bash does at a tab: the words as they stand, the last one to be completed. */
    private static final String AT_A_TAB = """
            source "$0"
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
            function=$(complete -p countersign | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
            "$function" countersign "${@: -1}" "${@: -2:1}" 2>/dev/null
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    /** Types into an interactive zsh, two tabs among it, and writes what it shows. */
    private static final String AT_A_TERMINAL = """
            zmodload zsh/zpty
            zpty shell "TERM=vt100 zsh -f -i"
            zpty -w shell 'source "'$1'"; print rea""dy'
            zpty -r shell shown '*ready*'
            zpty -w -n shell $'countersign appro\\t'
            zpty -r shell shown '*countersign appro*ve*'
            zpty -w -n shell $'AR-1 --dig\\t'
            zpty -r shell more '*AR-1 --dig*est*'
            print -r -- "$shown$more"
            """;

    @TempDir
    private Path home;

    private Path script = Path.of("/");

    @BeforeEach
    void write() throws IOException {
        Typed typed = new Keyboard(home).type("completion");
        assertThat(typed.exitCode()).isZero();
        script = Files.writeString(home.resolve("completion.sh"), typed.out());
    }

    private List<String> completed(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", AT_A_TAB, script.toString()));
        command.addAll(List.of(words));
        return shown(command).lines().filter(line -> !line.isEmpty()).toList();
    }

    private String shown(List<String> command) throws IOException, InterruptedException {
        Path shown = home.resolve("shown");
        Process process = new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(shown.toFile())
                .redirectError(Redirect.INHERIT)
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String words = Files.readString(shown, StandardCharsets.UTF_8);
        assertThat(ended && process.waitFor() == 0).as(words).isTrue();
        return words;
    }

    @Test
    void completesVerbsAndOptionsInBash() throws IOException, InterruptedException {
        assertThat(completed("countersign", "app")).containsExactly("approve", "apply");
        assertThat(completed("countersign", "clock", "a")).containsExactly("advance");
        assertThat(completed("countersign", "directory", "te")).containsExactly("teams");
        assertThat(completed("countersign", "directory", "teams", "le")).containsExactly("leave");
        assertThat(completed("countersign", "approve", "--dig")).containsExactly("--digest");
        assertThat(completed("countersign", "approve", "--no-c")).containsExactly("--no-color");
        assertThat(completed("countersign", "nothing-begins-so")).isEmpty();
    }

    @Test
    void completesVerbsAndOptionsInZshWhereThereIsOne() throws IOException, InterruptedException {
        assumeThat(isOnThePath("zsh")).as("zsh is not installed here").isTrue();
        String shown = shown(List.of("zsh", "-f", "-c", AT_A_TERMINAL, "zsh", script.toString()));
        assertThat(shown.replaceAll("\u001b\\[[0-9;]*[A-Za-z]|\\p{Cntrl}", ""))
                .contains("countersign approve")
                .contains("--digest");
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
