package io.countersign.cli.run;

import io.countersign.cli.command.Surroundings;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The running of a command: only its declared variables, nothing to read from standard input. When this program is told
 * to stop, the command is told so too, and its end is still reported.
 *
 * @param out where its standard output goes; nothing for this program's own
 */
record CommandExecution(List<String> words, Map<String, String> environment, Path folder, OutTo out) {

    private static final int SIGNAL_BASE = 128;
    private static final int HIGHEST_SIGNAL = 64;
    private static final int TENTHS_TO_STOP = 300;

    /** Where the command's standard output goes. */
    enum OutTo {
        STANDARD_OUTPUT,
        STANDARD_ERROR
    }

    /** How a command ended. */
    record Ending(int exitCode) {

        boolean succeeded() {
            return exitCode == 0;
        }

        /** In words, for the outcome. */
        String words() {
            boolean signal = exitCode > SIGNAL_BASE && exitCode <= SIGNAL_BASE + HIGHEST_SIGNAL;
            return "exit code " + exitCode + (signal ? ", as after signal " + (exitCode - SIGNAL_BASE) : "");
        }
    }

    /** Thrown when the command could not even be started. */
    static final class NotStarted extends IOException {
        private static final long serialVersionUID = 1;

        NotStarted(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Reports an end; called before this program goes away, whatever makes it go. */
    @FunctionalInterface
    interface Report {
        int of(Ending ending);
    }

    /** Runs it to its end, reports that, and answers what the report answers. */
    int run(Surroundings surroundings, Report report) throws NotStarted {
        boolean toOwnOutput = surroundings.inheritable() && out == OutTo.STANDARD_OUTPUT;
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(toOwnOutput ? Redirect.INHERIT : Redirect.PIPE)
                .redirectError(surroundings.inheritable() ? Redirect.INHERIT : Redirect.PIPE);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Stop stop = new Stop(surroundings.terminals().in());
        Thread whenStopped = Thread.ofPlatform().unstarted(stop);
        Runtime.getRuntime().addShutdownHook(whenStopped);
        try {
            Process process = start(builder, stop);
            passOn(process, surroundings);
            return report.of(new Ending(end(process)));
        } finally {
            stop.over.countDown();
            forget(whenStopped);
        }
    }

    private static Process start(ProcessBuilder builder, Stop stop) throws NotStarted {
        try {
            if (stop.told) {
                throw new IOException("this program was told to stop first");
            }
            Process process = builder.start();
            stop.running.set(process);
            return process;
        } catch (IOException notStarted) {
            throw new NotStarted(notStarted);
        }
    }

    /** Passes on what the command writes, where it was not given the streams themselves. */
    private void passOn(Process process, Surroundings surroundings) {
        PrintStream to = out == OutTo.STANDARD_OUTPUT ? surroundings.out() : surroundings.err();
        Thread errors = Thread.ofPlatform().daemon().start(() -> pump(process.getErrorStream(), surroundings.err()));
        pump(process.getInputStream(), to);
        try {
            errors.join();
        } catch (InterruptedException goingAway) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread whenStopped) {
        try {
            Runtime.getRuntime().removeShutdownHook(whenStopped);
        } catch (IllegalStateException goingAway) {
            return;
        }
    }

    private static int end(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException notYet) {
                process.destroy();
            }
        }
    }

    private static void pump(InputStream from, PrintStream to) {
        try (from) {
            from.transferTo(to);
            to.flush();
        } catch (IOException closed) {
            to.println("countersign: the command's output could not be read to its end");
        }
    }

    /**
     * What happens when this program is told to stop: the command is told too, unless a terminal has told both already,
     * and this program stays until the command's end was reported.
     */
    private static final class Stop implements Runnable {

        private final boolean byTerminal;
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicReference<@Nullable Process> running = new AtomicReference<>();
        private volatile boolean told;
        private boolean asked;

        Stop(boolean byTerminal) {
            this.byTerminal = byTerminal;
        }

        @Override
        public void run() {
            told = true;
            try {
                for (int tenths = 0; !over.await(100, TimeUnit.MILLISECONDS); tenths++) {
                    Process process = running.get();
                    if (process != null && process.isAlive() && !byTerminal) {
                        tell(process, tenths);
                    }
                }
            } catch (InterruptedException goingAway) {
                Thread.currentThread().interrupt();
            }
        }

        private void tell(Process process, int tenths) {
            if (tenths >= TENTHS_TO_STOP) {
                process.destroyForcibly();
            } else if (!asked) {
                asked = true;
                process.destroy();
            }
        }
    }
}
