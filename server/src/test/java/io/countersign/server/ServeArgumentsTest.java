package io.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.StartRefused;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServeArgumentsTest {

    @Test
    void turnsShortOptionsIntoKeysWithEitherSpelling() {
        assertThat(ServeArguments.keys(List.of(
                        "--port",
                        "8080",
                        "--data=/tmp/x",
                        "--simulated-clock=2026-03-02T09:00:00Z",
                        "--countersign.database.pool-size=4")))
                .containsExactly(
                        "--countersign.server.port=8080",
                        "--countersign.home=/tmp/x",
                        "--countersign.clock.simulated=2026-03-02T09:00:00Z",
                        "--countersign.database.pool-size=4");
    }

    @Test
    void refusesWhatIsNoOptionAndAnOptionWithoutItsValue() {
        assertThatThrownBy(() -> ServeArguments.keys(List.of("--prot", "1")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("--port");
        assertThatThrownBy(() -> ServeArguments.keys(List.of("8080"))).isInstanceOf(StartRefused.class);
        assertThatThrownBy(() -> ServeArguments.keys(List.of("--port")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("needs a value");
    }
}
