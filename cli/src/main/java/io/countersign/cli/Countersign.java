package io.countersign.cli;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Failures;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Surroundings;
import io.countersign.cli.terminal.Screen;
import io.countersign.client.wire.CallOnHold;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The main command: the words after it choose what happens. */
@Command(
        name = "countersign",
        versionProvider = VersionCommand.Build.class,
        description = "Ask to do something risky, have the right people approve it, do it once.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done or approved, 1 error, 2 usage, 3 undecided (pending, cancelled, waited in vain),",
            "4 login needed, 5 denied, 6 expired, 7 not yours to decide, 8 something was found."
        })
public final class Countersign implements Callable<Integer> {

    @Mixin
    private final Invocation invocation;

    @Spec
    private @Nullable CommandSpec spec;

    /** Read by the parser alone. */
    @SuppressWarnings("unused")
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "say which version this is")
    private boolean version;

    private Countersign(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int exitCode = run(Surroundings.ofThisProcess(), List.of(arguments));
        System.out.flush();
        System.err.flush();
        System.exit(exitCode);
    }

    /** Runs one command and answers its exit code. */
    public static int run(Surroundings surroundings, List<String> arguments) {
        Invocation invocation = new Invocation(surroundings);
        CommandLine line = Commands.under(new Countersign(invocation), invocation, arguments);
        Screen screen = invocation.screenBeforeParsing(!arguments.contains("--no-color"));
        // A word such as @ada is a handle, never a file with further arguments.
        line.setExpandAtFiles(false);
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(screen.colourful() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(Math.clamp(screen.columns(), 80, 120));
        line.setParameterExceptionHandler((wrong, words) -> usage(wrong, invocation.screen()));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failure instanceof CallOnHold held
                ? new Held(invocation, held).then(() -> run(surroundings, arguments))
                : Failures.tell(failure, invocation.screen()));
        return line.execute(arguments.toArray(String[]::new));
    }

    /** Everything there is to type. */
    static CommandLine complete(Surroundings surroundings) {
        Invocation unused = new Invocation(surroundings);
        return Commands.under(new Countersign(unused), unused, List.of());
    }

    /** Nothing was asked for: says what there is. */
    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        line.usage(line.getErr());
        invocation.screen().next("countersign login", "is where it begins");
        return ExitCode.USAGE;
    }

    private static int usage(ParameterException wrong, Screen screen) {
        screen.say("countersign: " + wrong.getMessage());
        CommandLine command = wrong.getCommandLine();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            List<String> close = unmatched.getSuggestions();
            if (!close.isEmpty()) {
                screen.say("  did you mean: " + String.join(", ", close.subList(0, Math.min(3, close.size()))));
            }
        }
        screen.say("  remedy: `" + command.getCommandSpec().qualifiedName() + " --help` says how it is used");
        return ExitCode.USAGE;
    }
}
