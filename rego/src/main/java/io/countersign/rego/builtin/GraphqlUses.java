package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.GraphqlRules.leaf;
import static io.countersign.rego.builtin.GraphqlRules.list;
import static io.countersign.rego.builtin.GraphqlRules.names;
import static io.countersign.rego.builtin.GraphqlRules.text;
import static io.countersign.rego.builtin.GraphqlRules.wrong;

import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a query must obey as a whole: names used once, nothing declared in vain, fields that can be told apart. */
final class GraphqlUses {

    private static final Set<String> COMPOSITE = Set.of("OBJECT", "INTERFACE", "UNION");

    private final Host host;
    private final GraphqlRules rules;
    private final Map<String, RegoObject> fragments = new LinkedHashMap<>();
    private final Set<String> spread = new HashSet<>();

    GraphqlUses(Host host, GraphqlRules rules) {
        this.host = host;
        this.rules = rules;
    }

    /** Fails with the first rule that a query breaks, whose fields were found before. */
    void check(RegoObject query, Map<String, String> roots) {
        for (RegoObject fragment : list(query, "Fragments")) {
            String name = text(fragment, "Name");
            if (fragments.put(name, fragment) != null) {
                throw wrong("There can be only one fragment named \"" + name + "\".");
            }
            if (!isComposite(text(fragment, "TypeCondition"))) {
                throw wrong("Fragment \"" + name + "\" cannot condition on non composite type \""
                        + text(fragment, "TypeCondition") + "\".");
            }
        }
        Set<String> names = new HashSet<>();
        List<RegoObject> operations = list(query, "Operations");
        for (RegoObject operation : operations) {
            String name = text(operation, "Name");
            if (name.isEmpty() && operations.size() > 1) {
                throw wrong("This anonymous operation must be the only defined operation.");
            }
            if (!names.add(name)) {
                throw wrong("There can be only one operation named \"" + name + "\".");
            }
            operation(operation, roots.getOrDefault(text(operation, "Operation"), ""));
        }
        for (String name : fragments.keySet()) {
            if (!spread.contains(name)) {
                throw wrong("Fragment \"" + name + "\" is never used.");
            }
        }
    }

    private boolean isComposite(String name) {
        RegoObject type = rules.type(name);
        return type != null && COMPOSITE.contains(text(type, "Kind"));
    }

    private void operation(RegoObject operation, String root) {
        Map<String, RegoObject> variables = new HashMap<>();
        for (RegoObject variable : list(operation, "VariableDefinitions")) {
            String name = text(variable, "Variable");
            if (variables.put(name, variable) != null) {
                throw wrong("There can be only one variable named \"$" + name + "\".");
            }
            if (isComposite(leaf(variable.get("Type")))) {
                throw wrong("Variable \"$" + name + "\" cannot be non-input type \""
                        + GraphqlValues.shown(variable.get("Type")) + "\".");
            }
            new GraphqlValues(rules, Map.of()).value(variable.get("DefaultValue"), variable.get("Type"), false);
        }
        GraphqlValues values = new GraphqlValues(rules, variables);
        directives(operation, text(operation, "Operation").toUpperCase(Locale.ROOT), values);
        List<RegoObject> selections = list(operation, "SelectionSet");
        selections(selections, root, values, new HashSet<>());
        Map<String, List<Found>> fields = fields(selections, root);
        apart(fields);
        String name = text(operation, "Name");
        if (text(operation, "Operation").equals("subscription") && fields.size() != 1) {
            throw wrong((name.isEmpty() ? "Anonymous Subscription" : "Subscription \"" + name + "\"")
                    + " must select only one top level field.");
        }
        for (String variable : variables.keySet()) {
            if (!values.used().contains(variable)) {
                throw wrong("Variable \"$" + variable + "\" is never used"
                        + (name.isEmpty() ? "." : " in operation \"" + name + "\"."));
            }
        }
    }

    private void selections(List<RegoObject> selections, String type, GraphqlValues values, Set<String> within) {
        for (RegoObject selection : selections) {
            directives(selection, location(selection), values);
            if (selection.get("Alias") != null) {
                RegoObject definition = field(type, text(selection, "Name"));
                if (definition != null) {
                    values.arguments(list(selection, "Arguments"), list(definition, "Arguments"));
                    selections(list(selection, "SelectionSet"), leaf(definition.get("Type")), values, within);
                }
                continue;
            }
            RegoObject fragment = fragment(selection);
            String condition = text(fragment, "TypeCondition");
            if (!condition.isEmpty()) {
                possible(condition, type);
            }
            if (fragment.equals(selection)) {
                selections(list(fragment, "SelectionSet"), condition.isEmpty() ? type : condition, values, within);
            } else if (within.add(text(selection, "Name"))) {
                spread.add(text(selection, "Name"));
                directives(fragment, "FRAGMENT_DEFINITION", values);
                selections(list(fragment, "SelectionSet"), condition, values, within);
            }
        }
    }

