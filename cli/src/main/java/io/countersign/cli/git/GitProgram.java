package io.countersign.cli.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Runs git in one folder with exactly the variables given and no configuration but the folder's own: neither the
 * system's, nor the user's, nor any that travelled in the environment.
 */
final class GitProgram {

    /** More than any answer that is no patch has. */
    static final long ENOUGH = 64L << 20;

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int WORDS_KEPT = 2_000;
    private static final Executor APART =
            work -> Thread.ofPlatform().daemon().name("reads git").start(work);

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * Git in this folder.
     *
     * @param environment all variables it gets, besides those that keep foreign configuration away
     */
    GitProgram(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** How git ended, and what it wrote. */
    static final class Ended {

        private final int exitCode;
        private final byte[] output;
        private final String words;

        private Ended(int exitCode, byte[] output, String words) {
            this.exitCode = exitCode;
            this.output = output;
            this.words = words;
        }

        int exitCode() {
            return exitCode;
        }

        byte[] output() {
            return output;
        }

        /** What it said on standard error. */
        String words() {
            return words;
        }

        String text() {
            return new String(output, StandardCharsets.UTF_8).strip();
        }

        List<String> lines() {
            return text().lines().toList();
        }
    }

    /** The output of a command that must work; throws {@link GitFailure} otherwise. */
    Ended run(String... arguments) {
        Ended ended = attempt(ENOUGH, List.of(arguments));
        if (ended.exitCode() != 0) {
            throw new GitFailure(String.join(" ", arguments), ended.words());
        }
        return ended;
    }

    /** Runs a command that may fail. Throws {@link TooMuchOutput} beyond so many bytes; it is stopped then. */
    Ended attempt(long mostBytes, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("git"));
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "LC_ALL", "C",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_ATTR_NOSYSTEM", "1",
                        "GIT_NO_REPLACE_OBJECTS", "1",
                        "GIT_NO_LAZY_FETCH", "1",
                        "GIT_OPTIONAL_LOCKS", "0",
                        "GIT_TERMINAL_PROMPT", "0"));
        try {
            return ended(builder.start(), String.join(" ", arguments), mostBytes);
        } catch (IOException noGit) {
            throw new UncheckedIOException(noGit);
        }
    }

    private static Ended ended(Process git, String command, long mostBytes) throws IOException {
        try {
            git.getOutputStream().close();
            CompletableFuture<String> words = CompletableFuture.supplyAsync(() -> words(git), APART);
            CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> output(git, mostBytes), APART);
            if (!git.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new GitFailure(command, "it took longer than " + LONGEST.toSeconds() + " s");
            }
            byte[] bytes = output.join();
            if (bytes.length > mostBytes) {
                throw new TooMuchOutput(mostBytes);
            }
            return new Ended(git.exitValue(), bytes, words.join());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new GitFailure(command, "interrupted");
        } finally {
            git.destroyForcibly();
        }
    }

    /** At most one byte more than wanted, which tells that there was more. */
    private static byte[] output(Process git, long mostBytes) {
        try (InputStream out = git.getInputStream()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] some = new byte[1 << 16];
            for (int read = out.read(some); read >= 0; read = out.read(some)) {
                bytes.write(some, 0, (int) Math.min(read, mostBytes + 1 - bytes.size()));
                if (bytes.size() > mostBytes) {
                    git.destroyForcibly();
                    break;
                }
            }
            return bytes.toByteArray();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String words(Process git) {
        try (InputStream err = git.getErrorStream()) {
            String first = new String(err.readNBytes(WORDS_KEPT), StandardCharsets.UTF_8).strip();
            err.transferTo(OutputStream.nullOutputStream());
            return first;
        } catch (IOException broken) {
            return "";
        }
    }
}
