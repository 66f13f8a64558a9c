package io.countersign.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.client.wire.PayloadBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server renders manifests for approvers; what its tests take for manifests is what this program writes. */
class RenderedManifestTest {

    private static final Path FOLDER = Path.of(System.getProperty("house.root"), "server/src/test/resources/change");

    @ParameterizedTest
    @ValueSource(strings = {"command.json", "terraform.json"})
    void whatTheServersTestsRenderIsWhatIsWritten(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(name));
        PayloadBytes written = RunManifest.read(bytes).payload();
        assertThat(written.bytes()).isEqualTo(bytes);
        assertThat(written.mediaType()).isEqualTo("application/vnd.countersign.command+json");
    }
}
