package io.countersign.rego.type;

import io.countersign.rego.type.Type.Any;
import io.countersign.rego.type.Type.ArrayOf;
import io.countersign.rego.type.Type.FunctionOf;
import io.countersign.rego.type.Type.ObjectOf;
import io.countersign.rego.type.Type.SetOf;
import io.countersign.rego.type.Type.Simple;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What follows from types: unions, what is beneath them, and whether two can have a value in common. */
public final class Types {

    private static final int MOST_PARTS = 32;
    private static final int LARGEST = 2000;

    private Types() {}

    /** Every value of any of them; where nothing is known of one, nothing is known. */
    public static Type union(List<Type> types) {
        Set<Type> parts = new LinkedHashSet<>();
        for (Type type : types) {
            if (type instanceof Any any && any.of().isEmpty()) {
                return Type.ANY;
            }
            parts.addAll(type instanceof Any any ? any.of() : List.of(type));
        }
        return parts.isEmpty() || parts.size() > MOST_PARTS
                ? Type.ANY
                : parts.size() == 1 ? parts.iterator().next() : new Any(List.copyOf(parts));
    }

    /**
     * The type, or any where it has thousands of parts: a type is compared and written part by part, and with a few dozen
     * rules that each hold the one before it twice it would have more parts than there is time for.
     */
    public static Type bounded(Type type) {
        return left(LARGEST, type) < 0 ? Type.ANY : type;
    }

    private static int left(int budget, @Nullable Type type) {
        int left = budget - 1;
        return switch (type) {
            case Any any -> left(left, any.of());
            case ArrayOf array -> left(left(left, array.first()), array.rest());
            case SetOf set -> left(left, set.element());
            case ObjectOf object -> left(left(left, object.known().values()), object.value());
            case null, default -> left;
        };
    }

    private static int left(int budget, Collection<Type> types) {
        int left = budget;
        for (Type type : types) {
            if (left < 0) {
                return left;
            }
            left = left(left, type);
        }
        return left;
    }

    /** What is under a key that is known, or null if there never is anything. */
    public static @Nullable Type under(Type type, Value key) {
        return switch (type) {
            case Simple s -> null;
            case FunctionOf f -> null;
            case Any any -> ofParts(any, part -> under(part, key));
            case ArrayOf array -> {
                int index = key instanceof RegoNumber number ? number.index() : -1;
                yield index < 0
                        ? null
                        : index < array.first().size() ? array.first().get(index) : array.rest();
            }
            case SetOf set -> meet(set.element(), of(key)) ? set.element() : null;
            case ObjectOf object -> {
                Type known = object.known().get(key);
                yield known != null || object.key() == null || !meet(object.key(), of(key)) ? known : object.value();
            }
        };
    }

    /** What the keys are, or null if there never are any. */
    public static @Nullable Type keys(Type type) {
        return switch (type) {
            case Simple s -> null;
            case FunctionOf f -> null;
            case Any any -> ofParts(any, Types::keys);
            case ArrayOf array -> Type.NUMBER;
            case SetOf set -> set.element();
            case ObjectOf object -> {
                List<Type> keys = new ArrayList<>();
                object.known().keySet().forEach(key -> keys.add(of(key)));
                if (object.key() != null) {
                    keys.add(object.key());
                }
                yield union(keys);
            }
        };
    }

    /** What is under any key, or null if there never is anything. */
    public static @Nullable Type values(Type type) {
        return switch (type) {
            case Simple s -> null;
            case FunctionOf f -> null;
            case Any any -> ofParts(any, Types::values);
            case SetOf set -> set.element();
            case ArrayOf array -> {
                List<Type> values = new ArrayList<>(array.first());
                if (array.rest() != null) {
                    values.add(array.rest());
                }
                yield union(values);
            }
            case ObjectOf object -> {
                List<Type> values = new ArrayList<>(object.known().values());
                if (object.value() != null) {
                    values.add(object.value());
                }
                yield union(values);
            }
        };
    }

    private static @Nullable Type ofParts(Any any, Function<Type, @Nullable Type> step) {
        if (any.of().isEmpty()) {
            return any;
        }
        List<Type> found = new ArrayList<>();
        for (Type part : any.of()) {
            Type one = step.apply(part);
            if (one != null) {
                found.add(one);
            }
        }
        return found.isEmpty() ? null : union(found);
    }

    /** The type of a value without parts, and only the kind of one that has parts. */
    public static Type of(Value value) {
        return switch (value.typeName()) {
            case "array" -> new ArrayOf(List.of(), Type.ANY);
            case "set" -> new SetOf(Type.ANY);
            case "object" -> new ObjectOf(Map.of(), Type.ANY, Type.ANY);
            default -> new Simple(value.typeName());
        };
    }

    /** Whether there may be a value that is of both types. */
    public static boolean meet(Type a, Type b) {
        if (a instanceof Any any) {
            return any.of().isEmpty() || any.of().stream().anyMatch(part -> meet(part, b));
        }
        return switch (b) {
            case Any any -> any.of().isEmpty() || any.of().stream().anyMatch(part -> meet(a, part));
            case Simple s -> s.equals(a);
            case FunctionOf f -> false;
            case SetOf set -> a instanceof SetOf other && meet(set.element(), other.element());
            case ArrayOf array -> a instanceof ArrayOf other && arrays(array, other);
            case ObjectOf object -> a instanceof ObjectOf other && objects(object, other);
        };
    }

    private static boolean arrays(ArrayOf a, ArrayOf b) {
        int longer = Math.max(a.first().size(), b.first().size());
        for (int i = 0; i < longer; i++) {
            Type left = i < a.first().size() ? a.first().get(i) : a.rest();
            Type right = i < b.first().size() ? b.first().get(i) : b.rest();
            if (left == null || right == null || !meet(left, right)) {
                return false;
            }
        }
        return true;
    }

    private static boolean objects(ObjectOf a, ObjectOf b) {
        return holds(a, b) && holds(b, a) && (a.value() == null || b.value() == null || meet(a.value(), b.value()));
    }

    /** Whether what is known of one may be under the same keys of the other; what an open object knows may be missing. */
    private static boolean holds(ObjectOf of, ObjectOf in) {
        for (Map.Entry<Value, Type> entry : of.known().entrySet()) {
            Type other = under(in, entry.getKey());
            boolean optional = of.key() != null && in.key() == null;
            if (other == null ? !optional : !meet(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }
}
