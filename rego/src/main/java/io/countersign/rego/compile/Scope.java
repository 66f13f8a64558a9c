package io.countersign.rego.compile;

import io.countersign.rego.syntax.Location;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names declared in a body, and around it. */
final class Scope {

    final @Nullable Scope outer;
    final Map<String, String> declared = new HashMap<>();
    final Set<String> mentioned = new HashSet<>();
    final Map<String, Declared> places = new LinkedHashMap<>();
    final Set<String> used = new HashSet<>();
    final boolean arguments;

    /** Where a name was declared, and whether by `:=`. */
    record Declared(Location place, boolean assigned) {}

    Scope(@Nullable Scope outer, boolean arguments) {
        this.outer = outer;
        this.arguments = arguments;
    }

    /** The unique name behind a declared one, or null. */
    @Nullable
    String find(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            String unique = scope.declared.get(name);
            if (unique != null) {
                scope.used.add(name);
                if (scope != this) {
                    mentioned.add(name);
                }
                return unique;
            }
        }
        mentioned.add(name);
        return null;
    }
}
