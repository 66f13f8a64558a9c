package io.countersign.cli.command;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the program runs: its streams, environment, folders and clock.
 *
 * @param inheritable whether the streams are this process's own, so that another process can be given them as they are
 * @param terminals which of the streams a person sits at
 * @param console reads secrets without showing them, or none without a terminal
 */
public record Surroundings(
        Map<String, String> environment,
        Path home,
        Path workingFolder,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inheritable,
        Terminals terminals,
        @Nullable Console console,
        InstantSource clock,
        ZoneId zone) {

    /** Which of the three standard streams are terminals. */
    public record Terminals(boolean in, boolean out, boolean err) {

        /** A program on every side. */
        public static final Terminals NONE = new Terminals(false, false, false);
    }

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static Surroundings ofThisProcess() {
        Terminals terminals = new Terminals(terminal(0), terminal(1), terminal(2));
        return new Surroundings(
                System.getenv(),
                Path.of(System.getProperty("user.home", "/")),
                Path.of("").toAbsolutePath(),
                System.in,
                stream(FileDescriptor.out, terminals.out(), System.out),
                stream(FileDescriptor.err, terminals.err(), System.err),
                true,
                terminals,
                interactive(),
                InstantSource.system(),
                ZoneId.systemDefault());
    }

    /** The variable's value, or empty. */
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** Where settings are kept: the XDG base directory specification's place. */
    public Path configuration() {
        return folder("XDG_CONFIG_HOME", ".config");
    }

    /** Where what must outlive the process is kept. */
    public Path state() {
        return folder("XDG_STATE_HOME", ".local/state");
    }

    private Path folder(String variable, String standard) {
        String named = variable(variable);
        return !named.isEmpty() && Path.of(named).isAbsolute() ? Path.of(named) : home.resolve(standard);
    }

    /** A terminal gets its own character set, a program UTF-8 whatever the locale. */
    private static PrintStream stream(FileDescriptor descriptor, boolean terminal, PrintStream standard) {
        return terminal ? standard : new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static @Nullable Console interactive() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).orElse(null);
    }

    /** Linux says what a descriptor is; elsewhere the console must do, which is there only when all is interactive. */
    private static boolean terminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            if (Files.isSymbolicLink(link)) {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            }
        } catch (IOException unknown) {
            return false;
        }
        return interactive() != null;
    }
}
