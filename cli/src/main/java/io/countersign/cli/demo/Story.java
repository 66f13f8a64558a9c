package io.countersign.cli.demo;

import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The main job, step by step, each one checked. */
final class Story {

    private final Stage stage;
    private final Acme acme;
    private final URI repository;
    private final Consumer<String> say;
    private int step;

    Story(Stage stage, Acme acme, URI repository, Consumer<String> say) {
        this.stage = stage;
        this.acme = acme;
        this.repository = repository;
        this.say = say;
    }

    void tell() throws IOException {
        Path work = stage.folder().resolve("ann");
        Files.createDirectories(work);
        Program ann = new Program(work, login("ann"));
        release(ann, work, 2, "Run two replicas");
        ann.must("git", "push", "--quiet", repository.toString(), "HEAD:main");

        step("ann pushes a release to production");
        Program.Ended refused = push(ann);
        expect(!refused.well(), "the push is refused while nobody has approved it", refused.output());
        String number = Stage.pending(acme.as("ann"));
        expect(refused.output().contains(number), "git says which request was opened: " + number, refused.output());

        step("the request shows the real diff");
        JsonNode request = acme.as("bob").get("/requests/" + number);
        String payload = new String(
                acme.as("bob")
                        .download("/requests/" + number + "/payload", "X-Payload-Media-Type")
                        .bytes(),
                StandardCharsets.UTF_8);
        expect(payload.contains("replicas: 2"), "the payload carries the manifest's change", payload);
        String digest = request.path("payloadDigest").asString();

        step("ann approves her own request");
        expect(code("ann", number, digest).equals("not-eligible"), "refused: requesters do not approve", "");
        step("bob of sre approves, then carol of sre");
        expect(state("bob", number, digest).equals("pending"), "one approval is not enough", "");
        JsonNode second = vote("carol", number, digest);
        expect(second.path("state").asString().equals("pending"), "two from one team do not complete it", "");
        // Another policy waits for security anyway: only this tells that the second team is what is wanted here.
        expect(
                missing(second, "Production change").equals(List.of("somebody from 1 more team")),
                "`Production change` has its two approvals, and still misses somebody from one more team",
                second.toString());
        step("dave of security approves");
        expect(state("dave", number, digest).equals("approved"), "two teams do: a grant is made", "");

        step("ann pushes the same again");
        Program.Ended through = push(ann);
        expect(through.well(), "the push goes through", through.output());
        JsonNode done = settled(number);
        expect(
                done.path("outcome").path("result").asString().equals("succeeded"),
                "the outcome is recorded: succeeded",
                done.toString());

        step("somebody tries the same grant again");
        String grant = done.path("grant").path("id").asString();
        expect(refusedAgain(request, grant, digest), "refused: a grant works once", done.toString());

        step("ann pushes another change");
        release(ann, work, 9, "Run nine replicas");
        Program.Ended other = push(ann);
        expect(!other.well(), "refused: another diff needs another approval", other.output());
        expect(!Stage.pending(acme.as("ann")).equals(number), "it has a request of its own", other.output());
    }

    private void release(Program ann, Path work, int replicas, String message) throws IOException {
        if (!Files.exists(work.resolve(".git"))) {
            ann.must("git", "init", "--quiet", "--initial-branch=main");
            ann.must("git", "config", "user.name", "Ann");
            ann.must("git", "config", "user.email", "ann@acme.example");
        }
        Files.writeString(work.resolve("deployment.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: payments
                  namespace: payments
                spec:
                  replicas: %d
                  selector:
                    matchLabels: {app: payments}
                  template:
                    metadata:
                      labels: {app: payments}
                    spec:
                      containers:
                        - name: payments
                          image: registry.acme.example/payments:1.%d
                """.formatted(replicas, replicas));
        ann.must("git", "add", "deployment.yaml");
        ann.must("git", "commit", "--quiet", "-m", message);
    }

    private Program.Ended push(Program ann) {
        return ann.run(
                "git", "push", "-o", "reason=the customers wait for it", repository.toString(), "HEAD:production");
    }

    /** Git finds the login in its environment: nothing is written to disk or shown in a list of processes. */
    static Map<String, String> login(String handle) {
        String basic =
                Base64.getEncoder().encodeToString((handle + ":" + Acme.PASSWORD).getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "GIT_TERMINAL_PROMPT",
                "0",
                "GIT_CONFIG_COUNT",
                "1",
                "GIT_CONFIG_KEY_0",
                "http.extraHeader",
                "GIT_CONFIG_VALUE_0",
                "Authorization: Basic " + basic);
    }

    private String state(String who, String number, String digest) {
        return vote(who, number, digest).path("state").asString();
    }

    /** What the requirement of this name still lacks, in the server's words. */
    private static List<String> missing(JsonNode request, String requirement) {
        return Json.list(request, "requirements").stream()
                .filter(one -> Json.text(one, "name").equals(requirement))
                .flatMap(one -> Json.list(one, "missing").stream())
                .map(JsonNode::asString)
                .toList();
    }

    private String code(String who, String number, String digest) {
        try {
            vote(who, number, digest);
            return "";
        } catch (ServerRefusal refused) {
            return refused.problem().code();
        }
    }

    private JsonNode vote(String who, String number, String digest) {
        return acme.as(who)
                .send(Call.post(
                        "/requests/" + number + "/votes",
                        Json.tree(Map.of("vote", "approve", "payloadDigest", digest, "note", "looked at the diff")),
                        UUID.randomUUID().toString()))
                .body();
    }

    /** The outcome comes from post-receive, which may end a moment after the push. */
    private JsonNode settled(String number) {
        ServerClient client = acme.as("bob");
        for (int i = 0; i < 100; i++) {
            JsonNode request = client.get("/requests/" + number);
            if (request.path("state").asString().equals("executed")) {
                return request;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return client.get("/requests/" + number);
    }

    private boolean refusedAgain(JsonNode request, String grantId, String digest) {
        ObjectNode resource = (ObjectNode) request.path("resource").deepCopy();
        resource.retain("type", "id", "release", "from", "to", "attributes");
        Map<String, Object> redemption = new HashMap<>();
        redemption.put("action", request.path("action").path("id").asString());
        redemption.put("resource", resource);
        redemption.put("payloadDigest", digest);
        redemption.put("executionId", UUID.randomUUID().toString());
        redemption.put("grantId", grantId);
        try {
            acme.as("ann")
                    .send(Call.post(
                            "/redemptions",
                            Json.tree(redemption),
                            UUID.randomUUID().toString()));
            return false;
        } catch (ServerRefusal refused) {
            return refused.problem().code().equals("already-redeemed");
        }
    }

    private void step(String what) {
        say.accept("");
        say.accept(++step + ". " + Character.toUpperCase(what.charAt(0)) + what.substring(1) + ".");
    }

    private void expect(boolean held, String what, String otherwise) {
        if (!held) {
            throw new DemoFailure("expected that " + what + "\n" + otherwise);
        }
        say.accept("   ok: " + what);
    }
}
