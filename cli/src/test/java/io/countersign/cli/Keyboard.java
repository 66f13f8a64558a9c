package io.countersign.cli;

import io.countersign.cli.command.Surroundings;
import io.countersign.cli.command.Surroundings.Terminals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody, or some program, that types commands; each in a home of its own. */
public final class Keyboard {

    /** The moment at which everything is typed. */
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** What came of a command. */
    public record Typed(int exitCode, String out, String err) {}

    private final Path home;
    private final Path work;
    private final Map<String, String> environment = new HashMap<>();
    private Terminals terminals = Terminals.NONE;

    public Keyboard(Path home) {
        this(home, home);
    }

    /** Standing in another folder than home. */
    public Keyboard(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    public Keyboard with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A person sits there. */
    public Keyboard atATerminal() {
        terminals = new Terminals(true, true, true);
        return with("COLUMNS", "120");
    }

    /** Signed in by a token. */
    public Keyboard signedIn(Counterpart server) {
        return with("COUNTERSIGN_URL", server.url()).with("COUNTERSIGN_TOKEN", "cs_t_test");
    }

    public Typed type(String... words) {
        return typeWithInput("", words);
    }

    public Typed typeWithInput(String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Countersign.run(
                new Surroundings(
                        environment,
                        home,
                        work,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        terminals,
                        null,
                        InstantSource.fixed(NOW),
                        ZoneOffset.UTC),
                List.of(words));
        return new Typed(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
