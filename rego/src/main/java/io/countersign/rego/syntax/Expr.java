package io.countersign.rego.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a body.
 *
 * @param negated whether `not` stands before it
 */
public record Expr(Location loc, Form form, boolean negated, List<With> withs) {

    /** The statement of a term. */
    public static Expr of(Location loc, Term term) {
        return new Expr(loc, new Plain(term), false, List.of());
    }

    /** This statement with another form. */
    public Expr with(Form other) {
        return new Expr(loc, other, negated, withs);
    }

    /** `with target as value`. */
    public record With(Location loc, Term target, Term value) {}

    /** What kind of statement it is. */
    public sealed interface Form {}

    /** A term, often a call. */
    public record Plain(Term term) implements Form {}

    /** `some x, y`. */
    public record SomeVars(List<Term.Var> vars) implements Form {}

    /** `some v in domain` or `some k, v in domain`. */
    public record SomeIn(@Nullable Term key, Term value, Term domain) implements Form {}

    /** `every v in domain { body }`. */
    public record Every(@Nullable Term key, Term value, Term domain, Body body) implements Form {}

    /** `{ body }` where a statement stands: holds when the body does, once, and binds nothing outside. */
    public record Block(Body body) implements Form {}

    /** `left and right`, `left or right`: each a body of its own. */
    public record Logic(boolean and, Body left, Body right) implements Form {}
}
