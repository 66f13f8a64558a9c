package io.countersign.server.directory;

import io.countersign.core.audit.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers what an edit changed; a field that stayed as it was is none. */
final class Differences {

    private final List<FieldChange> list = new ArrayList<>();

    Differences field(String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            list.add(new FieldChange(name, text(before), text(after)));
        }
        return this;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    List<FieldChange> list() {
        return List.copyOf(list);
    }
}
