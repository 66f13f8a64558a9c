package io.countersign.core.gate;

import org.jspecify.annotations.Nullable;

/**
 * Something no approval can cure.
 *
 * @param code stable word for programs, for example {@code environment-frozen}
 * @param policyId the template or control that was violated, or none
 * @param policyVersion its version, or none
 * @param message what is wrong, one sentence
 * @param remedy what to do about it, one sentence
 */
public record Violation(
        String code,
        @Nullable String policyId,
        @Nullable Integer policyVersion,
        @Nullable String field,
        String message,
        String remedy) {

    /** The same with another remedy. */
    public Violation remedied(String other) {
        return new Violation(code, policyId, policyVersion, field, message, other);
    }
}
