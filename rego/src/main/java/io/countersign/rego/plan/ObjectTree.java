package io.countersign.rego.plan;

import io.countersign.rego.syntax.Location;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object while rules add to it: entries, sets and further objects beneath. */
final class ObjectTree {

    private final Map<Value, Object> entries = new LinkedHashMap<>();

    /** Puts a value at the end of a path. */
    void put(Value[] path, Value value, Location place) {
        ObjectTree tree = down(path, place);
        Value last = path[path.length - 1];
        Object before = tree.entries.putIfAbsent(last, value);
        if (before != null && !(before instanceof Value known && known.equals(value))) {
            throw EvalFailure.conflict("object keys must be unique", place);
        }
    }

    /** Adds an element to the set at the end of a path. */
    void add(Value[] path, Value element, Location place) {
        ObjectTree tree = down(path, place);
        Object set = tree.entries.computeIfAbsent(path[path.length - 1], key -> new RegoSet.Builder(4));
        if (!(set instanceof RegoSet.Builder builder)) {
            throw EvalFailure.conflict("object keys must be unique", place);
        }
        builder.add(element);
    }

    private ObjectTree down(Value[] path, Location place) {
        ObjectTree tree = this;
        for (int i = 0; i < path.length - 1; i++) {
            Object beneath = tree.entries.computeIfAbsent(path[i], key -> new ObjectTree());
            if (!(beneath instanceof ObjectTree further)) {
                throw EvalFailure.conflict("object keys must be unique", place);
            }
            tree = further;
        }
        return tree;
    }

    RegoObject build() {
        RegoObject.Builder builder = new RegoObject.Builder(entries.size());
        entries.forEach((key, value) -> builder.put(
                key,
                switch (value) {
                    case Value known -> known;
                    case RegoSet.Builder set -> set.build();
                    default -> ((ObjectTree) value).build();
                }));
        return builder.build();
    }
}
