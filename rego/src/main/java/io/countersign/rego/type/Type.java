package io.countersign.rego.type;

import io.countersign.rego.value.Value;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A set of values, as far as it is known when a policy is compiled. */
public sealed interface Type {

    /** Every value. */
    Any ANY = new Any(List.of());

    /** The type of null. */
    Simple NULL = new Simple("null");

    /** The type of booleans. */
    Simple BOOLEAN = new Simple("boolean");

    /** The type of numbers. */
    Simple NUMBER = new Simple("number");

    /** The type of strings. */
    Simple STRING = new Simple("string");

    /** One of the types without parts. */
    record Simple(String name) implements Type {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A union; of nothing, it is every value. */
    record Any(List<Type> of) implements Type {
        @Override
        public String toString() {
            if (of.isEmpty()) {
                return "any";
            }
            StringJoiner out = new StringJoiner(", ", "any<", ">");
            of.stream().map(Type::toString).sorted().forEach(out::add);
            return out.toString();
        }
    }

    /** An array: the types of its first elements, and that of all further ones, if there may be any. */
    record ArrayOf(List<Type> first, @Nullable Type rest) implements Type {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder("array");
            if (!first.isEmpty()) {
                StringJoiner parts = new StringJoiner(", ", "<", ">");
                first.forEach(type -> parts.add(type.toString()));
                out.append(parts);
            }
            return rest == null
                    ? out.toString()
                    : out.append('[').append(rest).append(']').toString();
        }
    }

    /** A set of elements of one type. */
    record SetOf(Type element) implements Type {
        @Override
        public String toString() {
            return "set[" + element + "]";
        }
    }

    /** An object: known keys with their types, and the types of all further entries, if there may be any. */
    record ObjectOf(
            Map<Value, Type> known,
            @Nullable Type key,
            @Nullable Type value) implements Type {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder("object");
            if (!known.isEmpty()) {
                StringJoiner parts = new StringJoiner(", ", "<", ">");
                known.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(e -> parts.add(text(e.getKey()) + ": " + e.getValue()));
                out.append(parts);
            }
            return key == null
                    ? out.toString()
                    : out.append("[" + key + ": " + value + "]").toString();
        }

        private static String text(Value key) {
            return key instanceof io.countersign.rego.value.RegoString s ? s.value() : key.toString();
        }
    }

    /** A function. */
    record FunctionOf(
            List<Type> arguments,
            @Nullable Type variadic,
            @Nullable Type result) implements Type {
        @Override
        public String toString() {
            StringJoiner parts = new StringJoiner(", ", "(", ")");
            arguments.forEach(type -> parts.add(type.toString()));
            return parts + " => " + result;
        }
    }
}
