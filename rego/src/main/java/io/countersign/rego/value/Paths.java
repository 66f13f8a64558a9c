package io.countersign.rego.value;

import org.jspecify.annotations.Nullable;

/** Steps from a value to what is beneath it. */
public final class Paths {

    private Paths() {}

    /** What a collection holds under a key, or null: the element at an index, the value of a key, a set's own element. */
    public static @Nullable Value step(Value from, Value key) {
        return switch (from) {
            case RegoObject object -> object.get(key);
            case RegoArray array -> array.at(key);
            case RegoSet set -> set.find(key);
            case RegoNull ignored -> null;
            case RegoBoolean ignored -> null;
            case RegoNumber ignored -> null;
            case RegoString ignored -> null;
        };
    }

    /** What is at the end of a path, or null. */
    public static @Nullable Value walk(Value from, Value[] path) {
        Value at = from;
        for (Value key : path) {
            at = step(at, key);
            if (at == null) {
                return null;
            }
        }
        return at;
    }
}
