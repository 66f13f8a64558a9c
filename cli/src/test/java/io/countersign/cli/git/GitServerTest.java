package io.countersign.cli.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.git.GitBench.Done;
import io.countersign.client.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The git server with real git clients in front of it and a small gate behind it. */
class GitServerTest {

    private static final String PASSWORD = "correct: horse/battery@staple";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private final GateCounterpart gate = new GateCounterpart().login("kim", PASSWORD);
    private final List<String> log = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private GitBench bench;

    @SuppressWarnings("NullAway.Init")
    private GitServer server;

    @BeforeEach
    void setUp() throws IOException {
        bench = new GitBench(home).guardedBy(gate.url()).config("countersign.pusher", "transport");
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = GitServer.start(bench.hookRun(Map.of()), anyPort, log::add);
    }

    @AfterEach
    void tearDown() {
        server.close();
        gate.close();
    }

    private String header(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Done as(String user, String password, String... words) {
        List<String> all = new ArrayList<>(List.of("-c", "http.extraHeader=Authorization: " + header(user, password)));
        all.addAll(List.of(words));
        return bench.run(bench.work(), Map.of(), all);
    }

    private Done push(String... words) {
        List<String> all = new ArrayList<>(List.of("push", server.address().toString()));
        all.addAll(List.of(words));
        return as("kim", PASSWORD, all.toArray(String[]::new));
    }

    private int status(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void takesAPushOfWhomTheServerKnowsAndAsksInHisName() {
        bench.commit("a", "1\n");
        gate.gate("payments/production");
        Done refused = push("-o", "reason=because", "HEAD:refs/heads/production");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words()).contains("remote: ").contains("AR-1").contains("missing: 1 more approval");

        gate.approve("AR-1");
        Done taken = push("HEAD:refs/heads/production");

        assertThat(taken.exitCode()).as(taken.words()).isZero();
        assertThat(taken.words()).contains("AR-1 is approved; its grant is used now");
        assertThat(gate.bodies("POST /asks"))
                .allMatch(body -> Json.text(body, "subject").equals("@kim"));
        assertThat(gate.outcomes()).hasSize(1);
        Done fetched = as("kim", PASSWORD, "ls-remote", server.address().toString());
        assertThat(fetched.words()).contains("refs/heads/production");
    }

    @Test
    void letsNobodyInWithoutAPasswordOrWithAWrongOne() {
        bench.commit("a", "1\n");
        Done anonymous = bench.run(
                bench.work(), Map.of(), List.of("push", server.address().toString(), "HEAD:refs/heads/feature/a"));
        assertThat(anonymous.exitCode()).isNotZero();
        Done wrong = as("kim", "wrong", "push", server.address().toString(), "HEAD:refs/heads/feature/a");
        assertThat(wrong.exitCode()).isNotZero();
        assertThat(as("ada", PASSWORD, "ls-remote", server.address().toString()).exitCode())
                .isNotZero();
        assertThat(bench.tip("refs/heads/feature/a")).isEmpty();
    }

    @Test
    void takesATokenAsThePasswordOfItsOwnHandleOnly() {
        gate.login("robot", "cs_t_robot");
        bench.commit("a", "1\n");
        String to = server.address().toString();
        assertThat(as("robot", "cs_t_robot", "push", to, "HEAD:refs/heads/staging")
                        .exitCode())
                .isZero();
        assertThat(Json.text(gate.bodies("POST /asks").getLast(), "subject")).isEqualTo("@robot");
        assertThat(as("kim", "cs_t_robot", "push", to, "HEAD:refs/heads/production")
                        .exitCode())
                .isNotZero();
    }

    @Test
    void signsPeopleInIntoTheOrganizationOfTheDoor() {
        as("kim", PASSWORD, "ls-remote", server.address().toString());
        assertThat(gate.bodies("POST /sessions"))
                .isNotEmpty()
                .allMatch(body -> Json.text(body, "organization").equals("acme"));
    }

    @Test
    void letsNobodyOfAnotherOrganizationIn() {
        gate.login("globex", "ada", "ada's password").login("globex", "kim", "cs_t_foreign");
        bench.commit("a", "1\n");
        String to = server.address().toString();
        assertThat(as("ada", "ada's password", "ls-remote", to).exitCode()).isNotZero();
        assertThat(as("kim", "cs_t_foreign", "ls-remote", to).exitCode()).isNotZero();
        assertThat(as("kim", "cs_t_foreign", "push", to, "HEAD:refs/heads/feature/a")
                        .exitCode())
                .isNotZero();
        assertThat(bench.tip("refs/heads/feature/a")).isEmpty();
    }

    @Test
    void letsNobodyInWhileTheDoorItselfIsNotKnown() {
        gate.forgetTheDoor();
        Done refused = as("kim", PASSWORD, "ls-remote", server.address().toString());
        assertThat(refused.words()).contains("503");
        assertThat(gate.bodies("POST /sessions")).isEmpty();
    }

    @Test
    void letsNobodyInWhileTheServerIsAway() {
        bench.commit("a", "1\n");
        gate.close();
        Done refused = push("HEAD:refs/heads/feature/a");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.words()).contains("503");
    }

