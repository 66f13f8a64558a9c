package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.array;
import static io.countersign.rego.builtin.Operands.elements;
import static io.countersign.rego.builtin.Operands.set;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNull;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates, arrays, sets, types, and casts. */
@SuppressWarnings("ReferenceEquality")
final class CollectionFunctions {

    private static final String EITHER = "any<array[any], set[any]>";

    private CollectionFunctions() {}

    static void register() {
        add("count", "any<array[any], object[any: any], set[any], string>->number", (host, a) -> count(a[0]));
        add("sum", "any<array[number], set[number]>->number", (host, a) -> fold(a, '+', 0));
        add("product", "any<array[number], set[number]>->number", (host, a) -> fold(a, '*', 1));
        add("max", EITHER + "->any", (host, a) -> {
            List<Value> all = elements(a, 0, "array, set");
            return all.isEmpty() ? null : Collections.max(all);
        });
        add("min", EITHER + "->any", (host, a) -> {
            List<Value> all = elements(a, 0, "array, set");
            return all.isEmpty() ? null : Collections.min(all);
        });
        add("sort", EITHER + "->array[any]", (host, a) -> {
            List<Value> all = new ArrayList<>(elements(a, 0, "array, set"));
            Collections.sort(all);
            return RegoArray.of(all);
        });
        add(
                        "all",
                        EITHER + "->boolean",
                        (host, a) -> RegoBoolean.of(
                                elements(a, 0, "array, set").stream().allMatch(v -> v == RegoBoolean.TRUE)))
                .deprecated();
        add(
                        "any",
                        EITHER + "->boolean",
                        (host, a) -> RegoBoolean.of(
                                elements(a, 0, "array, set").stream().anyMatch(v -> v == RegoBoolean.TRUE)))
                .deprecated();
        arrays();
        sets();
        types();
        add("internal.member_2", "any,any->boolean", (host, a) -> RegoBoolean.of(member(a[0], a[1])));
        add("internal.member_3", "any,any,any->boolean", (host, a) -> {
            Value found = io.countersign.rego.value.Paths.step(a[2], a[0]);
            return RegoBoolean.of(found != null && found.equals(a[1]));
        });
    }

    private static void arrays() {
        add("array.concat", "array[any],array[any]->array[any]", (host, a) -> {
            List<Value> all = new ArrayList<>(array(a, 0).list());
            all.addAll(array(a, 1).list());
            host.reserve(all.size());
            return RegoArray.of(all);
        });
        add("array.slice", "array[any],number,number->array[any]", (host, a) -> {
            RegoArray from = array(a, 0);
            int start = Math.max(0, Operands.smallInteger(a, 1));
            int stop = Math.min(from.size(), Operands.smallInteger(a, 2));
            return start >= stop ? RegoArray.EMPTY : RegoArray.of(from.list().subList(start, stop));
        });
        add("array.reverse", "array[any]->array[any]", (host, a) -> {
            List<Value> all = new ArrayList<>(array(a, 0).list());
            Collections.reverse(all);
            return RegoArray.of(all);
        });
        add("array.flatten", "array[any]->array[any]", (host, a) -> {
            List<Value> all = new ArrayList<>();
            for (Value item : array(a, 0).list()) {
                if (item instanceof RegoArray inner) {
                    all.addAll(inner.list());
                } else {
                    all.add(item);
                }
            }
            return RegoArray.of(all);
        });
    }

    private static void sets() {
        add("and", "set[any],set[any]->set[any]", (host, a) -> intersection(set(a, 0), set(a, 1)));
        add("or", "set[any],set[any]->set[any]", (host, a) -> {
            RegoSet.Builder all =
                    new RegoSet.Builder(set(a, 0).size() + set(a, 1).size());
            set(a, 0).list().forEach(all::add);
            set(a, 1).list().forEach(all::add);
            return all.build();
        });
        add("set_diff", "set[any],set[any]->set[any]", (host, a) -> difference(set(a, 0), set(a, 1)))
                .deprecated();
        add("intersection", "set[set[any]]->set[any]", (host, a) -> {
            RegoSet result = null;
            for (Value value : set(a, 0).list()) {
                RegoSet next = inner(value);
                result = result == null ? next : intersection(result, next);
            }
            return result == null ? RegoSet.EMPTY : result;
        });
        add("union", "set[set[any]]->set[any]", (host, a) -> {
            RegoSet.Builder all = new RegoSet.Builder(8);
            set(a, 0).list().forEach(value -> inner(value).list().forEach(all::add));
            return all.build();
        });
    }

