package io.countersign.cli.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The server renders pushes for approvers; what its tests take for a push is what this program writes. */
class RenderedPushTest {

    private static final Path FOLDER = Path.of(System.getProperty("house.root"), "server/src/test/resources/change");

    @Test
    void whatTheServersTestsRenderIsWhatIsWritten() throws IOException {
        PushPayload push = new PushPayload(
                "acme/api",
                "refs/heads/production",
                PushPayload.Change.UPDATE,
                "1".repeat(40),
                "2".repeat(40),
                "2".repeat(40),
                PushPayload.lines(Files.readAllBytes(FOLDER.resolve("patch.txt"))));
        assertThat(push.bytes()).isEqualTo(Files.readAllBytes(FOLDER.resolve("push.json")));
    }
}
