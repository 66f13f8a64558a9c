package io.countersign.rego.syntax;

import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.List;

/** A term as it is written. */
public sealed interface Term {

    /** Where it begins. */
    Location loc();

    /** A null, boolean, number or string. */
    record Scalar(Location loc, Value value) implements Term {}

    /** A name; wildcards are named `$` and a number. */
    record Var(Location loc, String name) implements Term {

        /** Whether it was written as `_`. */
        public boolean isWildcard() {
            return name.startsWith("$");
        }
    }

    /** What is beneath something: `input.x[i]`. */
    record Ref(Location loc, Term head, List<Term> path) implements Term {

        /** The names of a ref that only consists of names, joined by dots; else with its brackets. */
        public String text() {
            StringBuilder out = new StringBuilder(head instanceof Var v ? v.name() : Texts.of(head));
            for (Term part : path) {
                if (part instanceof Scalar(Location l, RegoString s) && Texts.isName(s.value())) {
                    out.append('.').append(s.value());
                } else {
                    out.append('[').append(Texts.of(part)).append(']');
                }
            }
            return out.toString();
        }
    }

    /** The call of a function or of an operator, by its name. */
    record Call(Location loc, Ref operator, List<Term> args) implements Term {

        /** The operator's name. */
        public String name() {
            return operator.text();
        }
    }

    /** An array in brackets. */
    record ArrayTerm(Location loc, List<Term> items) implements Term {}

    /** A set in braces. */
    record SetTerm(Location loc, List<Term> items) implements Term {}

    /** An object in braces; keys and values go in pairs. */
    record ObjectTerm(Location loc, List<Term> keys, List<Term> values) implements Term {}

    /** An array comprehension. */
    record ArrayComprehension(Location loc, Term head, Body body) implements Term {}

    /** A set comprehension. */
    record SetComprehension(Location loc, Term head, Body body) implements Term {}

    /** An object comprehension. */
    record ObjectComprehension(Location loc, Term key, Term value, Body body) implements Term {}

    /** A template string: texts with one statement between each two. */
    record Template(Location loc, List<String> texts, List<Expr> parts, boolean raw) implements Term {}
}
