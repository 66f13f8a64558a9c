package io.countersign.rego.compile;

import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.Expr.Block;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Form;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Expr.With;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Rule.Head;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.ArrayComprehension;
import io.countersign.rego.syntax.Term.ArrayTerm;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.ObjectComprehension;
import io.countersign.rego.syntax.Term.ObjectTerm;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.SetComprehension;
import io.countersign.rego.syntax.Term.SetTerm;
import io.countersign.rego.syntax.Term.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A copy of a tree in which some terms are others. */
final class TermRewriter {

    private final UnaryOperator<Term> change;

    TermRewriter(UnaryOperator<Term> change) {
        this.change = change;
    }

    Rule rule(Rule rule) {
        Head head = rule.head();
        Ref ref = new Ref(head.ref().loc(), head.ref().head(), terms(head.ref().path()));
        Head changed = new Head(head.loc(), ref, head.args(), orNull(head.key()), orNull(head.value()));
        Rule otherwise = rule.otherwise();
        return rule.with(changed, body(rule.body()), otherwise == null ? null : rule(otherwise));
    }

    private @Nullable Term orNull(@Nullable Term term) {
        return term == null ? null : term(term);
    }

    Body body(Body body) {
        List<Expr> exprs = new ArrayList<>();
        body.exprs().forEach(expr -> exprs.add(expr(expr)));
        return new Body(body.loc(), exprs);
    }

    private Expr expr(Expr expr) {
        List<With> withs = new ArrayList<>();
        expr.withs().forEach(w -> withs.add(new With(w.loc(), w.target(), term(w.value()))));
        Form form = switch (expr.form()) {
            case Plain p -> new Plain(term(p.term()));
            case Expr.SomeVars s -> s;
            case Expr.SomeIn s -> new Expr.SomeIn(orNull(s.key()), term(s.value()), term(s.domain()));
            case Every e -> new Every(e.key(), e.value(), term(e.domain()), body(e.body()));
            case Block b -> new Block(body(b.body()));
            case Logic l -> new Logic(l.and(), body(l.left()), body(l.right()));
        };
        return new Expr(expr.loc(), form, expr.negated(), withs);
    }

    private List<Term> terms(List<Term> terms) {
        return terms.stream().map(this::term).toList();
    }

    private Term term(Term term) {
        Term copy = switch (term) {
            case Term.Scalar s -> s;
            case Term.Var v -> v;
            case Ref r -> new Ref(r.loc(), term(r.head()), terms(r.path()));
            case Call c -> new Call(c.loc(), c.operator(), terms(c.args()));
            case ArrayTerm a -> new ArrayTerm(a.loc(), terms(a.items()));
            case SetTerm s -> new SetTerm(s.loc(), terms(s.items()));
            case ObjectTerm o -> new ObjectTerm(o.loc(), terms(o.keys()), terms(o.values()));
            case ArrayComprehension c -> new ArrayComprehension(c.loc(), term(c.head()), body(c.body()));
            case SetComprehension c -> new SetComprehension(c.loc(), term(c.head()), body(c.body()));
            case ObjectComprehension c ->
                new ObjectComprehension(c.loc(), term(c.key()), term(c.value()), body(c.body()));
            case Template t ->
                new Template(
                        t.loc(), t.texts(), t.parts().stream().map(this::expr).toList(), t.raw());
        };
        return change.apply(copy);
    }
}