    @Test
    void servesNothingButTheOneRepository() throws IOException, InterruptedException {
        String login = header("kim", PASSWORD);
        Files.createDirectories(home.resolve("other.git"));
        for (String path : List.of(
                "/HEAD",
                "/config",
                "/objects/info/packs",
                "/info/refs",
                "/info/refs?service=git-upload-archive",
                "/../other.git/info/refs?service=git-upload-pack",
                "/%2e%2e/other.git/info/refs?service=git-upload-pack",
                "/git-receive-pack/../config",
                "/git-upload-archive")) {
            assertThat(status("GET", path, "", "Authorization", login)).as(path).isEqualTo(404);
        }
        assertThat(status("POST", "/git-upload-archive", "", "Authorization", login))
                .isEqualTo(404);
        assertThat(status("PUT", "/info/refs?service=git-receive-pack", "", "Authorization", login))
                .isEqualTo(404);
        assertThat(status("GET", "/info/refs?service=git-receive-pack", "")).isEqualTo(401);
        assertThat(status("GET", "/info/refs?service=git-receive-pack", "", "Authorization", login))
                .isEqualTo(200);
    }

    @Test
    void takesLargePushesInPiecesAndCompressedOnes() throws IOException, InterruptedException {
        byte[] large = new byte[3 << 20];
        new Random(7).nextBytes(large);
        bench.commit("large", large);
        Done taken = push("HEAD:refs/heads/feature/large");
        assertThat(taken.exitCode()).as(taken.words()).isZero();

        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write("0014command=ls-refs\n0000".getBytes(StandardCharsets.US_ASCII));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer = client.send(
                            HttpRequest.newBuilder(URI.create(server.address() + "/git-upload-pack"))
                                    .header("Authorization", header("kim", PASSWORD))
                                    .header("Content-Type", "application/x-git-upload-pack-request")
                                    .header("Content-Encoding", "gzip")
                                    .header("Git-Protocol", "version=2")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray()))
                                    .expectContinue(true)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(answer).contains("refs/heads/feature/large");
        }
    }

    @Test
    void takesSeveralPushesAtOnce() {
        bench.commit("a", "1\n");
        List<CompletableFuture<Done>> pushes = new ArrayList<>();
        for (String name : List.of("refs/heads/production", "refs/heads/staging", "refs/heads/feature/a")) {
            pushes.add(CompletableFuture.supplyAsync(() -> push("HEAD:" + name), Thread::startVirtualThread));
        }
        for (CompletableFuture<Done> push : pushes) {
            assertThat(push.join().exitCode()).as(push.join().words()).isZero();
        }
        assertThat(gate.outcomes()).hasSize(2).allMatch(outcome -> outcome.startsWith("succeeded"));
    }

    @Test
    void ofTwoPushesToOneRefOneGoesThroughAndTheOtherIsReportedAsFailed() {
        bench.commit("a", "1\n");
        String first = bench.commit("a", "2\n");
        CompletableFuture<Done> one =
                CompletableFuture.supplyAsync(() -> push(first + ":refs/heads/production"), Thread::startVirtualThread);
        CompletableFuture<Done> other = CompletableFuture.supplyAsync(
                () -> push(first + "~1:refs/heads/production"), Thread::startVirtualThread);
        int through = (one.join().exitCode() == 0 ? 1 : 0) + (other.join().exitCode() == 0 ? 1 : 0);
        long succeeded = gate.outcomes().stream()
                .filter(outcome -> outcome.startsWith("succeeded"))
                .count();
        assertThat(gate.bodies("POST /redemptions")).hasSize(gate.outcomes().size());
        assertThat(succeeded).isEqualTo(through);
    }
}
