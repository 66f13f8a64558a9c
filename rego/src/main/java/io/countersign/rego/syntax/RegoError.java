package io.countersign.rego.syntax;

/**
 * One thing that is wrong: OPA's code for it, a sentence, and the place.
 *
 * @param code such as `rego_parse_error` or `eval_conflict_error`
 */
@SuppressWarnings("ReferenceEquality")
public record RegoError(String code, String message, Location location) {

    /** `file:row: code: message`. */
    @Override
    public String toString() {
        return (location == Location.NONE ? "" : location + ": ") + code + ": " + message;
    }
}
