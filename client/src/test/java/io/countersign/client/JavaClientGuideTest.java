package io.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.client.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in docs/java-client.md, compiled and run as it stands there. */
class JavaClientGuideTest {

    private static final Path GUIDE = Path.of(System.getProperty("house.root", ".."), "docs", "java-client.md");
    private static final Pattern PROGRAM = Pattern.compile("(?s)```java\\n(import .*?)```");

    @TempDir
    private Path folder;

    private Process start(LoopbackGate gate) throws IOException {
        Matcher program = PROGRAM.matcher(Files.readString(GUIDE));
        assertThat(program.find()).isTrue();
        Path source = Files.writeString(folder.resolve("Deploy.java"), program.group(1));
        Path manifest = Files.writeString(folder.resolve("app.yaml"), "replicas: 3\n");
        ProcessBuilder java = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString(),
                        manifest.toString()))
                .redirectErrorStream(true);
        java.environment().put("COUNTERSIGN_URL", gate.url().toString());
        java.environment().put("COUNTERSIGN_TOKEN", "cs_t_secret");
        return java.start();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void deploysWhatWasApproved() throws IOException, InterruptedException {
        try (LoopbackGate gate = new LoopbackGate()) {
            Process program = start(gate);
            while (gate.calls("GET /requests/AR-1").isEmpty() && program.isAlive()) {
                Thread.sleep(20);
            }
            gate.decide("AR-1", "approved");
            assertThat(said(program)).isEqualTo("12 bytes deployed, permitted by AR-1\n");
            assertThat(program.waitFor()).isZero();
            String execution =
                    Json.text(gate.calls("POST /redemptions").getFirst().body(), "executionId");
            assertThat(gate.calls("POST /executions/" + execution + "/outcome")).hasSize(1);
        }
    }

    @Test
    void deploysNothingThatWasRejected() throws IOException, InterruptedException {
        try (LoopbackGate gate = new LoopbackGate()) {
            Process program = start(gate);
            while (gate.calls("GET /requests/AR-1").isEmpty() && program.isAlive()) {
                Thread.sleep(20);
            }
            gate.decide("AR-1", "denied");
            assertThat(said(program)).isEqualTo("not deployed: AR-1 is denied\n");
            assertThat(program.waitFor()).isEqualTo(5);
            assertThat(gate.calls("POST /redemptions")).isEmpty();
        }
    }
}