    /** The fragment that a selection spreads, or itself if it is written inline. */
    private RegoObject fragment(RegoObject selection) {
        return selection.get("TypeCondition") != null || selection.get("SelectionSet") != null
                ? selection
                : fragments.getOrDefault(text(selection, "Name"), RegoObject.EMPTY);
    }

    private static String location(RegoObject selection) {
        return selection.get("Alias") != null
                ? "FIELD"
                : selection.get("SelectionSet") != null ? "INLINE_FRAGMENT" : "FRAGMENT_SPREAD";
    }

    private void directives(RegoObject node, String location, GraphqlValues values) {
        rules.directives().inQuery(node, location);
        Set<String> seen = new HashSet<>();
        for (RegoObject directive : list(node, "Directives")) {
            String name = text(directive, "Name");
            if (!seen.add(name) && !rules.directives().isRepeatable(name)) {
                throw wrong("The directive \"@" + name + "\" can only be used once at this location.");
            }
            values.arguments(list(directive, "Arguments"), rules.directives().arguments(name));
        }
    }

    private void possible(String condition, String parent) {
        Set<String> shared = rules.objects(condition);
        shared.retainAll(rules.objects(parent));
        if (shared.isEmpty()) {
            throw wrong("Fragment cannot be spread here as objects of type \"" + parent + "\" can never be of type \""
                    + condition + "\".");
        }
    }

    private @Nullable RegoObject field(String type, String name) {
        return rules.fields(type).stream()
                .filter(one -> text(one, "Name").equals(name))
                .findFirst()
                .orElse(null);
    }

    // --- Fields that can be told apart ---

    /** A field where it is selected. */
    private record Found(String type, RegoObject selection) {}

    private Map<String, List<Found>> fields(List<RegoObject> selections, String type) {
        Map<String, List<Found>> found = new LinkedHashMap<>();
        gather(selections, type, found, new HashSet<>());
        return found;
    }

    private void gather(List<RegoObject> selections, String type, Map<String, List<Found>> found, Set<String> within) {
        for (RegoObject selection : selections) {
            if (selection.get("Alias") != null) {
                found.computeIfAbsent(text(selection, "Alias"), alias -> new ArrayList<>())
                        .add(new Found(type, selection));
                continue;
            }
            RegoObject fragment = fragment(selection);
            if (fragment.equals(selection) || within.add(text(selection, "Name"))) {
                String condition = text(fragment, "TypeCondition");
                gather(list(fragment, "SelectionSet"), condition.isEmpty() ? type : condition, found, within);
            }
        }
    }

    private void apart(Map<String, List<Found>> fields) {
        fields.forEach((alias, all) -> {
            Found first = all.get(0);
            List<RegoObject> inner = new ArrayList<>();
            host.work(all.size());
            for (Found one : all) {
                conflict(alias, first, one);
                inner.addAll(list(one.selection(), "SelectionSet"));
            }
            RegoObject definition = field(first.type(), text(first.selection(), "Name"));
            if (definition != null && !inner.isEmpty()) {
                apart(fields(inner, leaf(definition.get("Type"))));
            }
        });
    }

    private void conflict(String alias, Found a, Found b) {
        boolean together = a.type().equals(b.type()) || !isObject(a.type()) || !isObject(b.type());
        String one = text(a.selection(), "Name");
        String other = text(b.selection(), "Name");
        if (together && !one.equals(other)) {
            throw wrong("Fields \"" + alias + "\" conflict because \"" + one + "\" and \"" + other
                    + "\" are different fields.");
        }
        if (together && !arguments(a.selection()).equals(arguments(b.selection()))) {
            throw wrong("Fields \"" + alias + "\" conflict because they have differing arguments.");
        }
    }

    private boolean isObject(String name) {
        RegoObject type = rules.type(name);
        return type != null && text(type, "Kind").equals("OBJECT");
    }

    private static Map<String, Value> arguments(RegoObject selection) {
        Map<String, Value> arguments = new HashMap<>();
        for (RegoObject one : list(selection, "Arguments")) {
            Value value = one.get("Value");
            arguments.put(text(one, "Name"), value == null ? one : value);
        }
        return arguments;
    }

    /** The object types that a type may stand for. */
    static Set<String> objects(String name, Map<String, RegoObject> types) {
        Set<String> found = new HashSet<>();
        RegoObject type = types.get(name);
        switch (type == null ? "" : text(type, "Kind")) {
            case "OBJECT" -> found.add(name);
            case "UNION" -> found.addAll(names(type == null ? RegoObject.EMPTY : type, "Types"));
            case "INTERFACE" ->
                types.forEach((other, definition) -> {
                    if (text(definition, "Kind").equals("OBJECT")
                            && names(definition, "Interfaces").contains(name)) {
                        found.add(other);
                    }
                });
            default -> {}
        }
        return found;
    }
}
