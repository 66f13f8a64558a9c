package io.countersign.server.platform;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, which can be killed, and stopped at the {@link FaultPoint}s of its decisions. */
public final class ServerProcess extends ServerCalls implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration REACH = Duration.ofSeconds(30);
    private static final Pattern GREETING = Pattern.compile("Countersign answers at (\\S+)");

    private final Process process;
    private final Path faultPoint;
    private final Path log;
    private final CompletableFuture<String> url = new CompletableFuture<>();

    private ServerProcess(Process process, Path faultPoint, Path log) {
        this.process = process;
        this.faultPoint = faultPoint;
        this.log = log;
        // A thread of its own: reading a program's pipe holds a virtual thread's carrier, and a machine has few of
        // those.
        Thread.ofPlatform().daemon().name("listens to a server").start(this::listen);
    }

    /** Starts a server on this database; it is waited for by the first call. */
    public static ServerProcess on(DurablePostgres database, String... settings) {
        String name = "server-process-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        Path target = Path.of("target").toAbsolutePath();
        Path faultPoint = target.resolve(name + ".fault");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + FaultPoint.SWITCH + "=" + faultPoint,
                "-cp",
                classPath(),
                "io.countersign.server.CountersignServer",
                "--countersign.server.port=0"));
        command.addAll(database.settings());
        command.addAll(List.of(settings));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith("COUNTERSIGN_"));
        builder.environment().put("COUNTERSIGN_ADMIN_TOKEN", ADMIN_TOKEN);
        try {
            return new ServerProcess(builder.start(), faultPoint, target.resolve(name + ".log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The server's own classes and what they need, without those of the tests. */
    private static String classPath() {
        String whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> entries = new ArrayList<>();
        for (String entry : whole.split(Pattern.quote(File.pathSeparator), -1)) {
            if (!entry.endsWith("test-classes") && !entry.endsWith("test-classes/")) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                var copy = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.write(line);
                copy.newLine();
                copy.flush();
                Matcher greeting = GREETING.matcher(line);
                if (greeting.find()) {
                    url.complete(greeting.group(1));
                }
            }
        } catch (IOException killed) {
            // it says no more
        }
        url.completeExceptionally(new IllegalStateException("the server ended; its log is " + log));
    }

    @Override
    public String url() {
        try {
            return url.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the server does not answer; its log is " + log, failed);
        }
    }

    /** Stops the next call that comes to this moment, for example {@code vote.committed}. */
    public void stopAt(String moment) {
        try {
            Path fresh = faultPoint.resolveSibling(faultPoint.getFileName() + ".fresh");
            Files.writeString(fresh, moment);
            Files.move(fresh, faultPoint);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits until a call has come to the moment it was to stop at. */
    public void awaitStop() {
        Path mark = FaultPoint.reachedMark(faultPoint);
        long until = System.nanoTime() + REACH.toNanos();
        while (!Files.exists(mark)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("no call came to the moment in " + faultPoint + "; the log is " + log);
            }
            pause();
        }
    }

    /** Lets the stopped call go on. */
    public void goOn() {
        try {
            Files.delete(FaultPoint.reachedMark(faultPoint));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops it as an operator does, with signal 15, and waits until it has gone in good order. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not stop; its log is " + log);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it with signal 9, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        kill();
        hangUp();
        try {
            Files.deleteIfExists(faultPoint);
            Files.deleteIfExists(FaultPoint.reachedMark(faultPoint));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
