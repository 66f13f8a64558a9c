package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.GraphqlRules.list;
import static io.countersign.rego.builtin.GraphqlRules.text;
import static io.countersign.rego.builtin.GraphqlRules.wrong;

import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what one operation gives for arguments is of their types, and which of its variables it uses. */
final class GraphqlValues {

    private static final String VARIABLE = "0";
    private static final String NULL = "6";
    private static final String ENUM = "7";
    private static final String LIST = "8";
    private static final String OBJECT = "9";

    private final GraphqlRules rules;
    private final Map<String, RegoObject> variables;
    private final Set<String> used = new HashSet<>();

    GraphqlValues(GraphqlRules rules, Map<String, RegoObject> variables) {
        this.rules = rules;
        this.variables = variables;
    }

    Set<String> used() {
        return used;
    }

    /** Checks the arguments of a field or directive against those it is declared with. */
    void arguments(List<RegoObject> given, List<RegoObject> declared) {
        Set<String> seen = new HashSet<>();
        for (RegoObject argument : given) {
            String name = text(argument, "Name");
            if (!seen.add(name)) {
                throw wrong("There can be only one argument named \"" + name + "\".");
            }
            declared.stream()
                    .filter(one -> text(one, "Name").equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            one -> value(argument.get("Value"), one.get("Type"), one.get("DefaultValue") != null),
                            () -> value(argument.get("Value"), null, false));
        }
    }

    /** Checks a value against a type; of values without a known type only the variables are looked at. */
    void value(@Nullable Value given, @Nullable Value type, boolean hasDefault) {
        if (!(given instanceof RegoObject value)) {
            return;
        }
        String kind = String.valueOf(value.get("Kind"));
        if (kind.equals(VARIABLE)) {
            variable(text(value, "Raw"), type, hasDefault);
        } else if (!(type instanceof RegoObject expected)) {
            list(value, "Children").forEach(child -> value(child.get("Value"), null, false));
        } else if (kind.equals(NULL)) {
            if (isNonNull(expected)) {
                throw wrong("Expected value of type \"" + shown(expected) + "\", found null.");
            }
        } else if (expected.get("Elem") != null) {
            if (kind.equals(LIST)) {
                list(value, "Children").forEach(child -> value(child.get("Value"), expected.get("Elem"), false));
            } else {
                value(given, expected.get("Elem"), false);
            }
        } else {
            named(value, kind, expected);
        }
    }

    private void named(RegoObject value, String kind, RegoObject expected) {
        String name = text(expected, "NamedType");
        boolean fits = switch (name) {
            case "Int" -> kind.equals("1");
            case "Float" -> kind.equals("1") || kind.equals("2");
            case "String" -> kind.equals("3") || kind.equals("4");
            case "Boolean" -> kind.equals("5");
            case "ID" -> kind.equals("1") || kind.equals("3") || kind.equals("4");
            default -> declared(value, kind, name);
        };
        if (!fits) {
            throw wrong(name + " cannot represent value: " + text(value, "Raw"));
        }
    }

    private boolean declared(RegoObject value, String kind, String name) {
        RegoObject type = rules.type(name);
        if (type != null && text(type, "Kind").equals("ENUM")) {
            boolean known = list(type, "EnumValues").stream()
                    .anyMatch(one -> text(one, "Name").equals(text(value, "Raw")));
            if (!kind.equals(ENUM) || !known) {
                throw wrong("Value \"" + text(value, "Raw") + "\" does not exist in \"" + name + "\" enum.");
            }
            return true;
        }
        if (type != null && text(type, "Kind").equals("INPUT_OBJECT")) {
            if (kind.equals(OBJECT)) {
                fields(list(value, "Children"), name);
            }
            return kind.equals(OBJECT);
        }
        list(value, "Children").forEach(child -> value(child.get("Value"), null, false));
        return true;
    }

    private void fields(List<RegoObject> given, String type) {
        List<RegoObject> declared = rules.fields(type);
        Set<String> seen = new HashSet<>();
        for (RegoObject child : given) {
            String name = text(child, "Name");
            if (!seen.add(name)) {
                throw wrong("There can be only one input field named \"" + name + "\".");
            }
            RegoObject field = declared.stream()
                    .filter(one -> text(one, "Name").equals(name))
                    .findFirst()
                    .orElseThrow(() -> wrong("Field \"" + name + "\" is not defined by type \"" + type + "\"."));
            value(child.get("Value"), field.get("Type"), field.get("DefaultValue") != null);
        }
        for (RegoObject field : declared) {
            boolean needed = isNonNull(field.get("Type")) && field.get("DefaultValue") == null;
            if (needed && !seen.contains(text(field, "Name"))) {
                throw wrong("Field \"" + type + "." + text(field, "Name") + "\" of required type \""
                        + shown(field.get("Type")) + "\" was not provided.");
            }
        }
    }

    private void variable(String name, @Nullable Value type, boolean hasDefault) {
        used.add(name);
        RegoObject variable = variables.get(name);
        if (variable == null) {
            throw wrong("Variable \"$" + name + "\" is not defined.");
        }
        boolean filled = variable.get("DefaultValue") instanceof RegoObject value
                && !String.valueOf(value.get("Kind")).equals(NULL);
        if (type instanceof RegoObject wanted
                && !goesInto(variable.get("Type"), wanted, isNonNull(wanted) && !filled && !hasDefault)) {
            throw wrong("Variable \"$" + name + "\" of type \"" + shown(variable.get("Type"))
                    + "\" used in position expecting type \"" + shown(type) + "\".");
        }
    }

    private static boolean goesInto(@Nullable Value given, RegoObject wanted, boolean nonNull) {
        if (!(given instanceof RegoObject type) || !text(type, "NamedType").equals(text(wanted, "NamedType"))) {
            return false;
        }
        if (nonNull && !isNonNull(type)) {
            return false;
        }
        boolean list = type.get("Elem") != null;
        if (list != (wanted.get("Elem") != null)) {
            return false;
        }
        return !list
                || (wanted.get("Elem") instanceof RegoObject inner
                        && goesInto(type.get("Elem"), inner, isNonNull(inner)));
    }

    /** Whether a value of one type can be given where the other is expected. */
    static boolean isCompatible(@Nullable Value given, @Nullable Value wanted) {
        return wanted instanceof RegoObject type && goesInto(given, type, isNonNull(type));
    }

    static boolean isNonNull(@Nullable Value type) {
        return type instanceof RegoObject object && RegoBoolean.TRUE.equals(object.get("NonNull"));
    }

    /** A type as it is written. */
    static String shown(@Nullable Value type) {
        if (!(type instanceof RegoObject object)) {
            return "";
        }
        Value element = object.get("Elem");
        String text = element == null ? text(object, "NamedType") : "[" + shown(element) + "]";
        return isNonNull(object) ? text + "!" : text;
    }
}
