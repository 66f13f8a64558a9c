package io.countersign.server.platform;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** What is said of a list that names something twice: it is refused, for one of the two may stand there by mistake. */
public final class Duplicates {

    private Duplicates() {}

    /** Where something stands that stood in the list before; nothing when each stands there once. */
    public static <T> OptionalInt first(List<T> ids) {
        Set<T> seen = new HashSet<>();
        return IntStream.range(0, ids.size())
                .filter(at -> !seen.add(ids.get(at)))
                .findFirst();
    }

    /**
     * 400: a list names something twice.
     *
     * @param names as they were written
     * @param ids what they name, in the same order; a handle and an id may name the same
     */
    public static <T> void demandNone(String field, List<String> names, List<T> ids) {
        first(ids).ifPresent(at -> {
            throw ProblemException.badField("duplicate-id", field + "[" + at + "]", sentence(names.get(at)));
        });
    }

    /** What is wrong with it, for people. */
    public static String sentence(String name) {
        return "`" + name + "` is there twice";
    }
}
