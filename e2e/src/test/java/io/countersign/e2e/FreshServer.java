package io.countersign.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A packaged server on a folder of its own, as it is on the first day; its clock may be moved where it is simulated. */
final class FreshServer implements AutoCloseable {

    private static final String ANSWERS = "Countersign answers at ";
    private static final Pattern LINK = Pattern.compile("https?://\\S+/enrol#\\S+");

    private final Process process;
    private final Path folder;
    private final String url;
    private final String firstLink;

    private FreshServer(Process process, Path folder, String url, String firstLink) {
        this.process = process;
        this.folder = folder;
        this.url = url;
        this.firstLink = firstLink;
    }

    static FreshServer start(String... options) {
        try {
            Path folder = Files.createTempDirectory("countersign-e2e");
            List<String> command = new ArrayList<>(List.of(
                    System.getProperty("countersign.launcher"),
                    "serve",
                    "--port",
                    "0",
                    "--data",
                    folder.resolve("data").toString()));
            command.addAll(List.of(options));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder said = new StringBuilder();
            String url = "";
            String link = "";
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                Matcher found = LINK.matcher(line);
                if (found.find()) {
                    link = found.group();
                }
                if (line.contains(ANSWERS)) {
                    url = line.substring(line.indexOf(ANSWERS) + ANSWERS.length())
                            .strip();
                }
                if (!url.isEmpty() && !link.isEmpty()) {
                    Thread.ofPlatform().daemon().start(() -> readOn(out));
                    return new FreshServer(process, folder, url, link);
                }
            }
            throw new IllegalStateException("the server ended:\n" + said);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What a server goes on to say is read, so that it never waits for a reader; it ends with the server. */
    private static void readOn(BufferedReader out) {
        try {
            while (out.readLine() != null) {}
        } catch (IOException ended) {
            // The server was stopped.
        }
    }

    String url() {
        return url;
    }

    /** The one-time link of the first administrator, as the server printed it. */
    String firstLink() {
        return firstLink;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
