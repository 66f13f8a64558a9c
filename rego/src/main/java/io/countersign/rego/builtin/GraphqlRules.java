package io.countersign.rego.builtin;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A schema with its extensions merged, checked; and the queries it answers. */
@SuppressWarnings("ReferenceEquality")
final class GraphqlRules {

    static final Set<String> LOCATIONS = Set.of(
            "QUERY",
            "MUTATION",
            "SUBSCRIPTION",
            "FIELD",
            "FRAGMENT_DEFINITION",
            "FRAGMENT_SPREAD",
            "INLINE_FRAGMENT",
            "VARIABLE_DEFINITION",
            "SCHEMA",
            "SCALAR",
            "OBJECT",
            "FIELD_DEFINITION",
            "ARGUMENT_DEFINITION",
            "INTERFACE",
            "UNION",
            "ENUM",
            "ENUM_VALUE",
            "INPUT_OBJECT",
            "INPUT_FIELD_DEFINITION");
    private static final Set<String> SCALARS = Set.of("Int", "Float", "String", "Boolean", "ID");
    private final Map<String, RegoObject> types = new HashMap<>();
    private final Map<String, List<RegoObject>> fields = new HashMap<>();
    private final Map<String, String> roots = new HashMap<>();
    private final GraphqlDirectives directives;

    private GraphqlRules(GraphqlDirectives directives) {
        this.directives = directives;
    }

    static BuiltinFailure wrong(String message) {
        return BuiltinFailure.error(message + " in GraphQL string at location 1:1");
    }

    static List<RegoObject> list(RegoObject of, String key) {
        List<RegoObject> found = new ArrayList<>();
        if (of.get(key) instanceof RegoArray array) {
            for (Value value : array.list()) {
                if (value instanceof RegoObject object) {
                    found.add(object);
                }
            }
        }
        return found;
    }

    static List<String> names(RegoObject of, String key) {
        List<String> found = new ArrayList<>();
        if (of.get(key) instanceof RegoArray array) {
            array.list().forEach(value -> found.add(value instanceof RegoString s ? s.value() : value.toString()));
        }
        return found;
    }

    static String text(RegoObject of, String key) {
        return of.get(key) instanceof RegoString s ? s.value() : "";
    }

    /** The rules of a schema document. Fails when it contradicts itself. */
    static GraphqlRules of(RegoObject document) {
        GraphqlRules rules = new GraphqlRules(new GraphqlDirectives(document));
        rules.gather(document);
        rules.check(document);
        return rules;
    }

    private void gather(RegoObject document) {
        for (RegoObject definition : list(document, "Definitions")) {
            String name = text(definition, "Name");
            if (types.put(name, definition) != null || SCALARS.contains(name)) {
                throw wrong("Cannot redeclare type " + name + ".");
            }
            fields.put(name, new ArrayList<>(list(definition, "Fields")));
        }
        for (RegoObject extension : list(document, "Extensions")) {
            String name = text(extension, "Name");
            RegoObject known = types.get(name);
            if (known == null) {
                types.put(name, extension);
                fields.put(name, new ArrayList<>(list(extension, "Fields")));
                continue;
            }
            if (!text(known, "Kind").equals(text(extension, "Kind"))) {
                throw wrong("Cannot extend type " + name + " because the base type is a " + text(known, "Kind")
                        + ", not " + text(extension, "Kind") + ".");
            }
            fields.computeIfAbsent(name, n -> new ArrayList<>()).addAll(list(extension, "Fields"));
            types.put(name, merged(known, extension));
        }
        for (String operation : List.of("Query", "Mutation", "Subscription")) {
            if (types.containsKey(operation)) {
                roots.put(operation.toLowerCase(java.util.Locale.ROOT), operation);
            }
        }
    }

    private static RegoObject merged(RegoObject a, RegoObject b) {
        RegoObject all = a;
        for (String key : List.of("Interfaces", "Types", "EnumValues", "Directives")) {
            if (b.get(key) instanceof RegoArray more) {
                List<Value> items = new ArrayList<>();
                if (a.get(key) instanceof RegoArray some) {
                    items.addAll(some.list());
                }
                items.addAll(more.list());
                all = all.with(RegoString.of(key), RegoArray.of(items));
            }
        }
        return all;
    }

