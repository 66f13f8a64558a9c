package io.countersign.server.directory;

import io.countersign.core.declaration.Declared;
import io.countersign.core.declaration.DeclaredKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who and what there is in one organization, as files would declare it, with the ids behind the names. */
public final class PresentDirectory {

    /** A thing and its id. */
    record Found(String id, Declared thing) {}

    private final List<Found> found;
    private final Map<String, String> names = new HashMap<>();
    private final Map<DeclaredKind, Map<String, String>> ids = new EnumMap<>(DeclaredKind.class);

    PresentDirectory(List<Found> found) {
        this.found = List.copyOf(found);
        for (Found one : found) {
            names.put(one.id(), one.thing().name());
            ids.computeIfAbsent(one.thing().kind(), _ -> new HashMap<>())
                    .put(one.thing().key(), one.id());
        }
    }

    /** All of it. */
    public List<Declared> things() {
        return found.stream().map(Found::thing).toList();
    }

    /** What people call the thing with this id; the id itself when it is no more. */
    public String nameOf(String id) {
        return names.getOrDefault(id, id);
    }

    /** Whether there is a thing with this id. */
    public boolean has(String id) {
        return names.containsKey(id);
    }

    /** The id behind a name. */
    public Optional<String> id(DeclaredKind kind, String name) {
        return Optional.ofNullable(ids.getOrDefault(kind, Map.of()).get(name.toLowerCase(Locale.ROOT)));
    }

    /** The id behind the name of something that is there. */
    String idOf(DeclaredKind kind, String name) {
        return id(kind, name)
                .orElseThrow(() -> new IllegalStateException("no " + kind.word() + " is called `" + name + "`"));
    }
}
