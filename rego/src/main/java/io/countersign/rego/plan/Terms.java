package io.countersign.rego.plan;

import io.countersign.rego.value.Paths;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.SharedKeys;
import io.countersign.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The simple nodes: constants, slots, documents, what is beneath them, and collections. */
final class Terms {

    private Terms() {}

    /** A value known beforehand. */
    static final class Const extends Node {
        final Value value;

        Const(Value value) {
            this.value = value;
        }

        @Override
        Value eval(Frame frame) {
            return value;
        }
    }

    /** A variable. */
    static final class Slot extends Node {
        final int slot;

        Slot(int slot) {
            this.slot = slot;
        }

        @Override
        Value eval(Frame frame) {
            return frame.value(slot);
        }
    }

    /** The input document. */
    static final class Input extends Node {
        @Override
        @Nullable
        Value eval(Frame frame) {
            return frame.eval.input;
        }
    }

    /** A place in the base documents where no rules are. */
    static final class BaseData extends Node {
        final Value[] path;

        BaseData(Value[] path) {
            this.path = path;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value data = frame.eval.data;
            Value at = data;
            for (Value key : path) {
                if (at == null) {
                    return null;
                }
                Value next = Paths.step(at, key);
                // A number may name a key, because paths in storage are made of strings.
                at = next == null && key instanceof RegoNumber && at instanceof RegoObject object
                        ? object.get(RegoString.of(key.toString()))
                        : next;
            }
            return at;
        }
    }

    /** What is beneath something under a constant string. */
    static final class Field extends Node {
        final Node of;
        final RegoString key;

        /** Where the key was last time; threads may overwrite each other's, since it is only tried first. */
        private int hint;

        Field(Node of, RegoString key) {
            this.of = of;
            this.key = SharedKeys.of(key);
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value from = of.eval(frame);
            if (from instanceof RegoObject object) {
                int place = object.place(key, hint);
                if (place < 0) {
                    return null;
                }
                if (place != hint) {
                    hint = place;
                }
                return object.held(place);
            }
            return from instanceof RegoSet set ? set.find(key) : null;
        }
    }

    /** What is beneath something under any key. */
    static final class At extends Node {
        final Node of;
        final Node key;

        At(Node of, Node key) {
            this.of = of;
            this.key = key;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value from = of.eval(frame);
            if (from == null) {
                return null;
            }
            Value step = key.eval(frame);
            return step == null ? null : Paths.step(from, step);
        }
    }

    /** What a group of rules defines. */
    static final class Defined extends Node {
        final GroupPlan group;

        Defined(GroupPlan group) {
            this.group = group;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            return frame.eval.value(group);
        }
    }

    /** What a group of rules defines under one key; the other keys need not be computed. */
    static final class Keyed extends Node {
        final GroupPlan group;
        final Node key;

        Keyed(GroupPlan group, Node key) {
            this.group = group;
            this.key = key;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value wanted = key.eval(frame);
            return wanted == null ? null : frame.eval.valueAt(group, wanted);
        }
    }

    /** An array of terms. */
    static final class ArrayNode extends Node {
        private final Node[] items;

        ArrayNode(Node[] items) {
            this.items = items;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            Value[] values = new Value[items.length];
            for (int i = 0; i < items.length; i++) {
                Value value = items[i].eval(frame);
                if (value == null) {
                    return null;
                }
                values[i] = value;
            }
            return RegoArray.of(values);
        }
    }

    /** A set of terms. */
    static final class SetNode extends Node {
        private final Node[] items;

        SetNode(Node[] items) {
            this.items = items;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            RegoSet.Builder builder = new RegoSet.Builder(items.length);
            for (Node item : items) {
                Value value = item.eval(frame);
                if (value == null) {
                    return null;
                }
                builder.add(value);
            }
            return builder.build();
        }
    }

    /** An object of terms. */
    static final class ObjectNode extends Node {
        private final Node[] keys;
        private final Node[] values;

        ObjectNode(Node[] keys, Node[] values) {
            this.keys = keys;
            this.values = values;
        }

        @Override
        @Nullable
        Value eval(Frame frame) {
            RegoObject.Builder builder = new RegoObject.Builder(keys.length);
            for (int i = 0; i < keys.length; i++) {
                Value key = keys[i].eval(frame);
                if (key == null) {
                    return null;
                }
                Value value = values[i].eval(frame);
                if (value == null) {
                    return null;
                }
                builder.put(key, value);
            }
            return builder.build();
        }
    }
}
