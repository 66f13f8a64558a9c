package io.countersign.server.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an edit changed, each field as {@code field: before -> after}. */
final class Differences {

    private final List<String> list = new ArrayList<>();

    Differences field(String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            list.add(name + ": " + text(before) + " -> " + text(after));
        }
        return this;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    List<String> list() {
        return List.copyOf(list);
    }
}
