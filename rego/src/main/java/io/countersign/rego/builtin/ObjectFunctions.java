package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.object;

import io.countersign.rego.value.Paths;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoCollection;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions on objects, and on documents made of them. */
final class ObjectFunctions {

    private static final String KEYS = "any<object[any: any], set[any], array[any]>";
    private static final String PATHS = "any<set[any<string, array[any]>], array[any<string, array[any]>]>";

    private ObjectFunctions() {}

    static void register() {
        add("object.get", "object[any: any],any,any->any", (host, a) -> {
            RegoObject from = object(a, 0);
            if (a[1] instanceof RegoArray path) {
                if (path.size() == 0) {
                    return from;
                }
                Value at = Paths.walk(from, path.list().toArray(new Value[0]));
                return at == null ? a[2] : at;
            }
            Value at = from.get(a[1]);
            return at == null ? a[2] : at;
        });
        add(
                "object.keys",
                "object[any: any]->set[any]",
                (host, a) -> RegoSet.of(object(a, 0).keys()));
        add("object.filter", "object[any: any]," + KEYS + "->object[any: any]", (host, a) -> chosen(a, true));
        add("object.remove", "object[any: any]," + KEYS + "->object[any: any]", (host, a) -> chosen(a, false));
        add(
                "object.union",
                "object[any: any],object[any: any]->object[any: any]",
                (host, a) -> union(host, object(a, 0), object(a, 1)));
        add("object.union_n", "array[object[any: any]]->object[any: any]", (host, a) -> {
            RegoObject all = RegoObject.EMPTY;
            for (Value value : Operands.array(a, 0).list()) {
                if (!(value instanceof RegoObject next)) {
                    throw BuiltinFailure.operand(
                            1, "must be array of objects but got array containing " + value.typeName());
                }
                all = union(host, all, next);
            }
            return all;
        });
        String any = "any<array[any], object[any: any], set[any]>";
        add("object.subset", any + "," + any + "->boolean", (host, a) -> RegoBoolean.of(subset(host, a[0], a[1])));
        add(
                "json.filter",
                "object[any: any]," + PATHS + "->object[any: any]",
                (host, a) -> JsonDocuments.filter(object(a, 0), JsonDocuments.paths(a)));
        add(
                "json.remove",
                "object[any: any]," + PATHS + "->object[any: any]",
                (host, a) -> JsonDocuments.remove(object(a, 0), JsonDocuments.paths(a)));
        add(
                "json.patch",
                "any,array[object<op: string, path: any>[any: any]]->any",
                (host, a) -> JsonPatches.apply(host, a[0], Operands.array(a, 1)));
        graphs();
    }

    private static Value chosen(Value[] args, boolean keep) {
        RegoObject from = object(args, 0);
        RegoSet keys = switch (args[1]) {
            case RegoObject object -> RegoSet.of(object.keys());
            case RegoSet set -> set;
            case RegoArray array -> RegoSet.of(array.list());
            default ->
                throw BuiltinFailure.operand(2, "must be one of {object, set, array} but got " + args[1].typeName());
        };
        RegoObject.Builder chosen = new RegoObject.Builder(from.size());
        for (Map.Entry<Value, Value> entry : from.entries()) {
            if (keys.contains(entry.getKey()) == keep) {
                chosen.put(entry.getKey(), entry.getValue());
            }
        }
        return chosen.build();
    }

    private static RegoObject union(Host host, RegoObject a, RegoObject b) {
        host.work(1 + a.size() + b.size());
        if (a.size() == 0) {
            return b;
        }
        RegoObject.Builder all = new RegoObject.Builder(a.size() + b.size());
        a.entries().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        for (Map.Entry<Value, Value> entry : b.entries()) {
            Value before = a.get(entry.getKey());
            Value value = before instanceof RegoObject x && entry.getValue() instanceof RegoObject y
                    ? union(host, x, y)
                    : entry.getValue();
            all.put(entry.getKey(), value);
        }
        return all.build();
    }

