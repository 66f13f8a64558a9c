package io.countersign.rego.compile;

import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.ExprTexts;
import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Call;
import java.util.List;

/** Refuses calls of `print`, which answers nothing, where a value is needed. */
final class VoidCalls {

    private final List<RegoError> errors;

    VoidCalls(List<RegoError> errors) {
        this.errors = errors;
    }

    void check(RegoModule module) {
        for (Rule top : module.rules()) {
            for (Rule rule = top; rule != null; rule = rule.otherwise()) {
                if (rule.head().key() != null) {
                    value(rule.head().key());
                }
                if (rule.head().value() != null) {
                    value(rule.head().value());
                }
                body(rule.body());
            }
        }
    }

    private void body(Body body) {
        for (Expr expr : body.exprs()) {
            for (Term term : Walk.terms(expr)) {
                if (expr.form() instanceof Expr.Plain(Term own) && own.equals(term) && isVoid(term)) {
                    Walk.parts(term).forEach(this::value);
                } else {
                    value(term);
                }
            }
            Walk.bodies(expr).forEach(this::body);
        }
    }

    private void value(Term term) {
        if (isVoid(term)) {
            errors.add(new RegoError(Codes.TYPE, ExprTexts.of(term) + " used as value", term.loc()));
        }
        Walk.parts(term).forEach(this::value);
        switch (term) {
            case Term.ArrayComprehension c -> value(c.head());
            case Term.SetComprehension c -> value(c.head());
            case Term.ObjectComprehension c -> {
                value(c.key());
                value(c.value());
            }
            case Term.Template t -> {
                t.parts().forEach(part -> Walk.terms(part).forEach(this::value));
                return;
            }
            default -> {}
        }
        Walk.bodies(term).forEach(this::body);
    }

    private static boolean isVoid(Term term) {
        return term instanceof Call call && call.name().equals("print");
    }
}
