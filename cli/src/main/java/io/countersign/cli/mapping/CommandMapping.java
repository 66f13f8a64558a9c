package io.countersign.cli.mapping;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Surroundings;
import io.countersign.cli.mapping.ProgramMap.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a command is. What no rule names is {@code command.execute}; what cannot be read for certain is refused.
 *
 * @param declared the variables that were declared for the command by hand
 * @param planned whether it applies a saved plan
 * @param elsewhere whether it runs in another folder than the one it is typed in
 */
public record CommandMapping(
        CommandMaps maps, Surroundings surroundings, Map<String, String> declared, boolean planned, boolean elsewhere) {

    static final String ANYTHING = "command.execute";

    /** A rule, or none, with the words as it reads them. */
    private record Match(@Nullable Rule rule, CommandWords words) {}

    public CommandMapping {
        declared = Map.copyOf(declared);
    }

    /** What this command is. */
    public MappedCommand read(List<String> words) {
        Path name = Path.of(words.getFirst()).getFileName();
        String program = name == null ? words.getFirst() : name.toString();
        Optional<ProgramMap> map = maps.find(program);
        if (map.isEmpty()) {
            return new MappedCommand(
                    ANYTHING,
                    null,
                    Map.of(),
                    words,
                    List.of(),
                    declared,
                    List.of(),
                    "no mapping knows `" + program + "`");
        }
        return read(map.get(), match(map.get(), words));
    }

    private MappedCommand read(ProgramMap map, Match match) {
        Rule rule = match.rule();
        if (rule != null && rule.savedPlan() && !planned) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "`" + String.join(" ", rule.words()) + "` is run on a saved plan, so that exactly that is applied",
                    "make a plan with -out=FILE, then `countersign run --terraform FILE --chdir DIR`");
        }
        Map<String, String> variables = new TreeMap<>();
        map.variables().stream()
                .filter(surroundings.environment()::containsKey)
                .forEach(name -> variables.put(name, surroundings.variable(name)));
        variables.putAll(declared);
        List<String> secrets = map.secrets().stream()
                .filter(surroundings.environment()::containsKey)
                .toList();
        int behind = rule == null ? 0 : rule.words().size();
        FoundValues values = new FoundValues(
                match.words(),
                behind,
                surroundings.environment(),
                Kubeconfig.of(variables, surroundings.workingFolder()));
        String cluster = values.cluster(map);
        Map<String, List<ValueSource>> wanted = new LinkedHashMap<>(map.attributes());
        if (rule != null) {
            wanted.putAll(rule.attributes());
        }
        Map<String, String> attributes = new HashMap<>();
        wanted.forEach(
                (attribute, sources) -> values.first(sources).ifPresent(value -> attributes.put(attribute, value)));
        List<String> files = new NamedFiles(surroundings.workingFolder(), elsewhere)
                .of(match.words(), behind, rule == null ? List.of() : rule.files(), planned);
        return new MappedCommand(
                rule == null ? ANYTHING : rule.action(),
                cluster,
                attributes,
                values.pinned(match.words().words()),
                files,
                variables,
                secrets,
                because(map, match));
    }

    private static String because(ProgramMap map, Match match) {
        Rule rule = match.rule();
        return rule == null
                ? map.at().file() + " names no such command"
                : rule.at() + ", `" + String.join(" ", rule.words()) + "`";
    }

    private static Match match(ProgramMap map, List<String> words) {
        List<Match> matches = new ArrayList<>();
        UnknownFlag first = null;
        for (Rule rule : map.rules()) {
            try {
                CommandWords read = words(map, rule, words, false);
                if (rule.fits(read.operands())) {
                    matches.add(new Match(rule, read));
                }
            } catch (UnknownFlag notThis) {
                first = named(rule, map, words) ? notThis : first;
            }
        }
        Optional<Match> longest = matches.stream().max(Comparator.comparingInt(match -> length(match.rule())));
        if (longest.isEmpty()) {
            return unmapped(map, words, first);
        }
        for (Match other : matches) {
            if (!other.words().operands().equals(longest.get().words().operands())) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "these words can be read in two ways",
                        "write the words that name the command before its flags");
            }
        }
        return longest.get();
    }

    private static CommandWords words(ProgramMap map, Rule rule, List<String> words, boolean guessing)
            throws UnknownFlag {
        return CommandWords.read(words, map.flags(), rule.flags(), rule.words().size(), guessing);
    }

    private static int length(@Nullable Rule rule) {
        return rule == null ? 0 : rule.words().size();
    }

    /** Whether the words name this rule's command when flags that are not known are passed over. */
    private static boolean named(Rule rule, ProgramMap map, List<String> words) {
        try {
            List<String> operands = words(map, rule, words, true).operands();
            return operands.size() >= rule.words().size()
                    && operands.subList(0, rule.words().size()).equals(rule.words());
        } catch (UnknownFlag unclear) {
            return false;
        }
    }

    /**
     * A command that no rule names. Flags that are not known are passed over only behind a word that begins no rule, because
     * otherwise a known command could hide behind them.
     */
    private static Match unmapped(ProgramMap map, List<String> words, @Nullable UnknownFlag first) {
        try {
            try {
                return new Match(null, CommandWords.read(words, map.flags(), Flags.NONE, 0, false));
            } catch (UnknownFlag known) {
                CommandWords guessed = CommandWords.read(words, map.flags(), Flags.NONE, 0, true);
                boolean begun = guessed.operands().isEmpty()
                        || map.rules().stream()
                                .anyMatch(rule -> rule.words()
                                        .getFirst()
                                        .equals(guessed.operands().getFirst()));
                if (begun) {
                    throw first == null ? known : first;
                }
                return new Match(null, guessed);
            }
        } catch (UnknownFlag unclear) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(unclear.getMessage()), unclear.remedy());
        }
    }
}