    private static boolean subset(Host host, Value big, Value small) {
        host.work(1);
        if (big instanceof RegoObject x && small instanceof RegoObject y) {
            for (Map.Entry<Value, Value> entry : y.entries()) {
                Value other = x.get(entry.getKey());
                if (other == null || !beneath(host, other, entry.getValue())) {
                    return false;
                }
            }
            return true;
        }
        if (big instanceof RegoSet x && small instanceof RegoSet y) {
            return y.list().stream().allMatch(x::contains);
        }
        if (big instanceof RegoArray x && small instanceof RegoArray y) {
            return run(host, x, y);
        }
        if (big instanceof RegoArray x && small instanceof RegoSet y) {
            RegoSet all = RegoSet.of(x.list());
            return y.list().stream().allMatch(all::contains);
        }
        throw BuiltinFailure.error("both arguments object.subset must be of the same type or array and set");
    }

    private static boolean beneath(Host host, Value big, Value small) {
        boolean same = (big instanceof RegoObject && small instanceof RegoObject)
                || (big instanceof RegoSet && small instanceof RegoSet)
                || (big instanceof RegoArray && small instanceof RegoArray);
        return same ? subset(host, big, small) : big.equals(small);
    }

    /** Whether the smaller array stands somewhere in the bigger one, without gaps. */
    private static boolean run(Host host, RegoArray big, RegoArray small) {
        for (int start = 0; start + small.size() <= big.size(); start++) {
            int i = 0;
            while (i < small.size() && beneath(host, big.get(start + i), small.get(i))) {
                i++;
            }
            host.work(1 + i);
            if (i == small.size()) {
                return true;
            }
        }
        return false;
    }

    // --- Graphs ---

    private static void graphs() {
        String graph = "object[any: any<array[any], set[any]>]";
        String start = "any<array[any], set[any]>";
        add("graph.reachable", graph + "," + start + "->set[any]", (host, a) -> {
            RegoObject edges = object(a, 0);
            RegoSet.Builder seen = new RegoSet.Builder(8);
            List<Value> queue = new ArrayList<>(Operands.elements(a, 1, "array, set"));
            for (int i = 0; i < queue.size(); i++) {
                host.work(1);
                Value next = edges.get(queue.get(i));
                if (next != null && seen.add(queue.get(i))) {
                    queue.addAll(neighbours(next));
                }
            }
            return seen.build();
        });
        add("graph.reachable_paths", graph + "," + start + "->set[array[any]]", (host, a) -> {
            RegoObject edges = object(a, 0);
            RegoSet.Builder paths = new RegoSet.Builder(8);
            for (Value node : Operands.elements(a, 1, "array, set")) {
                if (edges.get(node) != null) {
                    paths(host, edges, node, new ArrayList<>(List.of(node)), new HashSet<>(Set.of(node)), paths);
                }
            }
            return paths.build();
        });
        add("walk", "any->array<array[any], any>", (host, a) -> {
                    List<Value> found = new ArrayList<>();
                    walk(host, a[0], new ArrayList<>(), found);
                    return RegoArray.of(found);
                })
                .relation();
    }

    private static List<Value> neighbours(@Nullable Value value) {
        return switch (value) {
            case RegoArray array -> array.list();
            case RegoSet set -> set.list();
            case null -> List.of();
            default -> List.of();
        };
    }

    private static void paths(
            Host host, RegoObject edges, Value node, List<Value> path, Set<Value> onPath, RegoSet.Builder found) {
        host.work(1);
        List<Value> next = neighbours(edges.get(node));
        boolean ended = next.isEmpty();
        for (Value neighbour : next) {
            if (edges.get(neighbour) == null || onPath.contains(neighbour)) {
                ended = true;
                continue;
            }
            path.add(neighbour);
            onPath.add(neighbour);
            paths(host, edges, neighbour, path, onPath, found);
            path.remove(path.size() - 1);
            onPath.remove(neighbour);
        }
        if (ended) {
            host.reserve(path.size());
            found.add(RegoArray.of(path));
        }
    }

    private static void walk(Host host, Value value, List<Value> path, List<Value> found) {
        host.reserve(1 + path.size());
        host.work(1);
        found.add(RegoArray.of(RegoArray.of(path), value));
        if (value instanceof RegoCollection entries) {
            for (int i = 0; i < entries.size(); i++) {
                path.add(entries.keyAt(i));
                walk(host, entries.valueAt(i), path, found);
                path.remove(path.size() - 1);
            }
        }
    }
}