    private static RegoSet inner(Value value) {
        if (value instanceof RegoSet set) {
            return set;
        }
        throw BuiltinFailure.operand(1, "must be set of sets but got set containing " + value.typeName());
    }

    private static void types() {
        for (String type : List.of("null", "boolean", "number", "string", "array", "object", "set")) {
            add("is_" + type, "any->boolean", (host, a) -> a[0].typeName().equals(type) ? RegoBoolean.TRUE : isNot());
        }
        add("type_name", "any->string", (host, a) -> RegoString.of(a[0].typeName()));
        add("cast_array", "any->array[any]", (host, a) -> switch (a[0]) {
                    case RegoArray array -> array;
                    case RegoSet set -> set.toArray();
                    default -> throw cast("one of {array, set}", a[0]);
                })
                .deprecated();
        add("cast_set", "any->set[any]", (host, a) -> switch (a[0]) {
                    case RegoSet set -> set;
                    case RegoArray array -> RegoSet.of(array.list());
                    default -> throw cast("one of {array, set}", a[0]);
                })
                .deprecated();
        for (String type : List.of("string", "boolean", "null", "object")) {
            String result = type.equals("object") ? "object[any: any]" : type;
            add("cast_" + type, "any->" + result, (host, a) -> {
                        if (!a[0].typeName().equals(type)) {
                            throw cast(type, a[0]);
                        }
                        return a[0];
                    })
                    .deprecated();
        }
    }

    private static @Nullable Value isNot() {
        return RegoBoolean.FALSE;
    }

    private static BuiltinFailure cast(String wanted, Value got) {
        return BuiltinFailure.operand(1, "must be " + wanted + " but got " + got.typeName());
    }

    private static Value count(Value value) {
        return switch (value) {
            case RegoArray array -> RegoNumber.of(array.size());
            case RegoObject object -> RegoNumber.of(object.size());
            case RegoSet set -> RegoNumber.of(set.size());
            case RegoString text ->
                RegoNumber.of(text.value().codePointCount(0, text.value().length()));
            default ->
                throw BuiltinFailure.operand(
                        1, "must be one of {array, object, set, string} but got " + value.typeName());
        };
    }

    private static Value fold(Value[] args, char operator, long start) {
        RegoNumber result = RegoNumber.of(start);
        for (Value value : elements(args, 0, "array, set")) {
            if (!(value instanceof RegoNumber number)) {
                throw BuiltinFailure.operand(
                        1,
                        "must be " + args[0].typeName() + " of numbers but got " + args[0].typeName() + " containing "
                                + value.typeName());
            }
            result = NumberFunctions.arithmetic(operator, result, number);
        }
        return result;
    }

    static boolean member(Value wanted, Value in) {
        return switch (in) {
            case RegoSet set -> set.contains(wanted);
            case RegoArray array -> array.list().contains(wanted);
            case RegoObject object ->
                object.entries().stream().anyMatch(e -> e.getValue().equals(wanted));
            case RegoNull ignored -> false;
            case RegoBoolean ignored -> false;
            case RegoNumber ignored -> false;
            case RegoString ignored -> false;
        };
    }

    static RegoSet difference(RegoSet from, RegoSet without) {
        RegoSet.Builder rest = new RegoSet.Builder(from.size());
        for (Value value : from.list()) {
            if (!without.contains(value)) {
                rest.add(value);
            }
        }
        return rest.build();
    }

    private static RegoSet intersection(RegoSet a, RegoSet b) {
        RegoSet.Builder both = new RegoSet.Builder(Math.min(a.size(), b.size()));
        for (Value value : a.list()) {
            if (b.contains(value)) {
                both.add(value);
            }
        }
        return both.build();
    }
}
