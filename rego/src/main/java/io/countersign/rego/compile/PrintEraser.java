package io.countersign.rego.compile;

import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.Expr.Block;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Form;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Rule.Head;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.ArrayComprehension;
import io.countersign.rego.syntax.Term.ArrayTerm;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.ObjectComprehension;
import io.countersign.rego.syntax.Term.ObjectTerm;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.SetComprehension;
import io.countersign.rego.syntax.Term.SetTerm;
import io.countersign.rego.value.RegoBoolean;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes `print` statements out of modules. */
final class PrintEraser {

    private PrintEraser() {}

    static RegoModule erase(RegoModule module) {
        if (!mentionsPrint(module)) {
            return module;
        }
        List<Rule> rules = new ArrayList<>();
        module.rules().forEach(rule -> rules.add(erase(rule)));
        return module.withRules(rules);
    }

    private static boolean mentionsPrint(RegoModule module) {
        boolean[] found = new boolean[1];
        for (Rule rule : module.rules()) {
            if (rule.head().name().equals("print")) {
                return false;
            }
            for (Rule r = rule; r != null; r = r.otherwise()) {
                Walk.all(r.body(), t -> found[0] |= isPrint(t));
                headTerms(r.head()).forEach(term -> Walk.all(term, t -> found[0] |= isPrint(t)));
            }
        }
        return found[0];
    }

    private static List<Term> headTerms(Head head) {
        List<Term> terms = new ArrayList<>(head.ref().path());
        if (head.key() != null) {
            terms.add(head.key());
        }
        if (head.value() != null) {
            terms.add(head.value());
        }
        return terms;
    }

    private static boolean isPrint(Term term) {
        return term instanceof Call c && c.name().equals("print");
    }

    private static Rule erase(Rule rule) {
        Head head = rule.head();
        List<Term> path = head.ref().path().stream().map(PrintEraser::term).toList();
        Head erased = new Head(
                head.loc(),
                new Ref(head.ref().loc(), head.ref().head(), path),
                head.args(),
                orNull(head.key()),
                orNull(head.value()));
        Rule otherwise = rule.otherwise();
        return rule.with(erased, erase(rule.body()), otherwise == null ? null : erase(otherwise));
    }

    private static @Nullable Term orNull(@Nullable Term term) {
        return term == null ? null : term(term);
    }

    static Body erase(Body body) {
        List<Expr> exprs = new ArrayList<>();
        for (Expr expr : body.exprs()) {
            if (!(expr.form() instanceof Plain p && isPrint(p.term()))) {
                exprs.add(expr(expr));
            }
        }
        if (exprs.isEmpty()) {
            exprs.add(Expr.of(body.loc(), new Scalar(body.loc(), RegoBoolean.TRUE)));
        }
        return new Body(body.loc(), exprs);
    }

    private static Expr expr(Expr expr) {
        Form form = switch (expr.form()) {
            case Plain p -> new Plain(term(p.term()));
            case Expr.SomeVars s -> s;
            case Expr.SomeIn s -> new Expr.SomeIn(orNull(s.key()), term(s.value()), term(s.domain()));
            case Every e -> new Every(e.key(), e.value(), term(e.domain()), erase(e.body()));
            case Block b -> new Block(erase(b.body()));
            case Logic l -> new Logic(l.and(), erase(l.left()), erase(l.right()));
        };
        return expr.with(form);
    }

    private static Term term(Term term) {
        return switch (term) {
            case Scalar s -> s;
            case Term.Var v -> v;
            case Term.Template t -> t;
            case Ref r -> new Ref(r.loc(), term(r.head()), terms(r.path()));
            case Call c -> new Call(c.loc(), c.operator(), terms(c.args()));
            case ArrayTerm a -> new ArrayTerm(a.loc(), terms(a.items()));
            case SetTerm s -> new SetTerm(s.loc(), terms(s.items()));
            case ObjectTerm o -> new ObjectTerm(o.loc(), terms(o.keys()), terms(o.values()));
            case ArrayComprehension c -> new ArrayComprehension(c.loc(), term(c.head()), erase(c.body()));
            case SetComprehension c -> new SetComprehension(c.loc(), term(c.head()), erase(c.body()));
            case ObjectComprehension c ->
                new ObjectComprehension(c.loc(), term(c.key()), term(c.value()), erase(c.body()));
        };
    }

    private static List<Term> terms(List<Term> terms) {
        return terms.stream().map(PrintEraser::term).toList();
    }
}
