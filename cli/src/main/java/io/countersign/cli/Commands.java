package io.countersign.cli;

import io.countersign.cli.access.EnrolCommand;
import io.countersign.cli.access.LoginCommand;
import io.countersign.cli.access.LogoutCommand;
import io.countersign.cli.access.TokensCommand;
import io.countersign.cli.access.WhoamiCommand;
import io.countersign.cli.command.Invocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** The first words there are. Only the one that was typed is built, since reading the others would be waited for. */
final class Commands {

    private static final Map<String, Function<Invocation, Object>> FIRST_WORDS = firstWords();

    private Commands() {}

    /** The main command with what these arguments need: one first word, or all of them to list or to choose from. */
    static CommandLine under(Object main, Invocation invocation, List<String> arguments) {
        CommandLine line = new CommandLine(main);
        String first = arguments.stream()
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .orElse("");
        Function<Invocation, Object> typed = FIRST_WORDS.get(first);
        if (typed != null) {
            line.addSubcommand(first, typed.apply(invocation));
        } else {
            FIRST_WORDS.forEach((word, command) -> line.addSubcommand(word, command.apply(invocation)));
        }
        return line;
    }

    private static Map<String, Function<Invocation, Object>> firstWords() {
        Map<String, Function<Invocation, Object>> words = new LinkedHashMap<>();
        words.put("login", LoginCommand::new);
        words.put("logout", LogoutCommand::new);
        words.put("whoami", WhoamiCommand::new);
        words.put("enrol", EnrolCommand::new);
        words.put("tokens", TokensCommand::new);
        words.put("completion", CompletionCommand::new);
        words.put("version", VersionCommand::new);
        return words;
    }
}
