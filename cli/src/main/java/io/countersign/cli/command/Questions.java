package io.countersign.cli.command;

import io.countersign.cli.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asking the person back, where there is one; every question can be answered by an option instead. */
public final class Questions {

    private final Surroundings surroundings;
    private final Screen screen;
    private final boolean yes;
    private final boolean noInput;

    Questions(Surroundings surroundings, Screen screen, boolean yes, boolean noInput) {
        this.surroundings = surroundings;
        this.screen = screen;
        this.yes = yes;
        this.noInput = noInput;
    }

    /** Whether somebody is there to answer. */
    public boolean possible() {
        return !noInput
                && surroundings.terminals().in()
                && surroundings.terminals().err();
    }

    /** Goes on only after a yes; {@code --yes} is one. */
    public void sure(String question) {
        if (yes) {
            return;
        }
        if (!possible()) {
            throw new CommandFailure(ExitCode.USAGE, "nobody is here to be asked: " + question, "say --yes if so");
        }
        screen.ask(question + " [y/N] ");
        String answer = line().strip().toLowerCase(Locale.ROOT);
        if (!answer.equals("y") && !answer.equals("yes")) {
            throw new CommandFailure(ExitCode.UNDECIDED, "nothing was done", "");
        }
    }

    /** Goes on only when the name of what is at stake was given, by option or by hand. */
    public void named(String name, @Nullable String given, String whatHappens) {
        if (given == null && !possible()) {
            throw new CommandFailure(ExitCode.USAGE, whatHappens, "if that is meant, say --confirm=" + name);
        }
        if (given == null) {
            screen.say(whatHappens);
            screen.ask("Type `" + name + "` to go on: ");
        }
        String typed = given == null ? line().strip() : given;
        if (!typed.equals(name)) {
            throw new CommandFailure(ExitCode.USAGE, "`" + typed + "` is not `" + name + "`; nothing was done", "");
        }
    }

    /** A line the person types. */
    public String answer(String question, String option) {
        if (!possible()) {
            throw new CommandFailure(ExitCode.USAGE, "missing: " + option, "give it as an option");
        }
        screen.ask(question);
        return line().strip();
    }

    /** A secret, from standard input where that was said, else typed without being shown. */
    public String secret(String question, boolean fromStandardInput) {
        if (fromStandardInput) {
            return line();
        }
        Console console = surroundings.console();
        if (console == null || noInput) {
            throw new CommandFailure(
                    ExitCode.USAGE, "no terminal to type a password at", "pipe it in and say --password-stdin");
        }
        char[] typed = console.readPassword("%s", question);
        return typed == null ? "" : new String(typed);
    }

    /** Reads to the end of the line and no byte further, since a second answer may stand on the next one. */
    private String line() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = surroundings.in().read();
                    next >= 0 && next != '\n';
                    next = surroundings.in().read()) {
                line.write(next);
            }
            String text = line.toString(StandardCharsets.UTF_8);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
