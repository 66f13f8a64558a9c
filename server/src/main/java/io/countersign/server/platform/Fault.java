package io.countersign.server.platform;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, an element of a problem's {@code violations}.
 *
 * @param code stable word for programs, in kebab case
 * @param field path of the field in the body, or the name of the parameter or header; none when it is about no field
 * @param message what is wrong, one lower-case sentence with user input in backticks
 * @param policy id of the template or control that was violated, or none
 * @param version that policy's version, or none
 * @param remedy what to do about it, or none when the message says it
 */
public record Fault(
        String code,
        @Nullable String field,
        String message,
        @Nullable String policy,
        @Nullable Integer version,
        @Nullable String remedy) {

    /** A fault of one field. */
    public static Fault of(String code, String field, String message) {
        return new Fault(code, field, message, null, null, null);
    }
}
