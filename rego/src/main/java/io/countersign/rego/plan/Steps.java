package io.countersign.rego.plan;

import io.countersign.rego.value.CollectionIndex;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoCollection;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The links of chains. */
final class Steps {

    private Steps() {}

    /** Statements that must hold before it goes on. */
    static final class Filter extends Step {
        final Test[] tests;

        Filter(List<Test> tests) {
            this.tests = tests.toArray(new Test[0]);
        }

        @Override
        boolean run(Frame frame) {
            for (Test test : tests) {
                if (!test.holds(frame)) {
                    return true;
                }
            }
            return next.run(frame);
        }
    }

    /** The end of a chain that only asks whether there is a solution. */
    static final class Found extends Step {
        @Override
        boolean run(Frame frame) {
            return false;
        }
    }

    /** Every entry of a collection. */
    static final class Scan extends Step {
        final Node collection;
        final int keySlot;
        final int valueSlot;
        private final Value @Nullable [] indexPath;
        private final @Nullable Node indexKey;

        /** Whether what follows can tell in which order the entries come. */
        private boolean ordered = true;

        Scan(Node collection, int keySlot, int valueSlot) {
            this(collection, keySlot, valueSlot, null, null);
        }

        private Scan(
                Node collection, int keySlot, int valueSlot, Value @Nullable [] indexPath, @Nullable Node indexKey) {
            this.collection = collection;
            this.keySlot = keySlot;
            this.valueSlot = valueSlot;
            this.indexPath = indexPath;
            this.indexKey = indexKey;
        }

        void inAnyOrder() {
            ordered = false;
        }

        /** The same, only for entries that have the key's value at a path. */
        Scan only(Value[] path, Node key) {
            return new Scan(collection, keySlot, valueSlot, path, key);
        }

        @Override
        boolean run(Frame frame) {
            Value found = collection.eval(frame);
            if (!(found instanceof RegoCollection entries)) {
                return true;
            }
            if (indexPath != null && indexKey != null) {
                return indexed(frame, entries, indexPath, indexKey);
            }
            if (keySlot < 0 && found instanceof RegoArray array) {
                return array(frame, array);
            }
            return all(frame, entries);
        }

        private boolean array(Frame frame, RegoArray array) {
            Run run = frame.eval.run;
            int size = array.size();
            for (int i = 0; i < size; i++) {
                run.step();
                frame.slots[valueSlot] = array.get(i);
                if (!next.run(frame)) {
                    return false;
                }
            }
            return true;
        }

        private boolean all(Frame frame, RegoCollection entries) {
            Run run = frame.eval.run;
            int size = entries.size();
            for (int i = 0; i < size; i++) {
                run.step();
                if (keySlot >= 0) {
                    frame.slots[keySlot] = keyAt(entries, i);
                }
                frame.slots[valueSlot] = valueAt(entries, i);
                if (!next.run(frame)) {
                    return false;
                }
            }
            return true;
        }

        private Value keyAt(RegoCollection entries, int i) {
            return ordered ? entries.keyAt(i) : entries.heldKeyAt(i);
        }

        private Value valueAt(RegoCollection entries, int i) {
            return ordered ? entries.valueAt(i) : entries.heldAt(i);
        }

        private boolean indexed(Frame frame, RegoCollection entries, Value[] path, Node keyNode) {
            if (entries.size() == 0) {
                return true;
            }
            Value wanted = keyNode.eval(frame);
            if (wanted == null) {
                return true;
            }
            int[] places = CollectionIndex.lookup(entries, path, wanted, ordered);
            if (places == null) {
                return searched(frame, entries, path, wanted);
            }
            Run run = frame.eval.run;
            for (int place : places) {
                run.step();
                if (keySlot >= 0) {
                    frame.slots[keySlot] = keyAt(entries, place);
                }
                frame.slots[valueSlot] = valueAt(entries, place);
                if (!next.run(frame)) {
                    return false;
                }
            }
            return true;
        }

        private boolean searched(Frame frame, RegoCollection entries, Value[] path, Value wanted) {
            Run run = frame.eval.run;
            int size = entries.size();
            for (int i = 0; i < size; i++) {
                run.step();
                Value value = valueAt(entries, i);
                Value at = io.countersign.rego.value.Paths.walk(value, path);
                if (at != null && wanted.equals(at)) {
                    if (keySlot >= 0) {
                        frame.slots[keySlot] = keyAt(entries, i);
                    }
                    frame.slots[valueSlot] = value;
                    if (!next.run(frame)) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** Every answer of a relation, which is an array of them. */
    static final class Relation extends Step {
        private final Node call;
        private final int slot;

        Relation(Node call, int slot) {
            this.call = call;
            this.slot = slot;
        }

        @Override
        boolean run(Frame frame) {
            if (call.eval(frame) instanceof RegoArray answers) {
                for (int i = 0; i < answers.size(); i++) {
                    frame.eval.run.step();
                    frame.slots[slot] = answers.get(i);
                    if (!next.run(frame)) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** The end of an array comprehension. */
    static final class AddToArray extends Step {
        private final int slot;
        private final Node head;

        AddToArray(int slot, Node head) {
            this.slot = slot;
            this.head = head;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"})
        boolean run(Frame frame) {
            Value value = head.eval(frame);
            if (value != null) {
                frame.eval.run.reserve(1);
                ((ArrayList<Value>) frame.slots[slot]).add(value);
            }
            return true;
        }
    }

    /** The end of a set comprehension. */
    static final class AddToSet extends Step {
        private final int slot;
        private final Node head;

        AddToSet(int slot, Node head) {
            this.slot = slot;
            this.head = head;
        }

        @Override
        @SuppressWarnings("NullAway")
        boolean run(Frame frame) {
            Value value = head.eval(frame);
            if (value != null) {
                frame.eval.run.reserve(1);
                ((RegoSet.Builder) frame.slots[slot]).add(value);
            }
            return true;
        }
    }

    /** The end of an object comprehension. */
    static final class AddToObject extends Step {
        private final int slot;
        private final Node key;
        private final Node value;
        private final io.countersign.rego.syntax.Location place;

        AddToObject(int slot, Node key, Node value, io.countersign.rego.syntax.Location place) {
            this.slot = slot;
            this.key = key;
            this.value = value;
            this.place = place;
        }

        @Override
        @SuppressWarnings("NullAway")
        boolean run(Frame frame) {
            Value k = key.eval(frame);
            Value v = k == null ? null : value.eval(frame);
            if (v != null) {
                frame.eval.run.reserve(1);
                RegoObject.Builder builder = (RegoObject.Builder) frame.slots[slot];
                Value before = builder.get(k);
                if (before != null && !before.equals(v)) {
                    throw EvalFailure.conflict("object keys must be unique", place);
                }
                builder.put(k, v);
            }
            return true;
        }
    }
}
