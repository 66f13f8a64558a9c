package io.countersign.rego.plan;

import io.countersign.rego.builtin.Builtin;
import io.countersign.rego.builtin.BuiltinFailure;
import io.countersign.rego.builtin.NumberFunctions;
import io.countersign.rego.syntax.Location;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls of functions and operators. */
final class Calls {

    private Calls() {}

    private static Value @Nullable [] arguments(Node[] args, Frame frame) {
        Value[] values = new Value[args.length];
        for (int i = 0; i < args.length; i++) {
            Value value = args[i].eval(frame);
            if (value == null) {
                return null;
            }
            values[i] = value;
        }
        return values;
    }

    static @Nullable Value failed(Frame frame, String name, BuiltinFailure failure, Location place) {
        if (frame.eval.run.options.strict()) {
            throw new RegoFailure(failure.code(), name + ": " + failure.message(), place);
        }
        return null;
    }

    /** What stands in for a function: a value, a group of rules, or another built-in function. */
    private static @Nullable Value replaced(Frame frame, Object mock, Value[] args, Location place) {
        if (mock instanceof Value value) {
            return value;
        }
        Eval eval = frame.eval;
        Eval inner = eval.with(eval.input, eval.data, null, eval.overridden());
        if (mock instanceof GroupPlan group) {
            return group.kind == io.countersign.rego.compile.RuleGroup.Kind.FUNCTION
                    ? group.call(inner, args)
                    : inner.value(group);
        }
        frame.eval = inner;
        try {
            return new OfBuiltin((Builtin) mock, new Node[0], place).apply(frame, args);
        } finally {
            frame.eval = eval;
        }
    }

    /** What stands for a function under `with`, or none. */
    private static @Nullable Object mock(Frame frame, Object function) {
        Map<Object, Object> mocks = frame.eval.mocks;
        return mocks == null ? null : mocks.get(function);
    }

    /** The call of a built-in function. */
    static final class OfBuiltin extends Node {
        private final Builtin function;
        private final Node[] args;
        private final Location place;

        OfBuiltin(Builtin function, Node[] args, Location place) {
            this.function = function;
            this.args = args;
            this.place = place;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value[] values = arguments(args, frame);
            return values == null ? null : apply(frame, values);
        }

        @Nullable
        Value apply(Frame frame, Value[] values) {
            Object mock = mock(frame, function.name());
            if (mock != null) {
                return replaced(frame, mock, values, place);
            }
            frame.eval.run.step();
            try {
                return function.call(frame.eval.run, values);
            } catch (BuiltinFailure failure) {
                return failed(frame, function.name(), failure, place);
            }
        }
    }

    /** The call of a function written in Rego. */
    static final class OfRules extends Node {
        private final GroupPlan function;
        private final Node[] args;
        private final Location place;

        OfRules(GroupPlan function, Node[] args, Location place) {
            this.function = function;
            this.args = args;
            this.place = place;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value[] values = arguments(args, frame);
            if (values == null) {
                return null;
            }
            Object mock = mock(frame, function);
            if (mock != null) {
                return replaced(frame, mock, values, place);
            }
            return function.call(frame.eval, values);
        }
    }

    /** A comparison by the order of values. */
    static final class Comparison extends Node {
        final Node left;
        final Node right;
        private final int operator;

        Comparison(String name, Node left, Node right) {
            this.left = left;
            this.right = right;
            this.operator = List.of("equal", "neq", "lt", "lte", "gt", "gte").indexOf(name);
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value a = left.eval(frame);
            if (a == null) {
                return null;
            }
            Value b = right.eval(frame);
            if (b == null) {
                return null;
            }
            return RegoBoolean.of(
                    switch (operator) {
                        case 0 -> a.equals(b);
                        case 1 -> !a.equals(b);
                        case 2 -> a.compareTo(b) < 0;
                        case 3 -> a.compareTo(b) <= 0;
                        case 4 -> a.compareTo(b) > 0;
                        default -> a.compareTo(b) >= 0;
                    });
        }
    }

    /** Plus, minus and times of small integers; everything else is left to the built-in function. */
    static final class Arithmetic extends Node {
        private final OfBuiltin slow;
        private final Node left;
        private final Node right;
        private final char operator;

        Arithmetic(Builtin function, Node left, Node right, Location place) {
            this.slow = new OfBuiltin(function, new Node[] {left, right}, place);
            this.left = left;
            this.right = right;
            this.operator =
                    function.name().equals("plus") ? '+' : function.name().equals("minus") ? '-' : '*';
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value a = left.eval(frame);
            if (a == null) {
                return null;
            }
            Value b = right.eval(frame);
            if (b == null) {
                return null;
            }
            if (frame.eval.mocks == null
                    && a instanceof RegoNumber x
                    && b instanceof RegoNumber y
                    && x.isSmall()
                    && y.isSmall()) {
                Value known = NumberFunctions.small(operator, x.small(), y.small());
                if (known != null) {
                    return known;
                }
            }
            return slow.apply(frame, new Value[] {a, b});
        }
    }

    /** Whether a collection holds a value. */
    static final class Member extends Node {
        final Node element;
        final Node collection;

        Member(Node element, Node collection) {
            this.element = element;
            this.collection = collection;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value wanted = element.eval(frame);
            if (wanted == null) {
                return null;
            }
            Value in = collection.eval(frame);
            return in == null ? null : RegoBoolean.of(holds(wanted, in));
        }

        private static boolean holds(Value wanted, Value in) {
            if (in instanceof RegoSet set) {
                return set.contains(wanted);
            }
            if (in instanceof RegoArray array) {
                for (int i = 0; i < array.size(); i++) {
                    if (array.get(i).equals(wanted)) {
                        return true;
                    }
                }
                return false;
            }
            return in instanceof RegoObject object
                    && object.entries().stream()
                            .anyMatch(entry -> entry.getValue().equals(wanted));
        }
    }

    /** A test of how a string begins or ends. */
    static final class Affix extends Node {
        private final OfBuiltin slow;
        private final Node text;
        private final Node part;
        private final boolean start;

        Affix(Builtin function, Node text, Node part, Location place) {
            this.slow = new OfBuiltin(function, new Node[] {text, part}, place);
            this.text = text;
            this.part = part;
            this.start = function.name().equals("startswith");
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value a = text.eval(frame);
            if (a == null) {
                return null;
            }
            Value b = part.eval(frame);
            if (b == null) {
                return null;
            }
            if (frame.eval.mocks == null && a instanceof RegoString x && b instanceof RegoString y) {
                return RegoBoolean.of(
                        start ? x.value().startsWith(y.value()) : x.value().endsWith(y.value()));
            }
            return slow.apply(frame, new Value[] {a, b});
        }
    }
}
