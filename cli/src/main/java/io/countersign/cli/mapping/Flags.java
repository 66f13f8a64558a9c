package io.countersign.cli.mapping;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The flags that are known of a program, each under all its spellings.
 *
 * @param known a flag behind each spelling
 */
record Flags(Map<String, Flag> known) {

    /** What a flag takes. */
    enum Takes {
        /** Nothing but what is behind an equals sign. */
        NOTHING,
        VALUE,
        /** The name of a file or folder that the command reads. */
        FILE,
        /** It is not let through. */
        REFUSED
    }

    /** A flag; its name is its last spelling. */
    record Flag(String name, Takes takes) {}

    static final Flags NONE = new Flags(Map.of());

    Flags {
        known = Map.copyOf(known);
    }

    /** These and those; where both know a spelling, those say what it is. */
    Flags with(Flags those) {
        Map<String, Flag> both = new HashMap<>(known);
        both.putAll(those.known);
        return new Flags(both);
    }

    @Nullable
    Flag find(String spelling) {
        return known.get(spelling);
    }
}
