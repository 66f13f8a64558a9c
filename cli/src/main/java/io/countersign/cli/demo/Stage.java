package io.countersign.cli.demo;

import io.countersign.client.wire.Call;
import io.countersign.client.wire.ServerClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The processes and folders of a demo: a server on a temporary home, a bare repository, a git server before it. */
final class Stage implements AutoCloseable {

    static final String ADMIN_TOKEN = "demo-administration-token-0123456789abcdef";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path launcher;
    private final Path folder;
    private final URI server;
    private final List<Process> processes = new ArrayList<>();

    private Stage(Path launcher, Path folder, URI server) {
        this.launcher = launcher;
        this.folder = folder;
        this.server = server;
    }

    static Stage set(Path launcher, int port, Consumer<String> say) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("countersign-demo");
        Stage stage = new Stage(launcher, folder, URI.create("http://127.0.0.1:" + port));
        say.accept("Starting a server with a database of its own in " + folder + " ...");
        stage.start(
                Map.of(
                        "COUNTERSIGN_ADMIN_TOKEN",
                        ADMIN_TOKEN,
                        // What takes the webhooks of this demo stands on the same machine.
                        "COUNTERSIGN_WEBHOOKS_ALLOWED_NETWORKS",
                        "127.0.0.0/8",
                        "COUNTERSIGN_WEBHOOKS_PLAIN_HTTP",
                        "true"),
                "server.out",
                "serve",
                "--port",
                Integer.toString(port),
                "--data",
                folder.resolve("data").toString());
        stage.waitUntilReady();
        say.accept("The server answers at " + stage.server + ".");
        return stage;
    }

    URI server() {
        return server;
    }

    Path folder() {
        return folder;
    }

    Path launcher() {
        return launcher;
    }

    /** Makes a bare repository whose production branch is guarded, and serves it; answers its address. */
    URI serveRepository(String token) throws IOException {
        Path bare = folder.resolve("payments.git");
        Program here = new Program(folder, Map.of());
        here.must("git", "init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
        Path tokenFile = folder.resolve("git-door.token");
        Files.createFile(tokenFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(tokenFile, token);
        Program inside = new Program(bare, Map.of());
        inside.must("git", "config", "countersign.refs/heads/production.environment", "payments/production");
        inside.must("git", "config", "countersign.refs/heads/staging.environment", "payments/staging");
        inside.must("git", "config", "--add", "countersign.open", "refs/heads/main");
        Process process = start(
                Map.of("COUNTERSIGN_URL", server.toString()),
                null,
                "git",
                "serve",
                "--repo",
                bare.toString(),
                "--port",
                "0",
                "--url",
                server.toString(),
                "--token-file",
                tokenFile.toString());
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            if (line.strip().startsWith("http://")) {
                Thread.ofPlatform().daemon().start(() -> out.lines().forEach(_ -> {}));
                return URI.create(line.strip());
            }
        }
        throw new DemoFailure("the git server did not start:\n" + said);
    }

    private Process start(Map<String, String> environment, @Nullable String output, String... words)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        if (output != null) {
            builder.redirectOutput(folder.resolve(output).toFile());
        }
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private void waitUntilReady() throws InterruptedException, IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (!processes.getFirst().isAlive()) {
                break;
            }
            try {
                HttpURLConnection call = (HttpURLConnection)
                        server.resolve("/health/ready").toURL().openConnection();
                if (call.getResponseCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // it is still starting
            }
            Thread.sleep(50);
        }
        throw new DemoFailure("the server did not start:\n" + Files.readString(folder.resolve("server.out")));
    }

    @Override
    public void close() {
        processes.reversed().forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException kept) {
            // a temporary folder that stays is the system's to clean
        }
    }

    /** The number of the pending request for this action, once there is one. */
    String awaitPending(ServerClient client, String action) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (JsonNode item : client.get("/requests?view=pending&limit=50").path("items")) {
                if (item.path("action").path("id").asString().equals(action)) {
                    return item.path("number").asString();
                }
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new DemoFailure("nobody asked for " + action);
    }

    /** The one pending request, by number. */
    static String pending(ServerClient client) {
        return client.send(Call.get("/requests?view=pending&limit=1"))
                .body()
                .path("items")
                .path(0)
                .path("number")
                .asString();
    }
}
