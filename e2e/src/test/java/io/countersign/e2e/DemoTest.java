package io.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the demo says last, taken at its word: where it goes on, who may sign in, and what to try next. */
class DemoTest {

    private static final Demo DEMO = Demo.shared();

    @Test
    void everyLoginThatIsPrintedSignsIn() throws IOException {
        String password = Pattern.compile("the password of everybody is `([^`]+)`")
                .matcher(DEMO.parting().getFirst())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        List<String> handles = List.of(DEMO.parting().get(1).strip().split(", "));
        assertThat(handles).containsExactlyInAnyOrderElementsOf(everybodyOfTheExample());
        for (String handle : handles) {
            assertThat(Colleague.signIn(DEMO.url(), handle, password)
                            .get("/api/v1/me")
                            .path("handle")
                            .asString())
                    .isEqualTo(handle);
        }
    }

    @Test
    void everythingThatIsToBeTriedNextWorks(@TempDir Path desk) throws IOException, InterruptedException {
        program(desk.resolve("countersign"), "exec '" + Demo.launcher() + "' \"$@\"");
        program(desk.resolve("askpass"), "case $1 in Username*) echo ann ;; *) echo '" + Demo.PASSWORD + "' ;; esac");

        List<String> hints = DEMO.parting().stream()
                .dropWhile(line -> !line.equals("Try next:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(line -> line.replaceFirst(" +#.*", "").strip())
                .toList();
        assertThat(hints).hasSize(3);
        // Where a person is asked for the password, it is piped in.
        assertThat(type(desk, hints.getFirst() + " --password-stdin")).contains("@bob");
        assertThat(type(desk, hints.get(1))).contains("AR-1\t");
        type(desk, hints.get(2));
        assertThat(desk.resolve("payments/deployment.yaml")).exists();
    }

    private static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** Types a line in this folder, where it has to succeed; answers what it said. */
    private static String type(Path desk, String line) throws IOException, InterruptedException {
        Path said = desk.resolve("said");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", line)
                .directory(desk.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        shell.environment()
                .putAll(Map.of(
                        "PATH", desk + ":" + System.getenv("PATH"),
                        "XDG_CONFIG_HOME", desk.resolve("config").toString(),
                        "GIT_ASKPASS", desk.resolve("askpass").toString()));
        shell.environment().keySet().removeAll(List.of("COUNTERSIGN_TOKEN", "COUNTERSIGN_URL"));
        Process process = shell.start();
        process.outputWriter(StandardCharsets.UTF_8)
                .append(Demo.PASSWORD)
                .append('\n')
                .close();
        int code = process.waitFor();
        String words = Files.readString(said);
        assertThat(code).as("%s: %s", line, words).isZero();
        return words;
    }

    private static List<String> everybodyOfTheExample() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readAllBytes(Demo.launcher().resolveSibling("examples/acme/acme.json")))
                .path("people")
                .valueStream()
                .map(person -> person.path("handle").asString())
                .toList();
    }
}
