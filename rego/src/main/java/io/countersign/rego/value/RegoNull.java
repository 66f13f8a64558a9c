package io.countersign.rego.value;

import org.jspecify.annotations.Nullable;

/** The value `null`, which is not the same as undefined. */
public final class RegoNull extends Value {

    /** The only one. */
    public static final RegoNull NULL = new RegoNull();

    private RegoNull() {}

    @Override
    int rank() {
        return 0;
    }

    @Override
    int compareSameType(Value other) {
        return 0;
    }

    @Override
    void write(StringBuilder out) {
        out.append("null");
    }

    @Override
    public String typeName() {
        return "null";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return 17;
    }
}
