package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.GraphqlRules.list;
import static io.countersign.rego.builtin.GraphqlRules.names;
import static io.countersign.rego.builtin.GraphqlRules.text;
import static io.countersign.rego.builtin.GraphqlRules.wrong;

import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directives of a schema, those of GraphQL itself included, and whether they stand where they may. */
final class GraphqlDirectives {

    private static final Map<String, RegoObject> BUILT_IN = new HashMap<>();

    static {
        String source = """
                directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
                directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
                directive @deprecated(reason: String = "No longer supported")
                  on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
                directive @specifiedBy(url: String!) on SCALAR
                directive @defer(if: Boolean = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
                directive @oneOf on INPUT_OBJECT
                """;
        list(new GraphqlParser(source).schema(), "Directives").forEach(one -> BUILT_IN.put(text(one, "Name"), one));
    }

    private final Map<String, RegoObject> known = new HashMap<>(BUILT_IN);

    GraphqlDirectives(RegoObject document) {
        for (RegoObject directive : list(document, "Directives")) {
            String name = text(directive, "Name");
            if (known.put(name, directive) != null && !BUILT_IN.containsKey(name)) {
                throw wrong("Cannot redeclare directive " + name + ".");
            }
        }
    }

    List<RegoObject> arguments(String name) {
        RegoObject directive = known.get(name);
        return directive == null ? List.of() : list(directive, "Arguments");
    }

    boolean isRepeatable(String name) {
        RegoObject directive = known.get(name);
        return directive != null && RegoBoolean.TRUE.equals(directive.get("IsRepeatable"));
    }

    /** Checks the directives of a part of a schema; one that is being declared must not use itself. */
    void inSchema(RegoObject node, String location, @Nullable String declared) {
        for (RegoObject directive : list(node, "Directives")) {
            String name = text(directive, "Name");
            if (name.equals(declared)) {
                throw wrong("Directive " + name + " cannot refer to itself.");
            }
            RegoObject definition = known.get(name);
            if (definition == null) {
                throw wrong("Undefined directive " + name + ".");
            }
            if (!names(definition, "Locations").contains(location)) {
                throw wrong("Directive " + name + " is not applicable on " + location + ".");
            }
            for (RegoObject argument : list(directive, "Arguments")) {
                if (list(definition, "Arguments").stream()
                        .noneMatch(one -> text(one, "Name").equals(text(argument, "Name")))) {
                    throw wrong("Undefined argument " + text(argument, "Name") + " for directive " + name + ".");
                }
            }
            String missing = missing(directive, definition);
            if (missing != null) {
                throw wrong("Argument " + missing + " for directive " + name + " cannot be null.");
            }
        }
    }

    /** Checks the directives of a part of a query. */
    void inQuery(RegoObject node, String location) {
        for (RegoObject directive : list(node, "Directives")) {
            String name = text(directive, "Name");
            RegoObject definition = known.get(name);
            if (definition == null) {
                throw wrong("Unknown directive \"@" + name + "\".");
            }
            if (!names(definition, "Locations").contains(location)) {
                throw wrong("Directive \"@" + name + "\" may not be used on " + location + ".");
            }
            Set<String> declared = new java.util.HashSet<>();
            list(definition, "Arguments").forEach(one -> declared.add(text(one, "Name")));
            for (RegoObject argument : list(directive, "Arguments")) {
                if (!declared.contains(text(argument, "Name"))) {
                    throw wrong("Unknown argument \"" + text(argument, "Name") + "\" on directive \"@" + name + "\".");
                }
            }
            String missing = missing(directive, definition);
            if (missing != null) {
                throw wrong("Argument \"" + missing + "\" of directive \"@" + name
                        + "\" is required, but it was not provided.");
            }
        }
    }

    /** An argument that must be given and is not, or null. */
    private static @Nullable String missing(RegoObject directive, RegoObject definition) {
        for (RegoObject argument : list(definition, "Arguments")) {
            boolean given = list(directive, "Arguments").stream()
                    .anyMatch(one -> text(one, "Name").equals(text(argument, "Name"))
                            && one.get("Value") instanceof RegoObject value
                            && !String.valueOf(value.get("Kind")).equals("6"));
            if (!given && GraphqlValues.isNonNull(argument.get("Type")) && argument.get("DefaultValue") == null) {
                return text(argument, "Name");
            }
        }
        return null;
    }
}
