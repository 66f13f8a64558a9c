package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/cli.md promises the shell. */
class ExitCodeTest {

    @TempDir
    private Path home;

    private final Counterpart server = new Counterpart();
    private Keyboard keyboard = new Keyboard(Path.of("/"));

    @BeforeEach
    void signIn() {
        keyboard = new Keyboard(home).signedIn(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad-field, 1",
        "401, sign-in-required, 4",
        "403, session-required, 4",
        "403, sign-in-too-old, 4",
        "403, not-eligible, 7",
        "403, permission-missing, 1",
        "409, already-redeemed, 1",
        "409, denied, 5",
        "409, executing, 5",
        "409, expired, 6",
        "409, reopened, 3",
        "422, policy-violations, 5",
        "503, database-away, 1"
    })
    void saysInTheExitCodeWhyTheServerRefused(int status, String code, int exitCode) {
        server.on("GET /executions", _ -> Counterpart.Said.json(status, """
                        {"status":%d,"code":"%s","title":"No"}""".formatted(status, code)));
        Keyboard.Typed typed = keyboard.type("executions");
        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(exitCode);
        assertThat(typed.err()).contains("(" + code + ", " + status + ")");
    }

    @Test
    void endsWithTwoWhereItWasWrittenWrongly() {
        assertThat(keyboard.type("executions", "--stat").exitCode()).isEqualTo(2);
    }
}
