package io.countersign.server.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs programs of the operating system and waits for their end. */
final class Programs {

    private Programs() {}

    /** Whether the program is there and ends well. */
    static boolean succeeds(List<String> command) {
        try {
            return status(command) == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** The exit status of a program whose words are of no interest. */
    static int status(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return ended(process);
    }

    /** Runs a program in a folder; refuses the start with its own words when it does not end well. */
    static void run(List<String> command, Path folder) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = ended(process);
        if (status != 0) {
            throw new StartRefused(
                    "`" + String.join(" ", command) + "` ended with status " + status + ": " + words.strip());
        }
    }

    private static int ended(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a program", interrupted);
        }
    }
}
