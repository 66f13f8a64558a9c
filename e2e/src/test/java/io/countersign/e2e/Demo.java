package io.countersign.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The demo as a process: the packaged server, its own database, the example organization, and what its story left. */
final class Demo implements AutoCloseable {

    static final String PASSWORD = "acme demo password";

    private static final String READY = "The server goes on at ";
    private static final String LAST = "End it with Ctrl-C.";

    private static @Nullable Demo running;

    private final Process process;
    private final List<String> parting;

    private Demo(Process process, List<String> parting) {
        this.process = process;
        this.parting = parting;
    }

    /** The one that all tests share; it ends with the JVM. */
    static synchronized Demo shared() {
        Demo demo = running;
        if (demo == null) {
            demo = start();
            Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
            running = demo;
        }
        return demo;
    }

    private static Demo start() {
        try {
            Process process = new ProcessBuilder(launcher().toString(), "demo", "--port", Integer.toString(freePort()))
                    .redirectErrorStream(true)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            List<String> said = new ArrayList<>();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (line.equals(LAST)) {
                    Thread.ofPlatform().daemon().start(() -> out.lines().forEach(_ -> {}));
                    return new Demo(
                            process,
                            said.stream()
                                    .dropWhile(former -> !former.startsWith(READY))
                                    .toList());
                }
            }
            throw new IllegalStateException("the demo ended:\n" + String.join("\n", said));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Path launcher() {
        Path launcher = Path.of(Objects.requireNonNullElse(System.getProperty("countersign.launcher"), ""));
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException("these tests are run by `./countersign test`");
        }
        return launcher;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    String url() {
        String ready = parting.getFirst();
        return ready.substring(READY.length(), ready.indexOf(';'));
    }

    /** What it said last, line by line: that it goes on, who may sign in, what to try next. */
    List<String> parting() {
        return parting;
    }

    /** This person of the example organization, signed in at the API. */
    Colleague as(String handle) {
        return Colleague.signIn(url(), handle, PASSWORD);
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroy);
    }
}
