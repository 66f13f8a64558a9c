package io.countersign.rego.value;

import org.jspecify.annotations.Nullable;

/** A Rego value: immutable, with Rego's equality (1 equals 1.0) and its total order across types. */
public abstract sealed class Value implements Comparable<Value>
        permits RegoNull, RegoBoolean, RegoNumber, RegoString, RegoCollection {

    /** The most that {@link #weight()} says. */
    static final long HEAVIEST = Long.MAX_VALUE / 4;

    /** The place of this value's type in the order of types: null, boolean, number, string, array, object, set. */
    abstract int rank();

    abstract int compareSameType(Value other);

    /** Appends the text of this value as it would be written in Rego, with sorted sets and objects. */
    abstract void write(StringBuilder out);

    /** The name of the type, as `type_name` says it. */
    public abstract String typeName();

    @Override
    @SuppressWarnings("ReferenceEquality")
    public final int compareTo(Value other) {
        if (this == other) {
            return 0;
        }
        int mine = rank();
        int theirs = other.rank();
        if (mine != theirs) {
            return Integer.compare(mine, theirs);
        }
        return this instanceof RegoCollection a && other instanceof RegoCollection b
                ? ComparedPairs.order(a, b)
                : compareSameType(other);
    }

    /**
     * How large this value is when it is written out: its elements and characters, where what it holds twice counts
     * twice; 2^61 where it is more.
     */
    public long weight() {
        return 1;
    }

    @Override
    public abstract boolean equals(@Nullable Object other);

    @Override
    public abstract int hashCode();

    /** The value as Rego text. */
    @Override
    public final String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    /** The value as compact JSON: sets become arrays, keys that are no strings become their JSON text. */
    public final String toJson() {
        return JsonWriter.compact(this);
    }

    /** Whether this is the boolean `false`: the one defined value that fails a statement. */
    @SuppressWarnings("ReferenceEquality")
    public final boolean isFalse() {
        return this == RegoBoolean.FALSE;
    }
}
