package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Counterpart.Said;
import io.countersign.cli.Keyboard.Typed;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldTest {

    private static final String FREEZE = "POST /environments/payments~production/freeze";
    private static final Said HELD = Said.json(202, """
            {"decision":"hold","remedy":"send it again","requests":[{"decision":"hold","payloadDigest":"sha256:0",
             "request":{"number":"AR-7","state":"pending","deadline":"2026-11-21T16:00:00Z"},
             "requirements":[{"name":"Freezes","minApprovals":2}]}]}""");

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
    void saysWhatItWaitsForAndThatNothingWasChanged() {
        server.on(FREEZE, asked -> HELD);
        Typed typed = freeze();
        assertThat(typed.exitCode()).isEqualTo(3);
        assertThat(typed.out()).isEqualTo("hold AR-7\n");
        assertThat(typed.err()).contains("Freezes: at least 2 approvals", "Nothing was changed", "same command again");
        assertThat(freeze("--json=requests").out()).contains("\"AR-7\"");
    }

    @Test
    void waitsAndDoesItOnceWhenAskedTo() {
        server.on(
                FREEZE,
                asked -> server.asked(FREEZE).size() < 2
                        ? HELD
                        : Said.json(200, "{\"path\":\"payments/production\",\"frozen\":true}"));
        server.on("GET /requests/AR-7", "{\"number\":\"AR-7\",\"state\":\"approved\"}");
        Typed typed = freeze("--await-approval");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err()).contains("payments/production is frozen.");
        assertThat(server.asked(FREEZE))
                .hasSize(2)
                .extracting(Counterpart.Asked::body)
                .containsOnly("{\"reason\":\"quarter end\"}");
    }

    @Test
    void saysUntilWhenWithTheMomentFirst() {
        server.on(FREEZE, asked -> HELD);
        assertThat(freeze().err())
                .containsPattern("approval until 2026-11-21 16:00 UTC( |, [A-Z][a-z]{2} [0-9:]{5} here )\\(");
    }

    @Test
    void namesTheOptionThatGivesTheReasonAPolicyDemands() {
        server.on("GET /templates", "{\"items\":[{\"id\":\"tpl_1\",\"name\":\"Freezes\"}]}");
        server.on("POST /bindings", asked -> Said.json(422, """
                {"title":"Policy violations","status":422,"code":"policy-violations","detail":"`Freezes` demands a reason",
                 "violations":[{"code":"reason-required","field":"reason","message":"`Freezes` demands a reason"}]}"""));
        Typed typed = keyboard.type("policies", "bind", "Freezes", "--to", "payments/production");
        assertThat(typed.exitCode()).isEqualTo(5);
        assertThat(typed.err()).contains("--because WHY where a command has no --reason");
    }

    @Test
    void changesNothingWhenTheWaitEndsWithANo() {
        server.on(FREEZE, asked -> HELD);
        server.on("GET /requests/AR-7", "{\"number\":\"AR-7\",\"state\":\"denied\"}");
        Typed typed = freeze("--await-approval");
        assertThat(typed.exitCode()).isEqualTo(5);
        assertThat(typed.err()).contains("AR-7 is denied; nothing was changed.");
        assertThat(server.asked(FREEZE)).hasSize(1);
    }

    @Test
    void saysWhyInAHeaderWhereTheCallHasNoPlaceForIt() {
        server.on("GET /projects/payments", "{\"name\":\"payments\"}");
        server.on("DELETE /projects/payments", asked -> Said.nothing());
        keyboard.type(
                "directory", "projects", "remove", "payments", "--confirm=payments", "--because", "it moved to Zürich");
        assertThat(server.asked("DELETE /projects/payments").getFirst().header("Countersign-Reason"))
                .isEqualTo("it%20moved%20to%20Z%C3%BCrich");
        assertThat(server.asked("GET /projects/payments").getFirst().header("Countersign-Reason"))
                .isEmpty();
    }

    @Test
    void tellsAClusterTokenAsKubectlWantsIt() {
        server.on("POST /clusters/prod-eu/tokens", asked -> Said.json(201, """
                {"token":"a.b.c","audience":"cls_1","expiresAt":"2026-11-21T16:00:00Z"}"""));
        Typed typed = keyboard.type("directory", "clusters", "token", "prod-eu", "--exec-credential");
        assertThat(typed.out()).isEqualTo("""
                {"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",\
                "status":{"expirationTimestamp":"2026-11-21T16:00:00Z","token":"a.b.c"}}
                """);
        assertThat(keyboard.type("directory", "clusters", "token", "prod-eu").out())
                .isEqualTo("a.b.c\n");
    }

    private Typed freeze(String... more) {
        String[] words = new String[more.length + 6];
        System.arraycopy(
                new String[] {"directory", "environments", "freeze", "payments/production", "--reason", "quarter end"},
                0,
                words,
                0,
                6);
        System.arraycopy(more, 0, words, 6, more.length);
        return keyboard.type(words);
    }
}
