package io.countersign.cli.rego;

import io.countersign.cli.command.Invocation;
import io.countersign.rego.tool.RegoTools;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Policies in Rego, without a server: what follows the word goes to the engine's own tools as it was typed. */
@Command(
        name = "rego",
        description =
                "Policies in Rego, without a server: eval, explain, check, fmt, test, coverage, sign, bench, conformance.",
        footer = {"", "`countersign rego help` says what each of them takes."})
public final class RegoCommand implements Callable<Integer> {

    private final Invocation invocation;
    private final List<String> typed;

    /** Read by the parser alone. */
    @SuppressWarnings("unused")
    @Unmatched
    private final List<String> words = new ArrayList<>();

    private RegoCommand(Invocation invocation, List<String> typed) {
        this.invocation = invocation;
        this.typed = typed;
    }

    /** The command for these arguments. */
    public static RegoCommand with(Invocation invocation, List<String> arguments) {
        return new RegoCommand(invocation, arguments.subList(arguments.indexOf("rego") + 1, arguments.size()));
    }

    @Override
    public Integer call() {
        return RegoTools.run(
                typed,
                invocation.surroundings().workingFolder(),
                invocation.surroundings().out(),
                invocation.surroundings().err());
    }
}
