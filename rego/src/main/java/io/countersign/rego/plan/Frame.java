package io.countersign.rego.plan;

import io.countersign.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The slots of one rule, function or query while it is evaluated. */
final class Frame {

    final @Nullable Object[] slots;
    Eval eval;

    /** What the end of the chain gathers. */
    @Nullable
    Object result;

    Frame(int size, Eval eval) {
        this.slots = new @Nullable Object[size];
        this.eval = eval;
    }

    /** The value in a slot that is known to be filled. */
    @SuppressWarnings("NullAway")
    Value value(int slot) {
        return (Value) slots[slot];
    }
}
