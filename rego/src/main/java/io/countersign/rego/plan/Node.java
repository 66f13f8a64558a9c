package io.countersign.rego.plan;

import io.countersign.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A term that can be evaluated: every variable in it is bound. */
abstract class Node {

    /** The value, or null for undefined. */
    abstract @Nullable Value eval(Frame frame);
}