    private void check(RegoObject document) {
        List<RegoObject> schemas = new ArrayList<>(list(document, "Schema"));
        if (schemas.size() > 1) {
            throw wrong("Cannot have multiple schema entry points, consider schema extensions instead.");
        }
        schemas.addAll(list(document, "SchemaExtension"));
        for (RegoObject schema : schemas) {
            directives.inSchema(schema, "SCHEMA", null);
            for (RegoObject operation : list(schema, "OperationTypes")) {
                String type = text(operation, "Type");
                if (!types.containsKey(type)) {
                    throw wrong("Schema root " + text(operation, "Operation") + " refers to a type " + type
                            + " that does not exist.");
                }
                roots.put(text(operation, "Operation"), type);
            }
        }
        types.values().forEach(this::checkType);
        for (RegoObject directive : list(document, "Directives")) {
            checkName(text(directive, "Name"));
            list(directive, "Arguments").forEach(argument -> checkArgument(argument, text(directive, "Name")));
        }
    }

    private static void checkName(String name) {
        if (name.startsWith("__")) {
            throw wrong(
                    "Name \"" + name + "\" must not begin with \"__\", which is reserved by GraphQL introspection.");
        }
    }

    private boolean isType(String name) {
        return types.containsKey(name) || SCALARS.contains(name);
    }

    private void checkReference(RegoObject typed) {
        String name = leaf(typed.get("Type"));
        if (!isType(name)) {
            throw wrong("Undefined type " + name + ".");
        }
    }

    static String leaf(@Nullable Value type) {
        Value at = type;
        while (at instanceof RegoObject object && object.get("Elem") != null) {
            at = object.get("Elem");
        }
        return at instanceof RegoObject object ? text(object, "NamedType") : "";
    }

    private void checkArgument(RegoObject argument, @Nullable String directive) {
        checkName(text(argument, "Name"));
        checkReference(argument);
        directives.inSchema(argument, "ARGUMENT_DEFINITION", directive);
        RegoObject type = types.get(leaf(argument.get("Type")));
        if (type != null && Set.of("OBJECT", "INTERFACE", "UNION").contains(text(type, "Kind"))) {
            throw wrong("cannot use " + text(type, "Name") + " as argument " + text(argument, "Name") + " because "
                    + text(type, "Kind") + " is not a valid input type");
        }
    }

    private void checkType(RegoObject type) {
        String name = text(type, "Name");
        checkName(name);
        List<RegoObject> own = fields.getOrDefault(name, List.of());
        String kind = text(type, "Kind");
        directives.inSchema(type, kind, null);
        boolean needsFields = kind.equals("OBJECT") || kind.equals("INTERFACE") || kind.equals("INPUT_OBJECT");
        if (needsFields && own.isEmpty()) {
            throw wrong(kind + " " + name + ": must define one or more fields.");
        }
        if (kind.equals("ENUM") && list(type, "EnumValues").isEmpty()) {
            throw wrong("ENUM " + name + ": must define one or more unique enum values.");
        }
        Set<String> seen = new HashSet<>();
        for (RegoObject field : own) {
            if (!seen.add(text(field, "Name"))) {
                throw wrong("Field " + name + "." + text(field, "Name") + " can only be defined once.");
            }
            checkName(text(field, "Name"));
            checkReference(field);
            String location = kind.equals("INPUT_OBJECT") ? "INPUT_FIELD_DEFINITION" : "FIELD_DEFINITION";
            directives.inSchema(field, location, null);
            list(field, "Arguments").forEach(argument -> checkArgument(argument, null));
            checkUse(kind, field);
        }
        for (RegoObject value : list(type, "EnumValues")) {
            if (Set.of("true", "false", "null").contains(text(value, "Name"))) {
                throw wrong("ENUM " + name + ": non-enum value " + text(value, "Name") + ".");
            }
            directives.inSchema(value, "ENUM_VALUE", null);
        }
        for (String member : names(type, "Types")) {
            RegoObject of = types.get(member);
            if (of == null || !text(of, "Kind").equals("OBJECT")) {
                throw wrong("Undefined type \"" + member + "\".");
            }
        }
        for (String implemented : names(type, "Interfaces")) {
            checkInterface(type, own, implemented);
        }
    }

    private void checkUse(String kind, RegoObject field) {
        RegoObject type = types.get(leaf(field.get("Type")));
        boolean input = type != null && text(type, "Kind").equals("INPUT_OBJECT");
        boolean output = type != null && Set.of("OBJECT", "INTERFACE", "UNION").contains(text(type, "Kind"));
        if (kind.equals("INPUT_OBJECT") ? output : input) {
            throw wrong("field " + text(field, "Name") + " cannot have the type " + leaf(field.get("Type")));
        }
    }

