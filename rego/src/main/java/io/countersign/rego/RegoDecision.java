package io.countersign.rego;

import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.Value;
import java.util.List;

/** What a policy answers: a value, nothing, or why it could not answer. */
public sealed interface RegoDecision {

    /** The value that was asked for. */
    record Defined(Value value) implements RegoDecision {}

    /** No rule gives a value. */
    record Undefined() implements RegoDecision {}

    /** The evaluation ended in an error: a conflict, a limit, or a function that failed in strict mode. */
    record Failed(List<RegoError> errors) implements RegoDecision {}

    /** Whether the answer is exactly `true`; everything else, errors included, is not. */
    default boolean isTrue() {
        return this instanceof Defined defined && RegoBoolean.TRUE.equals(defined.value());
    }
}
