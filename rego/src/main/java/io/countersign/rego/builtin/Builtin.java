package io.countersign.rego.builtin;

import io.countersign.rego.type.Type;
import io.countersign.rego.type.Type.Any;
import io.countersign.rego.type.Type.ArrayOf;
import io.countersign.rego.type.Type.ObjectOf;
import io.countersign.rego.type.Type.SetOf;
import io.countersign.rego.type.Type.Simple;
import io.countersign.rego.type.TypeReader;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One function of the language: its name, its type, and what it does. */
public final class Builtin {

    private final String name;
    private final Type.FunctionOf type;
    private final Body body;
    private final List<Set<String>> accepted = new ArrayList<>();
    private boolean deterministic = true;
    private boolean deprecated;
    private boolean relation;

    /** What a function does with checked operands; null is undefined. */
    @FunctionalInterface
    public interface Body {

        /** The answer, or null for undefined. */
        @Nullable
        Value call(Host host, Value[] args);
    }

    Builtin(String name, String signature, Body body) {
        this.name = name;
        this.type = TypeReader.function(signature);
        this.body = body;
        for (Type argument : type.arguments()) {
            List<String> kinds = kinds(argument);
            accepted.add(kinds.isEmpty() ? Set.of() : Set.copyOf(kinds));
        }
    }

    Builtin nondeterministic() {
        deterministic = false;
        return this;
    }

    Builtin deprecated() {
        deprecated = true;
        return this;
    }

    /** Lets the function judge its operands itself. */
    Builtin unchecked() {
        accepted.replaceAll(kinds -> Set.of());
        return this;
    }

    Builtin relation() {
        relation = true;
        return this;
    }

    /** The full name. */
    public String name() {
        return name;
    }

    /** The type. */
    public Type.FunctionOf type() {
        return type;
    }

    /** How many operands it takes. */
    public int arity() {
        return type.arguments().size();
    }

    /** Whether the same operands always give the same answer. */
    public boolean isDeterministic() {
        return deterministic;
    }

    /** Whether it is left out of the language since OPA 1.0. */
    public boolean isDeprecated() {
        return deprecated;
    }

    /** Whether it answers an array of answers, each of which holds. */
    public boolean isRelation() {
        return relation;
    }

    /** Whether it takes any number of operands. */
    public boolean isVariadic() {
        return type.variadic() != null;
    }

    /** Whether an operand may be of a type, by the name that {@code type_name} gives it. */
    public boolean accepts(int position, String typeName) {
        Set<String> kinds = accepted.get(position);
        return kinds.isEmpty() || kinds.contains(typeName);
    }

    /** Checks the operands' types and calls. Fails with {@link BuiltinFailure}. */
    public @Nullable Value call(Host host, Value[] args) {
        for (int i = 0; i < accepted.size(); i++) {
            Set<String> kinds = accepted.get(i);
            if (!kinds.isEmpty() && !kinds.contains(args[i].typeName())) {
                throw mismatch(i, args[i]);
            }
        }
        return body.call(host, args);
    }

    private BuiltinFailure mismatch(int position, Value got) {
        List<String> kinds = kinds(type.arguments().get(position));
        String wanted = kinds.size() == 1 ? kinds.get(0) : "one of {" + String.join(", ", kinds) + "}";
        return BuiltinFailure.operand(position + 1, "must be " + wanted + " but got " + got.typeName());
    }

    private static List<String> kinds(Type type) {
        return switch (type) {
            case Simple s -> List.of(s.name());
            case ArrayOf a -> List.of("array");
            case SetOf s -> List.of("set");
            case ObjectOf o -> List.of("object");
            case Type.FunctionOf f -> List.of();
            case Any any -> {
                List<String> kinds = new ArrayList<>();
                for (Type part : any.of()) {
                    List<String> inner = kinds(part);
                    if (inner.isEmpty()) {
                        yield List.of();
                    }
                    kinds.addAll(inner);
                }
                yield kinds;
            }
        };
    }
}