    private void checkInterface(RegoObject type, List<RegoObject> own, String name) {
        RegoObject implemented = types.get(name);
        if (implemented == null) {
            throw wrong("Undefined type \"" + name + "\".");
        }
        if (!text(implemented, "Kind").equals("INTERFACE")) {
            throw wrong(name + " is a non interface type " + text(implemented, "Kind") + ".");
        }
        if (name.equals(text(type, "Name"))) {
            throw wrong(
                    "Type " + name + " cannot implement " + name + " because it would create a circular reference.");
        }
        String head = "For " + text(type, "Name") + " to implement " + name;
        for (RegoObject wanted : fields.getOrDefault(name, List.of())) {
            RegoObject found = named(own, text(wanted, "Name"));
            if (found == null) {
                throw wrong(head + " it must have a field called " + text(wanted, "Name") + ".");
            }
            if (!covers(wanted.get("Type"), found.get("Type"))) {
                throw wrong(head + " the field " + text(wanted, "Name") + " must have type "
                        + GraphqlValues.shown(wanted.get("Type")) + ".");
            }
            checkArguments(head, wanted, found);
        }
        for (String further : names(implemented, "Interfaces")) {
            if (!names(type, "Interfaces").contains(further)) {
                throw wrong("Type " + text(type, "Name") + " must implement " + further
                        + " because it is implemented by " + name + ".");
            }
        }
    }

    private static void checkArguments(String head, RegoObject wanted, RegoObject found) {
        String field = text(wanted, "Name");
        for (RegoObject argument : list(wanted, "Arguments")) {
            RegoObject same = named(list(found, "Arguments"), text(argument, "Name"));
            if (same == null) {
                throw wrong(head + " the field " + field + " must have the same arguments but it is missing "
                        + text(argument, "Name") + ".");
            }
            if (!GraphqlValues.isCompatible(argument.get("Type"), same.get("Type"))) {
                throw wrong(head + " the field " + field + " must have the same arguments but " + text(argument, "Name")
                        + " has the wrong type.");
            }
        }
        for (RegoObject argument : list(found, "Arguments")) {
            boolean needed = GraphqlValues.isNonNull(argument.get("Type")) && argument.get("DefaultValue") == null;
            if (needed && named(list(wanted, "Arguments"), text(argument, "Name")) == null) {
                throw wrong(head + " any additional arguments on " + field
                        + " must be optional or have a default value but " + text(argument, "Name") + " is required.");
            }
        }
    }

    /** Whether a field of an actual type can stand for one of the type that is required. */
    private boolean covers(@Nullable Value required, @Nullable Value actual) {
        if (!(required instanceof RegoObject wanted) || !(actual instanceof RegoObject given)) {
            return false;
        }
        if (GraphqlValues.isNonNull(wanted) && !GraphqlValues.isNonNull(given)) {
            return false;
        }
        if (wanted.get("Elem") != null) {
            return given.get("Elem") != null && covers(wanted.get("Elem"), given.get("Elem"));
        }
        String name = text(wanted, "NamedType");
        return given.get("Elem") == null
                && (name.equals(text(given, "NamedType")) || objects(name).contains(text(given, "NamedType")));
    }

    private static @Nullable RegoObject named(List<RegoObject> all, String name) {
        return all.stream()
                .filter(one -> text(one, "Name").equals(name))
                .findFirst()
                .orElse(null);
    }

    // --- Queries ---

    /** Fails with the first rule that a query breaks. */
    void validate(Host host, RegoObject query, Function<Value, String> place) {
        Map<String, RegoObject> fragments = new HashMap<>();
        list(query, "Fragments").forEach(fragment -> fragments.put(text(fragment, "Name"), fragment));
        for (RegoObject operation : list(query, "Operations")) {
            String kind = text(operation, "Operation");
            String root = roots.get(kind);
            if (root == null) {
                throw wrong("Schema does not support operation type \"" + kind + "\"");
            }
            Set<String> variables = new HashSet<>();
            list(operation, "VariableDefinitions").forEach(variable -> variables.add(text(variable, "Variable")));
            new Selections(fragments, place, variables).check(list(operation, "SelectionSet"), root, new HashSet<>());
        }
        for (RegoObject fragment : list(query, "Fragments")) {
            if (!types.containsKey(text(fragment, "TypeCondition"))) {
                throw wrong("Unknown type \"" + text(fragment, "TypeCondition") + "\".");
            }
        }
        new GraphqlUses(host, this).check(query, roots);
    }

    @Nullable
    RegoObject type(String name) {
        return types.get(name);
    }

    List<RegoObject> fields(String type) {
        return fields.getOrDefault(type, List.of());
    }

    GraphqlDirectives directives() {
        return directives;
    }

