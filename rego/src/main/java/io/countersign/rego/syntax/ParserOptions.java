package io.countersign.rego.syntax;

/**
 * Which language a source is written in.
 *
 * @param v1 the language of OPA 1.0; else keywords must be imported
 * @param experimental whether `and` and `or` may be imported
 */
public record ParserOptions(boolean v1, boolean experimental) {

    /** The language of OPA 1.0. */
    public static final ParserOptions V1 = new ParserOptions(true, false);

    /** The language before OPA 1.0. */
    public static final ParserOptions V0 = new ParserOptions(false, false);
}
