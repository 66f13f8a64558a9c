package io.countersign.rego.builtin;

/** Says why a built-in function cannot answer; the expression is then undefined, unless errors are strict. */
public final class BuiltinFailure extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final boolean type;

    private BuiltinFailure(String message, boolean type) {
        super(message, null, false, false);
        this.type = type;
    }

    /** An operand has a type or form the function does not take. */
    public static BuiltinFailure type(String message) {
        return new BuiltinFailure(message, true);
    }

    /** The function fails for these operands. */
    public static BuiltinFailure error(String message) {
        return new BuiltinFailure(message, false);
    }

    /** The message about one operand. */
    public static BuiltinFailure operand(int position, String what) {
        return new BuiltinFailure("operand " + position + " " + what, true);
    }

    /** OPA's code for it. */
    public String code() {
        return type ? "eval_type_error" : "eval_builtin_error";
    }

    /** The message, always there. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
