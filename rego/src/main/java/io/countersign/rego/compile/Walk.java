package io.countersign.rego.compile;

import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.Expr.Block;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Expr.SomeIn;
import io.countersign.rego.syntax.Expr.SomeVars;
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
import io.countersign.rego.syntax.Term.Template;
import io.countersign.rego.syntax.Term.Var;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Ways through a tree. */
public final class Walk {

    private Walk() {}

    /** The terms right inside a term, without bodies. */
    public static List<Term> parts(Term term) {
        return switch (term) {
            case Scalar s -> List.of();
            case Var v -> List.of();
            case Ref r -> {
                List<Term> parts = new java.util.ArrayList<>(r.path().size() + 1);
                parts.add(r.head());
                parts.addAll(r.path());
                yield parts;
            }
            case Call c -> c.args();
            case ArrayTerm a -> a.items();
            case SetTerm s -> s.items();
            case ObjectTerm o -> {
                List<Term> parts = new java.util.ArrayList<>(o.keys());
                parts.addAll(o.values());
                yield parts;
            }
            case ArrayComprehension c -> List.of();
            case SetComprehension c -> List.of();
            case ObjectComprehension c -> List.of();
            case Template t -> List.of();
        };
    }

    /** The terms that stand directly in a statement, without bodies; the values of `with` too. */
    public static List<Term> terms(Expr expr) {
        List<Term> terms = new java.util.ArrayList<>();
        switch (expr.form()) {
            case Plain p -> terms.add(p.term());
            case SomeVars s -> {}
            case SomeIn s -> {
                if (s.key() != null) {
                    terms.add(s.key());
                }
                terms.add(s.value());
                terms.add(s.domain());
            }
            case Every e -> terms.add(e.domain());
            case Block b -> {}
            case Logic l -> {}
        }
        expr.withs().forEach(w -> terms.add(w.value()));
        return terms;
    }

    /** The bodies inside a term that is a closure. */
    static List<Body> bodies(Term term) {
        return switch (term) {
            case ArrayComprehension c -> List.of(c.body());
            case SetComprehension c -> List.of(c.body());
            case ObjectComprehension c -> List.of(c.body());
            case Template t ->
                t.parts().stream().map(p -> new Body(p.loc(), List.of(p))).toList();
            default -> List.of();
        };
    }

    static List<Body> bodies(Expr expr) {
        return switch (expr.form()) {
            case Every e -> List.of(e.body());
            case Block b -> List.of(b.body());
            case Logic l -> List.of(l.left(), l.right());
            case Plain p -> List.of();
            case SomeVars s -> List.of();
            case SomeIn s -> List.of();
        };
    }

    /** Every term within, from the outside in, closures included but not entered. */
    public static void each(Term term, Consumer<Term> visit) {
        visit.accept(term);
        for (Term part : parts(term)) {
            each(part, visit);
        }
    }

    /** Every term within, closures entered. */
    public static void all(Term term, Consumer<Term> visit) {
        visit.accept(term);
        for (Term part : parts(term)) {
            all(part, visit);
        }
        switch (term) {
            case ArrayComprehension c -> all(c.head(), visit);
            case SetComprehension c -> all(c.head(), visit);
            case ObjectComprehension c -> {
                all(c.key(), visit);
                all(c.value(), visit);
            }
            default -> {}
        }
        bodies(term).forEach(body -> all(body, visit));
    }

    /** Every term of a body, closures entered. */
    public static void all(Body body, Consumer<Term> visit) {
        body.exprs().forEach(expr -> all(expr, visit));
    }

    /** Every term of a statement, closures entered. */
    public static void all(Expr expr, Consumer<Term> visit) {
        terms(expr).forEach(term -> all(term, visit));
        if (expr.form() instanceof Every e) {
            if (e.key() != null) {
                visit.accept(e.key());
            }
            visit.accept(e.value());
        }
        bodies(expr).forEach(body -> all(body, visit));
    }

    /** The variables of a term outside of closures. */
    public static Set<String> vars(Term term) {
        Set<String> vars = new LinkedHashSet<>();
        addVars(term, vars);
        return vars;
    }

    static void addVars(Term term, Set<String> vars) {
        each(term, t -> {
            if (t instanceof Var v && !isRoot(v.name())) {
                vars.add(v.name());
            }
        });
    }

    /** The variables of a statement outside of closures and of nested bodies. */
    static Set<String> vars(Expr expr) {
        Set<String> vars = new LinkedHashSet<>();
        terms(expr).forEach(term -> addVars(term, vars));
        return vars;
    }

    static Set<String> vars(Body body) {
        Set<String> vars = new LinkedHashSet<>();
        body.exprs().forEach(expr -> terms(expr).forEach(term -> addVars(term, vars)));
        return vars;
    }

    /** All variables mentioned in the closures and nested bodies of a statement. */
    static Set<String> closureVars(Expr expr) {
        Set<String> vars = new LinkedHashSet<>();
        Consumer<Term> add = t -> {
            if (t instanceof Var v && !isRoot(v.name())) {
                vars.add(v.name());
            }
        };
        for (Term term : terms(expr)) {
            each(term, t -> {
                switch (t) {
                    case ArrayComprehension c -> all(c.head(), add);
                    case SetComprehension c -> all(c.head(), add);
                    case ObjectComprehension c -> {
                        all(c.key(), add);
                        all(c.value(), add);
                    }
                    default -> {}
                }
                bodies(t).forEach(body -> all(body, add));
            });
        }
        bodies(expr).forEach(body -> all(body, add));
        if (expr.form() instanceof Every e) {
            if (e.key() instanceof Var v) {
                vars.remove(v.name());
            }
            if (e.value() instanceof Var v) {
                vars.remove(v.name());
            }
        }
        return vars;
    }

    /** Whether a name is one of the two documents. */
    public static boolean isRoot(String name) {
        return name.equals("input") || name.equals("data");
    }

    /** Whether two keys are the same and known; a key is never found by making values equal. */
    public static boolean sameKey(Term a, Term b, Set<String> known) {
        if (a instanceof Scalar x && b instanceof Scalar y) {
            return x.value().equals(y.value());
        }
        return a instanceof Var v && b instanceof Var w && v.name().equals(w.name()) && known.contains(v.name());
    }
}
