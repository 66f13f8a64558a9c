package io.countersign.rego.compile;

/** The codes of errors, as OPA writes them. */
public final class Codes {

    /** The source cannot be parsed. */
    public static final String PARSE = "rego_parse_error";

    /** The source cannot be compiled. */
    public static final String COMPILE = "rego_compile_error";

    /** A function or operator gets something it can never take. */
    public static final String TYPE = "rego_type_error";

    /** A variable is never bound. */
    public static final String UNSAFE = "rego_unsafe_var_error";

    /** A rule needs itself. */
    public static final String RECURSION = "rego_recursion_error";

    private Codes() {}
}
