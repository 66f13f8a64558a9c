package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Counterpart.Said;
import io.countersign.client.wire.Json;
import io.countersign.core.action.PayloadDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ShowTest {

    private static final String COMMAND = "application/vnd.countersign.command+json";

    @TempDir
    private Path home;

    private final Counterpart server = new Counterpart();
    private Keyboard keyboard = new Keyboard(Path.of("/"));

    @BeforeEach
    void signIn() {
        keyboard = new Keyboard(home).signedIn(server);
        server.on("GET /requests/AR-1/timeline", """
                {"items":[]}""");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsApproversACommandInWords() throws IOException {
        payload(COMMAND, asked());
        String shown = keyboard.type("show", "AR-1").out();
        assertThat(shown)
                .contains("$ ./deploy.sh app.yaml 'two words'", "app.yaml becomes the copy of " + home)
                .contains("    | echo deployed", "    | replicas: 3")
                .contains("runs in a private folder with only the files below, with nothing on standard input")
                .contains("LEVEL=3", "TOKEN  secret, not shown")
                .contains("An approval does not cover", "- shared libraries");
    }

    @Test
    void showsAManifestWithMoreInItAsItIs() throws IOException {
        ObjectNode manifest = (ObjectNode) Json.parse(asked());
        manifest.put("beyond", "rm -rf /");
        payload(COMMAND, Json.canonical(manifest));
        assertThat(keyboard.type("show", "AR-1").out()).contains("{\"arguments\":", "\"beyond\":\"rm -rf /\"");
    }

    @Test
    void showsATerraformPlanWithWhatItDestroysFirstAndSecretsCovered() throws IOException {
        ObjectNode manifest = (ObjectNode) Json.parse(asked());
        manifest.set("terraform", Json.parse("""
                {"format_version":"1.2","resource_changes":[
                 {"address":"a.new","change":{"actions":["create"],"before":null,"after":{"size":3},
                  "after_unknown":{"id":true}}},
                 {"address":"a.same","change":{"actions":["no-op"],"before":{},"after":{}}},
                 {"address":"a.old","change":{"actions":["delete"],"before":{"password":"s3cret"},
                  "before_sensitive":{"password":true},"after":null}}]}"""));
        payload(COMMAND, Json.canonical(manifest));
        String shown = keyboard.type("show", "AR-1").out();
        assertThat(shown)
                .contains("1 to destroy, 1 to create")
                .contains("password: (sensitive) -> nothing", "size: 3", "id: (known after apply)")
                .doesNotContain("a.same", "s3cret");
        assertThat(shown.indexOf("- destroy a.old")).isLessThan(shown.indexOf("+ create a.new"));
    }

    @Test
    void writesThePayloadByteByByte() throws IOException {
        payload("text/x-diff", "-a\r\n+b\u001b[31m\n".getBytes(StandardCharsets.UTF_8));
        assertThat(keyboard.type("show", "AR-1", "--payload").out()).isEqualTo("-a\r\n+b\u001b[31m\n");
        assertThat(keyboard.type("show", "AR-1").out()).contains("-a⟨CR⟩\n+b⟨ESC⟩[31m\n");
    }

    @Test
    void saysThatThePayloadCannotBeReadAndStillShowsItsDigest() throws IOException {
        payload("text/plain", new byte[] {'a'});
        server.on("GET /requests/AR-1/payload", asked -> Said.problem(403, "forbidden", "not for you"));
        assertThat(keyboard.type("show", "AR-1").out()).contains("sha256:", "not shown: you may not read it");
    }

    @Test
    void saysThatLikelySecretsAreCoveredAndRevealsThemWhenTold() throws IOException {
        byte[] secret = "password: hunter2\n".getBytes(StandardCharsets.UTF_8);
        payload("text/plain", secret);
        server.onBytes(
                "GET /requests/AR-1/payload", "text/plain", "password: *******\n".getBytes(StandardCharsets.UTF_8));
        server.covered(1);
        assertThat(keyboard.type("show", "AR-1").out())
                .contains("password: *******", "1 likely secret is covered", "countersign show AR-1 --reveal");
        assertThat(keyboard.type("show", "AR-1", "--payload").err()).contains("--payload --reveal");

        server.onBytes("POST /requests/AR-1/payload/reveal", "text/plain", secret)
                .covered(0);
        assertThat(keyboard.type("show", "AR-1", "--reveal").out()).contains("password: hunter2");
        assertThat(keyboard.type("show", "AR-1", "--payload", "--reveal").out()).isEqualTo("password: hunter2\n");
    }

    @Test
    void marksBytesThatAreNoText() throws IOException {
        payload("text/plain", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        server.onBytes("GET /requests/AR-1/payload", "text/plain", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(keyboard.type("show", "AR-1").out()).contains("caf⟨U+DCE9⟩");
    }

    @Test
    void letsNothingHiddenThroughWhateverAnybodyWrote() {
        for (int seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            byte[] bytes = hostile(random).getBytes(StandardCharsets.UTF_8);
            ObjectNode detail = Json.object();
            ObjectNode request =
                    detail.putObject("request").put("number", "AR-1").put("state", "pending");
            request.put("payloadDigest", PayloadDigest.of(bytes).value());
            request.put("reason", hostile(random));
            detail.put("successor", hostile(random));
            request.putObject("action").put("id", hostile(random)).put("risk", hostile(random));
            request.putObject("whyNot").put("sentence", hostile(random));
            request.putArray("progress").addObject().put("name", hostile(random));
            request.putObject("resource").put("name", hostile(random)).put("release", hostile(random));
            request.putObject("subject").put("handle", hostile(random));
            detail.putArray("requirements")
                    .addObject()
                    .put("name", hostile(random))
                    .putArray("missing")
                    .add(hostile(random));
            server.on("GET /requests/AR-1", Json.compact(detail));
            server.on(
                    "GET /requests",
                    Json.compact(Json.object().set("items", Json.array().add(request))));
            server.onBytes("GET /requests/AR-1/payload", "text/plain", bytes);
            for (List<String> words : List.of(
                    List.of("show", "AR-1"),
                    List.of("show", "AR-1", "--json"),
                    List.of("requests"),
                    List.of("requests", "--json=reason"))) {
                Keyboard.Typed typed = keyboard.type(words.toArray(String[]::new));
                assertThat((typed.out() + typed.err()).codePoints().filter(ShowTest::hides))
                        .as("seed %d: %s", seed, words)
                        .isEmpty();
                assertThat(typed.exitCode()).isZero();
            }
        }
    }

    private static boolean hides(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint != '\n' && codePoint != '\t';
            case Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String hostile(Random random) {
        int[] nasty = {
            0x1b, 0x07, 0x0d, 0x9b, 0x202e, 0x2066, 0x200b, 0xfeff, 0x2028, 0xe0041, '\n', '\t', ' ', 'a', '[', 'm'
        };
        return random.ints(1 + random.nextInt(12), 0, nasty.length)
                .map(at -> nasty[at])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void endsWithTheCodeOfTheStateWhereThatIsWanted() throws IOException {
        payload("text/plain", new byte[] {'a'});
        assertThat(keyboard.type("show", "AR-1").exitCode()).isZero();
        assertThat(keyboard.type("show", "AR-1", "--exit-status").exitCode()).isEqualTo(3);
    }

    /** A manifest as `run` really asks for it. */
    private byte[] asked() throws IOException {
        Path script = Files.writeString(home.resolve("deploy.sh"), "#!/bin/sh\necho deployed\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("app.yaml"), "replicas: 3\n");
        server.on("POST /asks", """
                {"decision":"hold","request":{"number":"AR-1"}}""");
        keyboard.with("TOKEN", "t0ken")
                .type(
                        "run",
                        "--no-wait",
                        "-a",
                        "command.execute",
                        "-R",
                        "cluster:eu-1",
                        "--file",
                        "app.yaml",
                        "--env",
                        "LEVEL=3",
                        "--secret-env",
                        "TOKEN",
                        "--",
                        "./deploy.sh",
                        "app.yaml",
                        "two words");
        String body = server.asked("POST /asks").getFirst().body();
        return Base64.getDecoder().decode(Json.text(Json.parse(body), "payload", "base64"));
    }

    private void payload(String mediaType, byte[] bytes) {
        server.on("GET /requests/AR-1", """
                {"request":{"number":"AR-1","state":"pending","action":{"id":"command.execute"},
                 "payloadDigest":"%s"}}""".formatted(PayloadDigest.of(bytes).value()));
        server.onBytes("GET /requests/AR-1/payload", mediaType, bytes);
    }
}
