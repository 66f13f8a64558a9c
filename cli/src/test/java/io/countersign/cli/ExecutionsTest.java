package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Keyboard.Typed;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionsTest {

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

    @Test
    void listsWhatNoRuleHeldAndSaysHowALostOutcomeIsSettled() {
        server.on("GET /executions", """
                {"items":[
                 {"executionId":"run-0000000000000001","action":"release.deploy","actionTitle":"Deploy",
                  "resource":"payments/staging","subject":{"id":"p","name":"Ann"},"redeemer":{"id":"a","name":"CI"},
                  "payloadDigest":"sha256:0","at":"2026-03-02T10:00:00Z","state":"outcome-unknown"}],"limit":50}""");
        Typed typed = keyboard.type("executions", "--state", "outcome-unknown");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out())
                .startsWith("run-0000000000000001\toutcome unknown\trelease.deploy\tpayments/staging\tAnn\tCI\t");
        assertThat(typed.err()).contains("countersign outcome run-0000000000000001 failed --text WHY");
    }

    @Test
    void saysWhereThereIsNothing() {
        server.on("GET /executions", "{\"items\":[],\"limit\":50}");
        assertThat(keyboard.type("executions").err()).contains("Nothing was executed without a request.");
    }
}
