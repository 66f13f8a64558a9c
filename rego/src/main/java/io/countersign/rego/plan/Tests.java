package io.countersign.rego.plan;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoCollection;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The statements with at most one solution. */
@SuppressWarnings({"ReferenceEquality", "ArrayRecordComponent"})
final class Tests {

    private Tests() {}

    /** A term that is defined and not false. */
    record Truth(Node term) implements Test {
        @Override
        public boolean holds(Frame frame) {
            Value value = term.eval(frame);
            return value != null && !value.isFalse();
        }
    }

    /** Two terms that are defined and equal. */
    record Equal(Node left, Node right) implements Test {
        @Override
        public boolean holds(Frame frame) {
            Value a = left.eval(frame);
            if (a == null) {
                return false;
            }
            Value b = right.eval(frame);
            return b != null && (a == b || a.equals(b));
        }
    }

    /** A variable that becomes a term's value. */
    record Assign(int slot, Node term) implements Test {
        @Override
        public boolean holds(Frame frame) {
            Value value = term.eval(frame);
            frame.slots[slot] = value;
            return value != null;
        }
    }

    /** An array of a known length; its elements go on to slots from the first one. */
    record OpenArray(Node term, int length, int first) implements Test {
        @Override
        public boolean holds(Frame frame) {
            if (!(term.eval(frame) instanceof RegoArray array) || array.size() != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                frame.slots[first + i] = array.get(i);
            }
            return true;
        }
    }

    /** An object of a known size with known keys; their values go on to slots from the first one. */
    record OpenObject(Node term, Node[] keys, int first) implements Test {
        @Override
        public boolean holds(Frame frame) {
            if (!(term.eval(frame) instanceof RegoObject object) || object.size() != keys.length) {
                return false;
            }
            for (int i = 0; i < keys.length; i++) {
                Value key = keys[i].eval(frame);
                Value value = key == null ? null : object.get(key);
                if (value == null) {
                    return false;
                }
                frame.slots[first + i] = value;
            }
            return true;
        }
    }

    /** A body that has a solution, or must not have one. */
    record Exists(Step body, boolean wanted) implements Test {
        @Override
        public boolean holds(Frame frame) {
            return body.run(frame) != wanted;
        }
    }

    /** Either of two bodies. */
    record Either(Step left, Step right) implements Test {
        @Override
        public boolean holds(Frame frame) {
            return !left.run(frame) || !right.run(frame);
        }
    }

    /** A body that holds for every entry of a collection. */
    record EveryOf(Node domain, int keySlot, int valueSlot, Step body) implements Test {
        @Override
        public boolean holds(Frame frame) {
            Value value = domain.eval(frame);
            if (!(value instanceof RegoCollection collection)) {
                return false;
            }
            for (int i = 0; i < collection.size(); i++) {
                frame.eval.run.step();
                if (keySlot >= 0) {
                    frame.slots[keySlot] = collection.keyAt(i);
                }
                frame.slots[valueSlot] = collection.valueAt(i);
                if (body.run(frame)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Notes that a line was reached. */
    record Reached(Coverage coverage, int point) implements Test {
        @Override
        public boolean holds(Frame frame) {
            coverage.reach(point);
            return true;
        }
    }

    static @Nullable Value orNull(Node node, Frame frame) {
        return node.eval(frame);
    }
}
