package io.countersign.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Labels with values under each other: one thing described. */
public final class Facts {

    private record Fact(String label, Text value) {}

    private final List<Fact> facts = new ArrayList<>();

    /** Adds a line; an empty value adds none. */
    public Facts add(String label, Text value) {
        if (!value.words().isEmpty()) {
            facts.add(new Fact(label, value));
        }
        return this;
    }

    /** Adds a line without style; an empty value adds none. */
    public Facts add(String label, String value) {
        return add(label, Text.of(value));
    }

    /** Aligned for a person; label, tab, value for a program. */
    public void print(Screen screen) {
        int width = facts.stream()
                .mapToInt(fact -> DisplayWidth.of(fact.label()))
                .max()
                .orElse(0);
        for (Fact fact : facts) {
            String gap = screen.terminal() ? " ".repeat(width - DisplayWidth.of(fact.label()) + 2) : "\t";
            screen.raw(screen.painted(Text.of(Style.DIM, fact.label())) + gap + screen.painted(fact.value()));
        }
    }
}
