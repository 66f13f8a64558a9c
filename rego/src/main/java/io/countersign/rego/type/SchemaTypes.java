package io.countersign.rego.type;

import io.countersign.rego.value.Paths;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Types from JSON Schema. As in OPA an object with properties has no others, whatever `additionalProperties` says, so that
 * a misspelt name is found; what a schema does not tell may be anything.
 */
public final class SchemaTypes {

    private static final int DEEPEST = 24;
    private static final Type OBJECT = new Type.ObjectOf(Map.of(), Type.ANY, Type.ANY);
    private static final Type ARRAY = new Type.ArrayOf(List.of(), Type.ANY);

    private final Value root;

    private SchemaTypes(Value root) {
        this.root = root;
    }

    /** The type of what a schema allows. */
    public static Type of(Value schema) {
        return new SchemaTypes(schema).type(schema, 0);
    }

    private Type type(@Nullable Value schema, int depth) {
        if (!(schema instanceof RegoObject object) || depth > DEEPEST) {
            return Type.ANY;
        }
        if (object.get("$ref") instanceof RegoString ref) {
            return type(target(ref.value()), depth + 1);
        }
        if (object.get("anyOf") instanceof RegoArray choices) {
            return union(choices, depth);
        }
        if (object.get("oneOf") instanceof RegoArray choices) {
            return union(choices, depth);
        }
        if (object.get("allOf") instanceof RegoArray parts) {
            return merged(object, parts, depth);
        }
        List<Type> types = new ArrayList<>();
        Value named = object.get("type");
        if (named instanceof RegoString one) {
            types.add(named(one.value(), object, depth));
        } else if (named instanceof RegoArray several) {
            several.list()
                    .forEach(
                            one -> types.add(one instanceof RegoString s ? named(s.value(), object, depth) : Type.ANY));
        } else if (object.get("properties") != null) {
            types.add(named("object", object, depth));
        } else if (object.get("items") != null) {
            types.add(named("array", object, depth));
        }
        return Types.union(types);
    }

    private Type union(RegoArray choices, int depth) {
        List<Type> types = new ArrayList<>();
        choices.list().forEach(choice -> types.add(type(choice, depth + 1)));
        return Types.union(types);
    }

    /** What all parts allow: the properties of all of them, or whatever is told first. */
    private Type merged(RegoObject object, RegoArray parts, int depth) {
        List<Value> all = new ArrayList<>(parts.list());
        all.add(withoutParts(object));
        Map<Value, Type> known = new HashMap<>();
        Type other = Type.ANY;
        for (Value part : all) {
            Type type = type(part, depth + 1);
            if (type instanceof Type.ObjectOf one && one.key() == null) {
                known.putAll(one.known());
            } else if (other.equals(Type.ANY)) {
                other = type;
            }
        }
        return known.isEmpty() ? other : new Type.ObjectOf(known, null, null);
    }

    private static RegoObject withoutParts(RegoObject object) {
        RegoObject.Builder rest = new RegoObject.Builder(object.size());
        object.entries().forEach(entry -> {
            if (!entry.getKey().equals(RegoString.of("allOf"))) {
                rest.put(entry.getKey(), entry.getValue());
            }
        });
        return rest.build();
    }

    private Type named(String name, RegoObject schema, int depth) {
        return switch (name) {
            case "null" -> Type.NULL;
            case "boolean" -> Type.BOOLEAN;
            case "string" -> Type.STRING;
            case "integer", "number" -> Type.NUMBER;
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            default -> Type.ANY;
        };
    }

    private Type object(RegoObject schema, int depth) {
        if (!(schema.get("properties") instanceof RegoObject properties) || properties.size() == 0) {
            return OBJECT;
        }
        Map<Value, Type> known = new HashMap<>();
        properties.entries().forEach(entry -> known.put(entry.getKey(), type(entry.getValue(), depth + 1)));
        return new Type.ObjectOf(known, null, null);
    }

    private Type array(RegoObject schema, int depth) {
        Value items = schema.get("items");
        if (items instanceof RegoArray each && each.size() > 0) {
            List<Type> first = new ArrayList<>();
            each.list().forEach(item -> first.add(type(item, depth + 1)));
            return new Type.ArrayOf(first, null);
        }
        return items == null ? ARRAY : new Type.ArrayOf(List.of(), type(items, depth + 1));
    }

    /** What a ref within the schema leads to, or null. */
    private @Nullable Value target(String ref) {
        if (!ref.startsWith("#")) {
            return null;
        }
        Value at = root;
        for (String part : ref.substring(1).split("/", -1)) {
            if (at == null || part.isEmpty()) {
                continue;
            }
            String name = part.replace("~1", "/").replace("~0", "~");
            boolean index = at instanceof RegoArray && name.chars().allMatch(Character::isDigit) && name.length() < 9;
            at = Paths.step(at, index ? RegoNumber.of(Integer.parseInt(name)) : RegoString.of(name));
        }
        return at;
    }
}
