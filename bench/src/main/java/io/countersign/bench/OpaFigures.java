package io.countersign.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many decisions a second OPA's own server makes of a small policy beside ours, in the same run and over the same client;
 * where there is no {@code opa} on this machine, the figure says just that.
 */
final class OpaFigures {

    static final String NAME = "opa.server";

    /** What OPA's server makes of small policies on two cores, as measured on another day. */
    static final String REFERENCE = "15,000 to 22,000/s";

    private static final int CONNECTIONS = 16;
    private static final int SECONDS = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String POLICY = """
            package bench

            import rego.v1

            default allow := false

            allow if {
                some role in data.holders[input.user]
                some permission in data.roles[role]
                permission == input.action
            }
            """;
    private static final String DATA = """
            {"holders":{"alice":["viewer","operator"]},
             "roles":{"viewer":["release.read"],"operator":["release.read","release.deploy"]}}
            """;
    private static final String QUESTION = """
            {"input":{"user":"alice","action":"release.deploy"}}""";

    private OpaFigures() {}

    /** Prints it, and answers OPA's calls a second. */
    static Optional<Double> measure() throws IOException {
        Optional<Path> program = program(System.getenv("PATH"));
        if (program.isEmpty()) {
            notMeasured().print();
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("countersign-opa");
        Path policy = Files.writeString(folder.resolve("policy.rego"), POLICY);
        Path data = Files.writeString(folder.resolve("data.json"), DATA);
        int port = ServerProcess.freePort();
        Process server = new ProcessBuilder(
                        program.get().toString(),
                        "run",
                        "--server",
                        "--addr",
                        "127.0.0.1:" + port,
                        "--log-level",
                        "error",
                        policy.toString(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("opa.out").toFile())
                .start();
        try {
            return Optional.of(measure(server, port));
        } finally {
            stop(server);
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> file.toFile().delete());
            }
            Files.delete(folder);
        }
    }

    private static double measure(Process server, int port) throws IOException {
        untilRight(server, port);
        byte[] call = LoadClient.prepared(port, "/v1/data/bench/allow", "none", QUESTION);
        new LoadClient(port, call).run(CONNECTIONS, WARM_UP);
        long[] nanos = new LoadClient(port, call).run(CONNECTIONS, Duration.ofSeconds(SECONDS));
        Figure.of(NAME)
                .with("conditions", "`opa run --server`, a small policy of roles; reference " + REFERENCE)
                .with("connections", CONNECTIONS)
                .times(nanos, SECONDS)
                .print();
        return nanos.length / (double) SECONDS;
    }

    static Figure notMeasured() {
        return Figure.of(NAME)
                .with("notMeasured", "no opa on this machine")
                .with("conditions", "OPA's own server, a small policy; reference " + REFERENCE);
    }

    /** The first program of this name on a search path. */
    static Optional<Path> program(@Nullable String searchPath) {
        return Stream.of((searchPath == null ? "" : searchPath).split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "opa"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Waits until it permits what the policy permits: a wrong answer would be quick, too. */
    private static void untilRight(Process server, int port) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && server.isAlive()) {
            if (answer(port).contains("true")) {
                return;
            }
            ServerProcess.pause();
        }
        throw new IllegalStateException("opa does not answer what its policy says");
    }

    private static String answer(int port) throws IOException {
        HttpURLConnection call = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/v1/data/bench/allow")
                .toURL()
                .openConnection();
        call.setDoOutput(true);
        call.setRequestProperty("Content-Type", "application/json");
        try {
            call.getOutputStream().write(QUESTION.getBytes(StandardCharsets.UTF_8));
            return new String(call.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (ConnectException notYet) {
            return "";
        }
    }

    private static void stop(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
