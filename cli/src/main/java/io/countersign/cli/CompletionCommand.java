package io.countersign.cli;

import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Text;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Writes the script that lets a shell complete words. */
@Command(
        name = "completion",
        description = {"Write the completion script for bash and zsh.", "Load it with: source <(countersign completion)"
        })
final class CompletionCommand implements Callable<Integer> {

    private final Invocation invocation;

    CompletionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        CommandLine everything = Countersign.complete(invocation.surroundings());
        for (String line : List.of(AutoComplete.bash("countersign", everything).split("\n"))) {
            invocation.screen().block(Text.of(line));
        }
        return 0;
    }
}
