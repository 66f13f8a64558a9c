package io.countersign.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged server as a process of its own on a temporary home, started twice: the second start is the usual one. */
final class ServerProcess implements AutoCloseable {

    static final String ADMIN_TOKEN = "bench-administration-token-0123456789abcdef";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path home;
    private final int port;
    private final long firstStartMillis;
    private final long secondStartMillis;
    private Process process;

    private ServerProcess(Path home, int port) {
        this.home = home;
        this.port = port;
        long begun = System.nanoTime();
        process = launch();
        firstStartMillis = untilReady(begun);
        stop();
        begun = System.nanoTime();
        process = launch();
        secondStartMillis = untilReady(begun);
    }

    static ServerProcess start() throws IOException {
        return new ServerProcess(Files.createTempDirectory("countersign-bench"), freePort());
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Path home() {
        return home;
    }

    int port() {
        return port;
    }

    void reportStarts() {
        Figure.of("start.first")
                .with("millis", firstStartMillis)
                .with("conditions", "new database")
                .print();
        Figure.of("start.second")
                .with("millis", secondStartMillis)
                .with("conditions", "existing database, launcher included")
                .with("residentMegabytes", residentMegabytes())
                .print();
    }

    /**
     * Prints how much memory it holds now.
     *
     * @param load the parts that were measured before, in their order
     */
    void reportMemory(List<String> load) {
        Figure.of("memory.afterLoad")
                .with(
                        "conditions",
                        "the server's JVM right after "
                                + (load.isEmpty() ? "the town was built" : String.join(", ", load)) + "; VmRSS")
                .with("residentMegabytes", residentMegabytes())
                .print();
    }

    static String launcher() {
        String launcher = System.getenv("COUNTERSIGN_LAUNCHER");
        if (launcher == null) {
            throw new IllegalStateException("run it as `./countersign bench`");
        }
        return launcher;
    }

    private Process launch() {
        ProcessBuilder builder =
                new ProcessBuilder(launcher(), "serve", "--port", Integer.toString(port), "--data", home.toString());
        builder.environment().put("COUNTERSIGN_ADMIN_TOKEN", ADMIN_TOKEN);
        builder.redirectErrorStream(true)
                .redirectOutput(home.resolve("server.out").toFile());
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private long untilReady(long begun) {
        while (System.nanoTime() - begun < PATIENCE.toNanos()) {
            if (isReady()) {
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            }
            pause();
        }
        throw new IllegalStateException("the server did not answer within " + PATIENCE);
    }

    private boolean isReady() {
        try {
            HttpURLConnection call = (HttpURLConnection)
                    URI.create(url() + "/health/ready").toURL().openConnection();
            return call.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private long residentMegabytes() {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024;
        } catch (IOException notLinux) {
            return 0;
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }
}
