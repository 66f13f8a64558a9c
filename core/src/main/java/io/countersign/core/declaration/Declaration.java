package io.countersign.core.declaration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Declared things by kind and key: what files say, or what an organization is. */
public final class Declaration {

    private final Map<DeclaredKind, SortedMap<String, Declared>> things = new EnumMap<>(DeclaredKind.class);
    private final Set<DeclaredKind> sections;
    private final Set<String> projects;

    private Declaration(Collection<? extends Declared> things, Set<DeclaredKind> sections, Set<String> projects) {
        for (DeclaredKind kind : DeclaredKind.values()) {
            this.things.put(kind, new TreeMap<>());
        }
        things.forEach(thing -> of(thing.kind()).put(thing.key(), thing));
        this.sections = Set.copyOf(sections);
        this.projects = Set.copyOf(projects);
    }

    /** Everything there is in an organization. */
    public static Declaration whole(Collection<? extends Declared> things) {
        return new Declaration(things, Set.of(DeclaredKind.values()), Set.of());
    }

    /**
     * What files say.
     *
     * @param sections the lists that occur in them
     * @param projects keys of the projects that list their environments
     */
    static Declaration part(Collection<? extends Declared> things, Set<DeclaredKind> sections, Set<String> projects) {
        return new Declaration(things, sections, projects);
    }

    private SortedMap<String, Declared> of(DeclaredKind kind) {
        return things.computeIfAbsent(kind, _ -> new TreeMap<>());
    }

    /** Those of a kind, by key. */
    public Collection<Declared> all(DeclaredKind kind) {
        return of(kind).values();
    }

    /** All of them, by kind and key. */
    public List<Declared> all() {
        List<Declared> all = new ArrayList<>();
        things.values().forEach(some -> all.addAll(some.values()));
        return all;
    }

    /** The one of this kind and key. */
    public Optional<Declared> find(DeclaredKind kind, String key) {
        return Optional.ofNullable(of(kind).get(key));
    }

    /** Whether there is one that people call so. */
    public boolean has(DeclaredKind kind, String name) {
        return of(kind).containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** Whether the list of this kind occurs, so that pruning may take away what it lacks. */
    boolean lists(DeclaredKind kind) {
        return sections.contains(kind);
    }

    /** Whether pruning takes this one away that is there and is not declared. */
    boolean lacks(Declared present) {
        return switch (present) {
            case Declared.Role role -> lists(DeclaredKind.ROLE) && !role.builtIn();
            case Declared.Environment environment -> {
                String project = environment.project().toLowerCase(Locale.ROOT);
                yield has(DeclaredKind.PROJECT, project) ? projects.contains(project) : lists(DeclaredKind.PROJECT);
            }
            case Declared.Person _,
                    Declared.Team _,
                    Declared.Account _,
                    Declared.Cluster _,
                    Declared.Project _,
                    Declared.Policy _,
                    Declared.Bond _ -> lists(present.kind());
        };
    }

    /** This with everything laid over it that another says. */
    Declaration with(Collection<? extends Declared> others, Collection<? extends Declared> without) {
        Declaration result = new Declaration(all(), sections, projects);
        without.forEach(thing -> result.of(thing.kind()).remove(thing.key()));
        others.forEach(thing -> result.of(thing.kind()).put(thing.key(), thing));
        return result;
    }
}
