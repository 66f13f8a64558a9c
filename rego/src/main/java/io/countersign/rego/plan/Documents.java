package io.countersign.rego.plan;

import io.countersign.rego.compile.RuleGroup.Kind;
import io.countersign.rego.compile.RuleNode;
import io.countersign.rego.value.Paths;
import io.countersign.rego.value.RegoCollection;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.Value;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Places of `data` above the rules, where what rules define is merged over the base documents. */
final class Documents {

    private Documents() {}

    /** Such a place while it is walked through: the rules beneath it, and the base value there. */
    record Place(RuleNode node, @Nullable Value base) {}

    /** Something that is a value or a {@link Place}. */
    abstract static class Cursor {
        abstract @Nullable Object at(Frame frame);
    }

    /** A place known beforehand. */
    static final class Fixed extends Cursor {
        private final RuleNode node;
        private final Value[] path;

        Fixed(RuleNode node, Value[] path) {
            this.node = node;
            this.path = path;
        }

        @Override
        Object at(Frame frame) {
            Value data = frame.eval.data;
            return new Place(node, data == null ? null : Paths.walk(data, path));
        }
    }

    /** What was put into a slot. */
    static final class InSlot extends Cursor {
        private final int slot;

        InSlot(int slot) {
            this.slot = slot;
        }

        @Override
        @Nullable
        Object at(Frame frame) {
            return frame.slots[slot];
        }
    }

    /** What is beneath another cursor. */
    static final class Beneath extends Cursor {
        private final Cursor of;
        private final Node key;
        private final Planner planner;

        Beneath(Cursor of, Node key, Planner planner) {
            this.of = of;
            this.key = key;
            this.planner = planner;
        }

        @Override
        @Nullable
        Object at(Frame frame) {
            Object from = of.at(frame);
            Value step = from == null ? null : key.eval(frame);
            return from == null || step == null ? null : child(from, step, frame.eval, planner);
        }
    }

    static @Nullable Object child(Object from, Value key, Eval eval, Planner planner) {
        if (from instanceof Value value) {
            return Paths.step(value, key);
        }
        Place place = (Place) from;
        RuleNode child = place.node().children().get(key);
        Value base = place.base() == null ? null : Paths.step(place.base(), key);
        if (child == null) {
            return base;
        }
        if (child.group() != null) {
            return child.group().kind() == Kind.FUNCTION ? null : eval.value(planner.group(child.group()));
        }
        return new Place(child, base);
    }

    /** Every entry of what a cursor is at. */
    static final class ScanPlace extends Step {
        private final Cursor of;
        private final int keySlot;
        private final int slot;
        private final Planner planner;

        ScanPlace(Cursor of, int keySlot, int slot, Planner planner) {
            this.of = of;
            this.keySlot = keySlot;
            this.slot = slot;
            this.planner = planner;
        }

        @Override
        boolean run(Frame frame) {
            Object from = of.at(frame);
            Set<Value> keys = new LinkedHashSet<>();
            if (from instanceof Place place) {
                keys.addAll(keys(place));
            } else if (from instanceof RegoCollection entries) {
                for (int i = 0; i < entries.size(); i++) {
                    keys.add(entries.keyAt(i));
                }
            }
            for (Value key : keys) {
                frame.eval.run.step();
                Object found = from == null ? null : child(from, key, frame.eval, planner);
                if (found == null) {
                    continue;
                }
                if (keySlot >= 0) {
                    frame.slots[keySlot] = key;
                }
                frame.slots[slot] = found;
                if (!next.run(frame)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Set<Value> keys(Place place) {
        Set<Value> keys = new TreeSet<>(place.node().children().keySet());
        if (place.base() instanceof RegoObject object) {
            keys.addAll(object.keys());
        }
        return keys;
    }

    /** The whole value of what a cursor is at. */
    static final class Whole extends Node {
        private final Cursor of;
        private final Planner planner;

        Whole(Cursor of, Planner planner) {
            this.of = of;
            this.planner = planner;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Object at = of.at(frame);
            return at == null ? null : whole(at, frame.eval, planner);
        }
    }

    /** Where base documents and rules collide within a whole document, the base wins. */
    private static Value merged(Value base, Value rules) {
        if (!(base instanceof RegoObject a) || !(rules instanceof RegoObject b)) {
            return base;
        }
        RegoObject.Builder both = new RegoObject.Builder(a.size() + b.size());
        b.entries().forEach(entry -> both.put(entry.getKey(), entry.getValue()));
        for (Map.Entry<Value, Value> entry : a.entries()) {
            Value other = both.get(entry.getKey());
            both.put(entry.getKey(), other == null ? entry.getValue() : merged(entry.getValue(), other));
        }
        return both.build();
    }

    static @Nullable Value whole(Object at, Eval eval, Planner planner) {
        if (at instanceof Value value) {
            return value;
        }
        Place place = (Place) at;
        if (!(place.base() instanceof RegoObject)
                && place.base() != null
                && place.node().children().isEmpty()) {
            return place.base();
        }
        RegoObject.Builder builder = new RegoObject.Builder(8);
        if (place.base() instanceof RegoObject object) {
            for (Map.Entry<Value, Value> entry : object.entries()) {
                builder.put(entry.getKey(), entry.getValue());
            }
        }
        for (Value key : place.node().children().keySet()) {
            Object found = child(place, key, eval, planner);
            Value value = found == null ? null : whole(found, eval, planner);
            if (value != null) {
                Value base = builder.get(key);
                builder.put(key, base == null ? value : merged(base, value));
            }
        }
        return builder.build();
    }
}
