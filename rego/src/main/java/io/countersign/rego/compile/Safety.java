package io.countersign.rego.compile;

import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.Expr.Block;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Form;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Expr.With;
import io.countersign.rego.syntax.Location;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Orders the statements of bodies so that every variable is bound before it is used; notes those that never are. */
final class Safety {

    /** A variable that is not bound, and the statement that needs it. */
    record Unsafe(String name, Location place, boolean printed) {
        Unsafe(String name, Location place) {
            this(name, place, false);
        }
    }

    /** A statement that is not ordered yet, due to be looked at again since one of its variables became known. */
    private static final class Waiting {
        private final Expr expr;
        private final Set<String> needs;
        private final Set<String> closures;
        private boolean due = true;

        Waiting(Expr expr, Set<String> needs, Set<String> closures) {
            this.expr = expr;
            this.needs = needs;
            this.closures = closures;
        }
    }

    private final List<Unsafe> unsafe = new ArrayList<>();

    List<Unsafe> unsafe() {
        return unsafe;
    }

    /** The same statements in an order that can run, as stable as possible; closures within are ordered too. */
    Body order(Body body, Set<String> bound) {
        Set<String> bodyVars = Walk.vars(body);
        Set<String> safe = new HashSet<>(bound);
        List<Waiting> waiting = new ArrayList<>();
        Map<String, List<Waiting>> waitingFor = new HashMap<>();
        for (Expr expr : body.exprs()) {
            Set<String> inner = Walk.closureVars(expr);
            inner.retainAll(bodyVars);
            inner.removeAll(bound);
            Waiting one = new Waiting(expr, Walk.vars(expr), inner);
            waiting.add(one);
            one.needs.forEach(name ->
                    waitingFor.computeIfAbsent(name, _ -> new ArrayList<>()).add(one));
            inner.forEach(name ->
                    waitingFor.computeIfAbsent(name, _ -> new ArrayList<>()).add(one));
        }
        List<Expr> ordered = new ArrayList<>();
        boolean progress = true;
        while (progress && !waiting.isEmpty()) {
            progress = false;
            for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
                Waiting one = all.next();
                if (!one.due) {
                    continue;
                }
                one.due = false;
                Set<String> outputs = safe.containsAll(one.needs) ? Set.of() : outputs(one.expr, safe);
                if (safe.containsAll(one.closures) && covered(one.needs, safe, outputs)) {
                    safe.addAll(outputs);
                    outputs.forEach(
                            name -> waitingFor.getOrDefault(name, List.of()).forEach(next -> next.due = true));
                    ordered.add(one.expr);
                    all.remove();
                    progress = true;
                }
            }
        }
        for (Waiting one : waiting) {
            Set<String> missing = new LinkedHashSet<>(one.needs);
            missing.addAll(one.closures);
            missing.removeAll(safe);
            missing.removeAll(outputs(one.expr, safe));
            Expr expr = one.expr;
            if (expr.form() instanceof Plain p
                    && p.term() instanceof Call call
                    && call.name().equals("print")) {
                Walk.each(call, t -> {
                    if (t instanceof Var v && missing.contains(v.name())) {
                        unsafe.add(new Unsafe(v.name(), v.loc(), true));
                    }
                });
                continue;
            }
            for (String name : missing) {
                unsafe.add(new Unsafe(name, expr.loc()));
            }
        }
        return new Body(body.loc(), closures(ordered, bound));
    }

    private static boolean covered(Set<String> needed, Set<String> safe, Set<String> outputs) {
        for (String name : needed) {
            if (!safe.contains(name) && !outputs.contains(name)) {
                return false;
            }
        }
        return true;
    }

    private List<Expr> closures(List<Expr> ordered, Set<String> bound) {
        Set<String> known = new HashSet<>(bound);
        List<Expr> done = new ArrayList<>();
        for (Expr expr : ordered) {
            Set<String> inside = new HashSet<>(known);
            done.add(closures(expr, inside));
            known.addAll(Walk.vars(expr));
        }
        return done;
    }

    private Expr closures(Expr expr, Set<String> known) {
        List<With> withs = new ArrayList<>();
        for (With with : expr.withs()) {
            withs.add(new With(with.loc(), with.target(), term(with.value(), known, expr.loc())));
        }
        Form form = switch (expr.form()) {
            case Plain p -> new Plain(term(p.term(), known, expr.loc()));
            case Every e -> {
                Set<String> inner = new HashSet<>(known);
                if (e.key() != null) {
                    Walk.addVars(e.key(), inner);
                }
                Walk.addVars(e.value(), inner);
                inner.addAll(Walk.vars(e.domain()));
                yield new Every(e.key(), e.value(), term(e.domain(), known, expr.loc()), order(e.body(), inner));
            }
            case Block b -> new Block(order(b.body(), known));
            case Logic l -> new Logic(l.and(), order(l.left(), known), order(l.right(), known));
            case Expr.SomeVars s -> s;
            case Expr.SomeIn s -> s;
        };
        return new Expr(expr.loc(), form, expr.negated(), withs);
    }

    private List<Term> terms(List<Term> terms, Set<String> known, Location place) {
        List<Term> done = new ArrayList<>(terms.size());
        terms.forEach(term -> done.add(term(term, known, place)));
        return done;
    }

    Term term(Term term, Set<String> known, Location place) {
        return switch (term) {
            case Scalar s -> s;
            case Var v -> v;
            case Ref r -> new Ref(r.loc(), term(r.head(), known, place), terms(r.path(), known, place));
            case Call c -> new Call(c.loc(), c.operator(), terms(c.args(), known, place));
            case ArrayTerm a -> new ArrayTerm(a.loc(), terms(a.items(), known, place));
            case SetTerm s -> new SetTerm(s.loc(), terms(s.items(), known, place));
            case ObjectTerm o ->
                new ObjectTerm(o.loc(), terms(o.keys(), known, place), terms(o.values(), known, place));
            case ArrayComprehension c -> {
                Body body = order(c.body(), known);
                yield new ArrayComprehension(c.loc(), head(c.head(), body, known, place), body);
            }
            case SetComprehension c -> {
                Body body = order(c.body(), known);
                yield new SetComprehension(c.loc(), head(c.head(), body, known, place), body);
            }
            case ObjectComprehension c -> {
                Body body = order(c.body(), known);
                // A ref in the one half binds for the other half too.
                Set<String> either = new HashSet<>(known);
                either.addAll(Walk.vars(body));
                either.addAll(refOutputs(c.key(), either));
                either.addAll(refOutputs(c.value(), either));
                Term key = head(c.key(), body, either, place);
                yield new ObjectComprehension(c.loc(), key, head(c.value(), body, either, place), body);
            }
            case Template t -> {
                List<Expr> parts = new ArrayList<>();
                for (Expr part : t.parts()) {
                    if (undeclared(part, known)) {
                        parts.add(part);
                        continue;
                    }
                    Body body = order(new Body(part.loc(), List.of(part)), known);
                    parts.add(body.exprs().isEmpty() ? part : body.exprs().get(0));
                }
                yield new Template(t.loc(), t.texts(), parts, t.raw());
            }
        };
    }

    /** A template string declares nothing: what its terms are made of must be known; only a variable is judged later. */
    private boolean undeclared(Expr part, Set<String> known) {
        if (part.form() instanceof Plain(Var v)) {
            return false;
        }
        Set<String> missing = Walk.vars(part);
        missing.removeAll(known);
        missing.forEach(name -> unsafe.add(new Unsafe(name, part.loc(), true)));
        return !missing.isEmpty();
    }

    private Term head(Term head, Body body, Set<String> known, Location place) {
        Set<String> inside = new HashSet<>(known);
        inside.addAll(Walk.vars(body));
        Set<String> missing = Walk.vars(head);
        missing.removeAll(inside);
        missing.removeAll(refOutputs(head, inside));
        missing.forEach(name -> unsafe.add(new Unsafe(name, place)));
        return term(head, inside, place);
    }

    // --- What a statement binds ---

    private static Set<String> outputs(Expr expr, Set<String> safe) {
        if (expr.negated()) {
            return Set.of();
        }
        for (With with : expr.withs()) {
            if (!safe.containsAll(Walk.vars(with.value()))) {
                return Set.of();
            }
        }
        return switch (expr.form()) {
            case Plain p -> outputs(p.term(), safe);
            case Every e -> refOutputs(e.domain(), safe);
            case Block b -> Set.of();
            case Logic l -> Set.of();
            case Expr.SomeVars s -> Set.of();
            case Expr.SomeIn s -> Set.of();
        };
    }

    private static Set<String> outputs(Term term, Set<String> safe) {
        Set<String> outputs = refOutputs(term, safe);
        if (term instanceof Call call && call.args().size() == 2 && isUnification(call)) {
            Set<String> known = Walk.vars(term);
            known.retainAll(safe);
            known.addAll(outputs);
            Set<String> before = new HashSet<>(known);
            boolean both = call.name().equals("eq");
            while (unify(call.args().get(0), call.args().get(1), known, both)) {
                // Until nothing more becomes known.
            }
            known.removeAll(before);
            outputs.addAll(known);
        }
        return outputs;
    }

    static boolean isUnification(Call call) {
        return call.name().equals("eq") || call.name().equals("assign");
    }

    /** The variables that refs within a term bind by being walked through. */
    static Set<String> refOutputs(Term term, Set<String> safe) {
        Set<String> outputs = new HashSet<>();
        Walk.each(term, t -> {
            if (t instanceof Ref ref && headIsSafe(ref, safe)) {
                for (Term part : ref.path()) {
                    patternVars(part, outputs);
                }
            }
        });
        outputs.removeAll(safe);
        return outputs;
    }

    private static boolean headIsSafe(Ref ref, Set<String> safe) {
        return ref.head() instanceof Var v
                ? Walk.isRoot(v.name()) || safe.contains(v.name())
                : safe.containsAll(Walk.vars(ref.head()));
    }

    static void patternVars(Term pattern, Set<String> found) {
        switch (pattern) {
            case Var v -> found.add(v.name());
            case ArrayTerm a -> a.items().forEach(item -> patternVars(item, found));
            case ObjectTerm o -> o.values().forEach(item -> patternVars(item, found));
            default -> {}
        }
    }

    /** Adds what one side lets one know about the other; answers whether anything was added. */
    static boolean unify(Term left, Term right, Set<String> known, boolean both) {
        if (left instanceof ArrayTerm a
                && right instanceof ArrayTerm b
                && a.items().size() == b.items().size()) {
            boolean more = false;
            for (int i = 0; i < a.items().size(); i++) {
                more |= unify(a.items().get(i), b.items().get(i), known, both);
            }
            return more;
        }
        if (left instanceof ObjectTerm a && right instanceof ObjectTerm b) {
            boolean more = false;
            for (int i = 0; i < a.keys().size(); i++) {
                for (int j = 0; j < b.keys().size(); j++) {
                    if (Walk.sameKey(a.keys().get(i), b.keys().get(j), known)) {
                        more |= unify(a.values().get(i), b.values().get(j), known, both);
                    }
                }
            }
            return more;
        }
        boolean more = false;
        if (known.containsAll(Walk.vars(right))) {
            more = bind(left, known);
        }
        if (both && known.containsAll(Walk.vars(left))) {
            more |= bind(right, known);
        }
        return more;
    }

    private static boolean bind(Term pattern, Set<String> known) {
        Set<String> vars = new HashSet<>();
        patternVars(pattern, vars);
        return known.addAll(vars);
    }
}
