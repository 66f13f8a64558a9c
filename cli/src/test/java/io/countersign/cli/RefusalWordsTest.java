package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Counterpart.Said;
import io.countersign.cli.Keyboard.Typed;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refusal is told once, and its remedy is something to type. */
class RefusalWordsTest {

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

    private String told(int status, String problem) {
        server.on("GET /executions", _ -> Said.json(status, problem));
        return keyboard.type("executions").err();
    }

    @Test
    void namesTheCommandThatListsActions() {
        String told = told(400, """
                {"title":"Unknown action","status":400,"code":"unknown-action","detail":"there is no action `x`",
                 "remedy":"choose one of those that `GET /api/v1/actions` lists",
                 "violations":[{"code":"unknown-action","field":"action","message":"there is no action `x`"}]}""");
        assertThat(told)
                .containsOnlyOnce("there is no action `x`")
                .containsOnlyOnce("remedy: ")
                .contains("remedy: choose one of those that `countersign directory actions list` shows")
                .doesNotContain("/api/");
    }

    @Test
    void namesTheCommandThatConfirmsASignIn() {
        assertThat(told(403, """
                {"title":"Sign in too old","status":403,"code":"sign-in-too-old","detail":"AR-1 is critical",
                 "remedy":"sign in again, or `POST /api/v1/sessions/current/confirmation`"}"""))
                .contains("AR-1 is critical", "`countersign login`")
                .doesNotContain("/api/");
    }

    @Test
    void namesTheOptionThatGivesThePayload() {
        assertThat(told(400, """
                {"title":"Payload required","status":400,"code":"payload-required","detail":"approvers must see it",
                 "remedy":"send payload.text or payload.base64 instead of the digest alone"}""")).contains("`--payload FILE`").doesNotContain("base64");
    }

    @Test
    void namesTheOptionThatSaysWhichOrganization() {
        assertThat(told(400, """
                {"title":"Organization required","status":400,"code":"organization-required",
                 "detail":"this server has several organizations","remedy":"say in `organization` which",
                 "violations":[{"code":"organization-required","field":"organization",
                  "message":"this server has several organizations"}]}"""))
                .containsOnlyOnce("this server has several organizations")
                .containsOnlyOnce("say which with `--organization HANDLE`");
    }

    @Test
    void tellsWhatTheFirstViolationSaysOnlyOnce() {
        assertThat(told(422, """
                {"title":"Policy violations","status":422,"code":"policy-violations","detail":"it is frozen",
                 "remedy":"wait","violations":[{"code":"environment-frozen","field":"resource","message":"it is frozen",
                  "remedy":"wait"},{"code":"x","message":"another thing","remedy":"do that"}]}"""))
                .containsOnlyOnce("it is frozen")
                .containsOnlyOnce("remedy: wait")
                .containsOnlyOnce("remedy: do that");
    }

    @Test
    void tellsADetailThatNoViolationSays() {
        assertThat(told(400, """
                {"title":"Bad fields","status":400,"code":"bad-fields","detail":"two fields are wrong","remedy":"mend them",
                 "violations":[{"code":"a","message":"one"},{"code":"b","message":"other"}]}"""))
                .contains("two fields are wrong", "- one", "- other")
                .containsOnlyOnce("remedy: mend them");
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        Typed typed = keyboard.type("check", "-a", "release.deploy", "-R", "payments/production", "-p", "nope.diff");
        assertThat(typed.err())
                .contains("there is no file `" + home.resolve("nope.diff") + "`")
                .doesNotContain("Exception");
    }
}
