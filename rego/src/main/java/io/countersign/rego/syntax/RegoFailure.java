package io.countersign.rego.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** Carries what is wrong with a policy, a query or one evaluation; never means "undefined". */
public class RegoFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial")
    private final List<RegoError> errors;

    /** These errors, at least one. */
    public RegoFailure(List<RegoError> errors) {
        super(errors.stream().map(RegoError::toString).collect(Collectors.joining("\n")), null, false, false);
        this.errors = List.copyOf(errors);
    }

    /** One error. */
    public RegoFailure(String code, String message, Location location) {
        this(List.of(new RegoError(code, message, location)));
    }

    /** All that is wrong, in the order it was found. */
    public List<RegoError> errors() {
        return errors;
    }

    /** The code of the first error. */
    public String code() {
        return errors.get(0).code();
    }
}
