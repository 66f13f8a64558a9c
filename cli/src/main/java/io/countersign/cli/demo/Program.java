package io.countersign.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real program that the demo runs to its end. */
record Program(Path folder, Map<String, String> environment) {

    private static final int MOST_SECONDS = 120;

    /** How it ended and what it wrote, both streams together. */
    record Ended(int code, String output) {

        boolean well() {
            return code == 0;
        }
    }

    /** Runs it, whatever comes of it. */
    Ended run(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new DemoFailure(command.getFirst() + " did not end within two minutes");
            }
            return new Ended(process.exitValue(), output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        }
    }

    /** Runs it, and ends the demo when it fails. */
    String must(String... words) {
        Ended ended = run(words);
        if (!ended.well()) {
            throw new DemoFailure("`" + String.join(" ", words) + "` failed:\n" + ended.output());
        }
        return ended.output();
    }
}
