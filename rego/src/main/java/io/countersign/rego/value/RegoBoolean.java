package io.countersign.rego.value;

import org.jspecify.annotations.Nullable;

/** One of the two booleans. */
public final class RegoBoolean extends Value {

    /** The value `true`. */
    public static final RegoBoolean TRUE = new RegoBoolean(true);

    /** The value `false`. */
    public static final RegoBoolean FALSE = new RegoBoolean(false);

    private final boolean value;

    private RegoBoolean(boolean value) {
        this.value = value;
    }

    /** The boolean of that name. */
    public static RegoBoolean of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** The Java value. */
    public boolean value() {
        return value;
    }

    @Override
    int rank() {
        return 1;
    }

    @Override
    int compareSameType(Value other) {
        return Boolean.compare(value, ((RegoBoolean) other).value);
    }

    @Override
    void write(StringBuilder out) {
        out.append(value);
    }

    @Override
    public String typeName() {
        return "boolean";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return value ? 1231 : 1237;
    }
}
