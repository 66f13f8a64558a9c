package io.countersign.rego.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule as it is written.
 *
 * @param otherwise the rule after `else`
 * @param metadata the metadata blocks right before it
 */
public record Rule(
        Location loc,
        Head head,
        Body body,
        boolean isDefault,
        @Nullable Rule otherwise,
        List<Annotation> metadata) {

    /** This rule with another head, body and else. */
    public Rule with(Head newHead, Body newBody, @Nullable Rule newOtherwise) {
        return new Rule(loc, newHead, newBody, isDefault, newOtherwise, metadata);
    }

    /**
     * What a rule defines.
     *
     * @param ref the name and what follows it, without the key of a partial set
     * @param args the arguments of a function, else null
     * @param key the element of a partial set, else null
     * @param value what it is assigned, `true` by default; null in a partial set
     */
    public record Head(
            Location loc,
            Term.Ref ref,
            @Nullable List<Term> args,
            @Nullable Term key,
            @Nullable Term value) {

        /** Whether it adds elements to a set. */
        public boolean isSet() {
            return key != null;
        }

        /** Whether it defines a function. */
        public boolean isFunction() {
            return args != null;
        }

        /** The name at the beginning. */
        public String name() {
            return ref.head() instanceof Term.Var v ? v.name() : "";
        }
    }
}
