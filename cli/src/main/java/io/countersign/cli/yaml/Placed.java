package io.countersign.cli.yaml;

import io.countersign.cli.command.CommandFailure;
import io.countersign.core.declaration.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A value in a YAML file, with where it stands. */
public sealed interface Placed {

    Spot at();

    /** Anything that is written in one piece; a number and a truth are their text, too. */
    record Word(String text, Spot at) implements Placed {}

    /** A list. */
    record Items(List<Placed> items, Spot at) implements Placed {

        public Items {
            items = List.copyOf(items);
        }
    }

    /** Named values, in the order of the file; where each name stands is told apart from where its value does. */
    record Fields(Map<String, Placed> values, Map<String, Spot> names, Spot at) implements Placed {

        /** Refuses every name that is not one of these, and says which of them is nearest. */
        public Fields only(Set<String> known) {
            names.forEach((name, spot) -> {
                if (!known.contains(name)) {
                    throw spot.fault(
                            "there is no field `" + name + "`"
                                    + Nearest.likely(name, known)
                                            .map(word -> "; did you mean `" + word + "`?")
                                            .orElse(""),
                            "known are "
                                    + String.join(", ", known.stream().sorted().toList()));
                }
            });
            return this;
        }

        public Optional<Placed> find(String name) {
            return Optional.ofNullable(values.get(name));
        }

        /** A value that has to be there. */
        public Placed demand(String name) {
            return find(name).orElseThrow(() -> at.fault("`" + name + "` is missing", ""));
        }
    }

    /** This value as one text. */
    default String text() {
        if (this instanceof Word(String text, Spot spot)) {
            if (text.isBlank()) {
                throw spot.fault("this is empty", "write a value, or leave the field out");
            }
            return text;
        }
        throw wanted("a single value");
    }

    /** This value as a list; a single value is a list of one. */
    default List<Placed> items() {
        return switch (this) {
            case Items(List<Placed> items, Spot _) -> items;
            case Word word -> List.of(word);
            case Fields fields -> List.of(fields);
        };
    }

    /** The same, of texts. */
    default List<String> texts() {
        List<String> texts = new ArrayList<>();
        items().forEach(item -> texts.add(item.text()));
        return texts;
    }

    /** This value as named values. */
    default Fields fields() {
        if (this instanceof Fields fields) {
            return fields;
        }
        throw wanted("named values such as `name: value`");
    }

    private CommandFailure wanted(String what) {
        String found = switch (this) {
            case Word(String text, Spot _) -> "`" + text + "`";
            case Items _ -> "a list";
            case Fields _ -> "named values";
        };
        return at().fault("here is " + found + " where " + what + " is expected", "");
    }
}
