package io.countersign.cli.mapping;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.mapping.ValueSource.Fixed;
import io.countersign.cli.mapping.ValueSource.FromFlag;
import io.countersign.cli.mapping.ValueSource.FromKubeconfig;
import io.countersign.cli.mapping.ValueSource.FromVariable;
import io.countersign.cli.mapping.ValueSource.FromWord;
import io.countersign.core.declaration.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a mapping's sources say about one command; what comes from a kubeconfig is remembered, to be pinned. */
final class FoundValues {

    private final CommandWords words;
    private final List<String> behind;
    private final Map<String, String> environment;
    private final Kubeconfig kubeconfig;
    private final List<String> pins = new ArrayList<>();
    private String context = "";

    /** The values of these words, of which so many name the command. */
    FoundValues(CommandWords words, int naming, Map<String, String> environment, Kubeconfig kubeconfig) {
        this.words = words;
        this.behind = words.operands().subList(naming, words.operands().size());
        this.environment = environment;
        this.kubeconfig = kubeconfig;
    }

    /** The cluster as Countersign calls it; none where no source says it. */
    @Nullable
    String cluster(ProgramMap map) {
        Optional<String> found = first(map.cluster());
        if (found.isEmpty()) {
            return null;
        }
        context = found.get();
        if (map.clusters().isEmpty()) {
            return context;
        }
        String name = map.clusters().get(context);
        if (name == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    map.at().file() + " does not say which cluster `" + context + "` is"
                            + Nearest.likely(context, map.clusters().keySet())
                                    .map(word -> "; it knows `" + word + "`")
                                    .orElse(""),
                    "add it under `clusters`");
        }
        return name;
    }

    /** What the first source says that says anything. */
    Optional<String> first(List<ValueSource> sources) {
        for (ValueSource source : sources) {
            Optional<String> value = value(source);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** The words with what was found outside of them put in as flags, right behind the program. */
    List<String> pinned(List<String> typed) {
        List<String> pinned = new ArrayList<>(List.of(typed.getFirst()));
        pinned.addAll(pins);
        pinned.addAll(typed.subList(1, typed.size()));
        return pinned;
    }

    private Optional<String> value(ValueSource source) {
        Optional<String> value = switch (source) {
            case FromFlag(String flag, String is) -> flag(flag, is);
            case FromWord(int number) -> word(number);
            case FromVariable(String name) -> Optional.ofNullable(environment.get(name));
            case Fixed(String fixed) -> Optional.of(fixed);
            case FromKubeconfig(FromKubeconfig.What what, String pin) -> kubeconfig(what, pin);
        };
        return value.filter(text -> !text.isBlank());
    }

    private Optional<String> flag(String name, @Nullable String is) {
        List<String> values = words.valuesOf(name).stream().distinct().toList();
        if (is != null) {
            return values.stream().anyMatch(value -> !value.equals("false")) ? Optional.of(is) : Optional.empty();
        }
        boolean file = words.given().stream()
                .anyMatch(given ->
                        given.flag().name().equals(name) && given.flag().takes() == Flags.Takes.FILE);
        if (values.size() > 1 && !file) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + name + "` is given as " + String.join(" and as ", values), "give it once");
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", values));
    }

    private Optional<String> word(int number) {
        if (number == 0) {
            return Optional.of(String.join(" ", behind));
        }
        return number > behind.size() ? Optional.empty() : Optional.of(behind.get(number - 1));
    }

    private Optional<String> kubeconfig(FromKubeconfig.What what, String pin) {
        Optional<String> found = switch (what) {
            case CONTEXT -> kubeconfig.presentContext();
            case NAMESPACE -> Optional.of(kubeconfig.namespace(context));
        };
        found.ifPresent(value -> pins.add(pin + "=" + value));
        return found;
    }
}
