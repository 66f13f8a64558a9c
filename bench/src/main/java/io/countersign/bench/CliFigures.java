package io.countersign.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** How soon the command line says something: the launcher and the JVM that it starts are within. */
final class CliFigures {

    private static final int WARM_UP = 2;
    private static final int RUNS = 11;

    private CliFigures() {}

    static void measure() throws IOException {
        // The first run after a build prepares the fast starts of all others.
        for (int run = 0; run < WARM_UP; run++) {
            firstByte();
        }
        long[] nanos = new long[RUNS];
        for (int run = 0; run < RUNS; run++) {
            nanos[run] = firstByte();
        }
        Arrays.sort(nanos);
        Figure.of("cli.first")
                .with("millis", millis(nanos[RUNS / 2]))
                .with("slowestMillis", millis(nanos[RUNS - 1]))
                .with("conditions", "`./countersign --version` to its first byte, launcher included; median")
                .with("runs", RUNS)
                .print();
    }

    private static long firstByte() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ServerProcess.launcher(), "--version");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        long begun = System.nanoTime();
        Process process = builder.start();
        try (InputStream said = process.getInputStream()) {
            if (said.read() < 0) {
                throw new IllegalStateException("`countersign --version` says nothing");
            }
            long nanos = System.nanoTime() - begun;
            said.readAllBytes();
            return nanos;
        }
    }

    private static long millis(long nanos) {
        return Math.round(nanos / 1e6);
    }
}