    /** The object types that a type may stand for. */
    Set<String> objects(String name) {
        return GraphqlUses.objects(name, types);
    }

    /** The fields one operation selects. */
    private final class Selections {
        private final Map<String, RegoObject> fragments;
        private final Function<Value, String> place;
        private final Set<String> variables;

        /** The fragments that were checked to their end: they mean the same wherever they are spread. */
        private final Set<String> checked = new HashSet<>();

        Selections(Map<String, RegoObject> fragments, Function<Value, String> place, Set<String> variables) {
            this.fragments = fragments;
            this.place = place;
            this.variables = variables;
        }

        void check(List<RegoObject> selections, String type, Set<String> within) {
            for (RegoObject selection : selections) {
                checkQueryDirectives(selection);
                if (selection.get("Alias") != null) {
                    field(selection, type, within);
                } else if (selection.get("TypeCondition") != null) {
                    String condition = text(selection, "TypeCondition");
                    if (!condition.isEmpty() && !types.containsKey(condition)) {
                        throw wrong("Unknown type \"" + condition + "\".");
                    }
                    check(list(selection, "SelectionSet"), condition.isEmpty() ? type : condition, within);
                } else {
                    spread(text(selection, "Name"), within);
                }
            }
        }

        private void checkQueryDirectives(RegoObject selection) {
            for (RegoObject directive : list(selection, "Directives")) {
                list(directive, "Arguments").forEach(argument -> variables(argument.get("Value")));
            }
        }

        private void spread(String name, Set<String> within) {
            RegoObject fragment = fragments.get(name);
            if (fragment == null) {
                throw wrong("Unknown fragment \"" + name + "\".");
            }
            if (within.contains(name)) {
                throw wrong("Cannot spread fragment \"" + name + "\" within itself.");
            }
            if (checked.contains(name)) {
                return;
            }
            Set<String> inner = new HashSet<>(within);
            inner.add(name);
            check(list(fragment, "SelectionSet"), text(fragment, "TypeCondition"), inner);
            checked.add(name);
        }

        private void variables(@Nullable Value value) {
            if (!(value instanceof RegoObject object)) {
                return;
            }
            if (String.valueOf(object.get("Kind")).equals("0") && !variables.contains(text(object, "Raw"))) {
                throw wrong("Variable \"$" + text(object, "Raw") + "\" is not defined.");
            }
            list(object, "Children").forEach(child -> variables(child.get("Value")));
        }

        private void field(RegoObject selection, String type, Set<String> within) {
            String name = text(selection, "Name");
            if (name.startsWith("__")) {
                return;
            }
            RegoObject definition = named(fields.getOrDefault(type, List.of()), name);
            if (definition == null) {
                throw GraphqlParser.error(
                        "Cannot query field \"" + name + "\" on type \"" + type + "\".", place.apply(selection));
            }
            List<RegoObject> given = list(selection, "Arguments");
            for (RegoObject argument : given) {
                if (named(list(definition, "Arguments"), text(argument, "Name")) == null) {
                    throw GraphqlParser.error(
                            "Unknown argument \"" + text(argument, "Name") + "\" on field \"" + type + "." + name
                                    + "\".",
                            place.apply(selection));
                }
                variables(argument.get("Value"));
            }
            for (RegoObject argument : list(definition, "Arguments")) {
                boolean needed = argument.get("DefaultValue") == null
                        && argument.get("Type") instanceof RegoObject of
                        && of.get("NonNull") == RegoBoolean.TRUE;
                if (needed && named(given, text(argument, "Name")) == null) {
                    throw GraphqlParser.error(
                            "Field \"" + name + "\" argument \"" + text(argument, "Name") + "\" of type \""
                                    + shown(argument.get("Type")) + "\" is required, but it was not provided",
                            place.apply(selection));
                }
            }
            String result = leaf(definition.get("Type"));
            List<RegoObject> inner = list(selection, "SelectionSet");
            RegoObject of = types.get(result);
            boolean composite =
                    of != null && Set.of("OBJECT", "INTERFACE", "UNION").contains(text(of, "Kind"));
            if (composite == inner.isEmpty()) {
                throw GraphqlParser.error(
                        composite
                                ? "Field \"" + name + "\" of type \"" + shown(definition.get("Type"))
                                        + "\" must have a selection of subfields."
                                : "Field \"" + name + "\" must not have a selection since type \""
                                        + shown(definition.get("Type")) + "\" has no subfields.",
                        place.apply(selection));
            }
            check(inner, result, within);
        }

        private static String shown(@Nullable Value type) {
            return GraphqlValues.shown(type);
        }
    }
}
