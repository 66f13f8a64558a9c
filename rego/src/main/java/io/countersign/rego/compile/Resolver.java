package io.countersign.rego.compile;

import io.countersign.rego.builtin.Builtins;
import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.Expr.Block;
import io.countersign.rego.syntax.Expr.Every;
import io.countersign.rego.syntax.Expr.Form;
import io.countersign.rego.syntax.Expr.Logic;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Expr.SomeIn;
import io.countersign.rego.syntax.Expr.SomeVars;
import io.countersign.rego.syntax.Expr.With;
import io.countersign.rego.syntax.Location;
import io.countersign.rego.syntax.RegoError;
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
import io.countersign.rego.syntax.Term.Template;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.RegoString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives every name its meaning: rules and imports become refs into `data`, declared variables unique names. */
final class Resolver {

    private final GlobalNames names;
    private final List<RegoError> errors;
    private final boolean strict;
    private final int[] counter;
    private Scope scope = new Scope(null, false);

    Resolver(GlobalNames names, List<RegoError> errors, boolean strict, int[] counter) {
        this.names = names;
        this.errors = errors;
        this.strict = strict;
        this.counter = counter;
    }

    /** The name as it was written. */
    static String written(String unique) {
        int at = unique.indexOf('@');
        String name = at < 0 ? unique : unique.substring(0, at);
        return name.startsWith("$") ? "_" : name;
    }

    Rule rule(Rule rule) {
        scope = new Scope(scope, true);
        Head head = rule.head();
        List<Term> args = null;
        if (head.args() != null) {
            for (Term arg : head.args()) {
                declareAll(arg);
            }
            args = terms(head.args());
            scope.used.clear();
        }
        scope = new Scope(scope, false);
        Body body = inScope(rule.body());
        if (args != null) {
            body = evaluatedArguments(args, body);
        }
        List<Term> refPath = terms(head.ref().path());
        Term key = head.key() == null ? null : term(head.key());
        Term value = head.value() == null ? null : term(head.value());
        leave();
        leaveArguments();
        Rule otherwise = rule.otherwise() == null ? null : rule(rule.otherwise());
        Head resolved =
                new Head(head.loc(), new Ref(head.ref().loc(), head.ref().head(), refPath), args, key, value);
        return rule.with(resolved, body, otherwise);
    }

    /** Arguments that must be evaluated become variables that the body compares with them. */
    private Body evaluatedArguments(List<Term> args, Body body) {
        List<Expr> exprs = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            boolean[] evaluated = new boolean[1];
            Walk.each(
                    args.get(i),
                    t -> evaluated[0] |= !(t instanceof Scalar
                            || t instanceof Var
                            || t instanceof ArrayTerm
                            || t instanceof ObjectTerm
                            || t instanceof SetTerm));
            if (evaluated[0]) {
                Location loc = args.get(i).loc();
                Var var = new Var(loc, "$" + unique("arg"));
                exprs.add(Expr.of(loc, call(loc, "eq", var, args.get(i))));
                args.set(i, var);
            }
        }
        if (exprs.isEmpty()) {
            return body;
        }
        List<Expr> all = new ArrayList<>(body.exprs());
        all.addAll(exprs);
        return new Body(body.loc(), all);
    }

    Body query(Body body) {
        Body resolved = inScope(body);
        scope.places.forEach((name, declared) -> {
            if (!declared.assigned() && !scope.used.contains(name)) {
                error("declared var " + name + " unused", declared.place());
            }
        });
        return resolved;
    }

    private void leave() {
        scope.places.forEach((name, declared) -> {
            if (!scope.used.contains(name) && (strict || !declared.assigned())) {
                error((declared.assigned() ? "assigned" : "declared") + " var " + name + " unused", declared.place());
            }
        });
        scope = java.util.Objects.requireNonNull(scope.outer);
    }

    private void leaveArguments() {
        scope.places.forEach((name, declared) -> {
            if (strict && !scope.used.contains(name)) {
                error("unused argument " + name + ". (hint: use _ (wildcard variable) instead)", declared.place());
            }
        });
        scope = java.util.Objects.requireNonNull(scope.outer);
    }

    private void error(String message, Location place) {
        errors.add(new RegoError(Codes.COMPILE, message, place));
    }

    private String unique(String name) {
        return name + "@" + counter[0]++;
    }

    private void declareAll(Term pattern) {
        for (String name : patternVars(pattern)) {
            scope.declared.putIfAbsent(name, unique(name));
            scope.places.putIfAbsent(name, new Scope.Declared(pattern.loc(), true));
        }
    }

    /** The variables of a pattern: not those within refs and calls, where they are only used. */
    private static Set<String> patternVars(Term pattern) {
        Set<String> found = new java.util.LinkedHashSet<>();
        patternVars(pattern, found);
        return found;
    }

    private static void patternVars(Term pattern, Set<String> found) {
        switch (pattern) {
            case Var v -> {
                if (!v.isWildcard() && !Walk.isRoot(v.name())) {
                    found.add(v.name());
                }
            }
            case ArrayTerm a -> a.items().forEach(item -> patternVars(item, found));
            case ObjectTerm o -> o.values().forEach(item -> patternVars(item, found));
            default -> {}
        }
    }

    private void declare(String name, Location place, boolean assigned) {
        if (scope.declared.containsKey(name)) {
            error("var " + name + (assigned ? " assigned above" : " declared above"), place);
            return;
        }
        if (assigned && scope.mentioned.contains(name)) {
            error("var " + name + " referenced above", place);
            return;
        }
        if (scope.outer != null && scope.outer.arguments && scope.outer.declared.containsKey(name)) {
            error("arg " + name + " redeclared", place);
            return;
        }
        scope.declared.put(name, unique(name));
        scope.places.put(name, new Scope.Declared(place, assigned));
    }

    // --- Bodies ---

    private Body body(Body body) {
        scope = new Scope(scope, false);
        Body resolved = inScope(body);
        leave();
        return resolved;
    }

    private Body inScope(Body body) {
        List<Expr> exprs = new ArrayList<>();
        for (Expr expr : body.exprs()) {
            Expr resolved = expr(expr);
            if (resolved != null) {
                exprs.add(resolved);
            }
        }
        if (exprs.isEmpty()) {
            exprs.add(Expr.of(body.loc(), new Scalar(body.loc(), io.countersign.rego.value.RegoBoolean.TRUE)));
        }
        return new Body(body.loc(), exprs);
    }

    private @Nullable Expr expr(Expr expr) {
        List<With> withs = new ArrayList<>();
        for (With with : expr.withs()) {
            withs.add(new With(with.loc(), term(with.target()), replacement(with.value())));
        }
        Form form = form(expr, expr.form());
        return form == null ? null : new Expr(expr.loc(), form, expr.negated(), withs);
    }

    /** The value of a `with`; the name of a built-in function becomes a ref of its own kind. */
    private Term replacement(Term value) {
        Term resolved = term(value);
        String name = resolved instanceof Var v ? v.name() : resolved instanceof Ref r ? r.text() : "";
        if (Builtins.find(name) == null) {
            return resolved;
        }
        Scalar kind = new Scalar(value.loc(), RegoString.of("builtin"));
        return new Ref(value.loc(), kind, List.of(new Scalar(value.loc(), RegoString.of(name))));
    }

    private @Nullable Form form(Expr expr, Form form) {
        return switch (form) {
            case Plain p -> new Plain(statement(expr, p.term()));
            case SomeVars s -> {
                for (Var v : s.vars()) {
                    if (!v.isWildcard()) {
                        declare(v.name(), v.loc(), false);
                    }
                }
                yield null;
            }
            case SomeIn s -> someIn(s);
            case Every e -> every(e);
            case Block b -> new Block(body(b.body()));
            case Logic l -> new Logic(l.and(), body(l.left()), body(l.right()));
        };
    }

    private Form someIn(SomeIn some) {
        Term domain = term(some.domain());
        if (some.key() != null) {
            declarePattern(some.key());
        }
        declarePattern(some.value());
        Location loc = some.value().loc();
        Term key = some.key() == null ? new Var(loc, "$" + unique("in")) : term(some.key());
        Term value = term(some.value());
        List<Term> path = new ArrayList<>();
        Term head = domain;
        if (domain instanceof Ref ref) {
            head = ref.head();
            path.addAll(ref.path());
        }
        path.add(key);
        return new Plain(call(loc, "eq", value, new Ref(domain.loc(), head, path)));
    }

    private void declarePattern(Term pattern) {
        for (String name : patternVars(pattern)) {
            declare(name, pattern.loc(), false);
        }
    }

    private Form every(Every every) {
        Term domain = term(every.domain());
        scope = new Scope(scope, false);
        Term key = null;
        if (every.key() instanceof Var v) {
            if (!v.isWildcard()) {
                declare(v.name(), v.loc(), false);
            }
            key = term(v);
        }
        if (every.value() instanceof Var v && !v.isWildcard()) {
            declare(v.name(), v.loc(), false);
        }
        Term value = term(every.value());
        Body body = body(every.body());
        leave();
        return new Every(key, value, domain, body);
    }

    private static Call call(Location loc, String name, Term... args) {
        return new Call(loc, new Ref(loc, new Var(loc, name), List.of()), List.of(args));
    }

    /** A term that stands alone: an assignment declares, and a call with one argument too many unifies its result. */
    private Term statement(Expr expr, Term term) {
        if (!(term instanceof Call call)) {
            return term(term);
        }
        if (call.name().equals("assign") && call.args().size() == 2) {
            Term right = term(call.args().get(1));
            Term target = call.args().get(0);
            if (!checkAssigned(target, expr.loc())) {
                return call(call.loc(), "eq", term(target), right);
            }
            for (String name : patternVars(target)) {
                declare(name, expr.loc(), true);
            }
            Set<String> used = new java.util.HashSet<>(scope.used);
            Term left = term(target);
            patternVars(target).stream().filter(name -> !used.contains(name)).forEach(scope.used::remove);
            return new Call(
                    call.loc(), new Ref(call.loc(), new Var(call.loc(), "assign"), List.of()), List.of(left, right));
        }
        Term resolved = term(call);
        if (resolved instanceof Call c) {
            int arity = names.arities().of(c.name());
            if (arity >= 0 && c.args().size() == arity + 1 && !c.name().equals("eq")) {
                Call inner = new Call(c.loc(), c.operator(), c.args().subList(0, arity));
                return call(c.loc(), "eq", c.args().get(arity), inner);
            }
        }
        return resolved;
    }

    private boolean checkAssigned(Term target, Location place) {
        boolean fine = switch (target) {
            case Var v -> !Walk.isRoot(v.name()) || cannotAssign("ref", place);
            case ArrayTerm a -> a.items().stream().allMatch(item -> checkNested(item, place));
            case ObjectTerm o -> o.values().stream().allMatch(item -> checkNested(item, place));
            case Scalar s -> cannotAssign(s.value().typeName(), place);
            case Ref r -> cannotAssign("ref", place);
            case Call c -> cannotAssign("call", place);
            case SetTerm s -> cannotAssign("set", place);
            case ArrayComprehension c -> cannotAssign("arraycomprehension", place);
            case SetComprehension c -> cannotAssign("setcomprehension", place);
            case ObjectComprehension c -> cannotAssign("objectcomprehension", place);
            case Template t -> cannotAssign("templatestring", place);
        };
        return fine;
    }

    private boolean checkNested(Term item, Location place) {
        return item instanceof Scalar || checkAssigned(item, place);
    }

    private boolean cannotAssign(String type, Location place) {
        error("cannot assign to " + type, place);
        return false;
    }

    // --- Terms ---

    private List<Term> terms(List<Term> terms) {
        List<Term> resolved = new ArrayList<>(terms.size());
        terms.forEach(term -> resolved.add(term(term)));
        return resolved;
    }

    Term term(Term term) {
        return switch (term) {
            case Scalar s -> s;
            case Var v -> variable(v);
            case Ref r -> ref(r);
            case Call c -> new Call(c.loc(), operator(c.operator()), terms(c.args()));
            case ArrayTerm a -> new ArrayTerm(a.loc(), terms(a.items()));
            case SetTerm s -> new SetTerm(s.loc(), terms(s.items()));
            case ObjectTerm o -> new ObjectTerm(o.loc(), terms(o.keys()), terms(o.values()));
            case ArrayComprehension c -> {
                scope = new Scope(scope, false);
                Body body = inScope(c.body());
                Term head = term(c.head());
                leave();
                yield new ArrayComprehension(c.loc(), head, body);
            }
            case SetComprehension c -> {
                scope = new Scope(scope, false);
                Body body = inScope(c.body());
                Term head = term(c.head());
                leave();
                yield new SetComprehension(c.loc(), head, body);
            }
            case ObjectComprehension c -> {
                scope = new Scope(scope, false);
                Body body = inScope(c.body());
                Term key = term(c.key());
                Term value = term(c.value());
                leave();
                yield new ObjectComprehension(c.loc(), key, value, body);
            }
            case Template t -> {
                List<Expr> parts = new ArrayList<>();
                for (Expr part : t.parts()) {
                    scope = new Scope(scope, false);
                    Expr resolved = java.util.Objects.requireNonNull(expr(part));
                    leave();
                    parts.add(resolved);
                }
                yield new Template(t.loc(), t.texts(), parts, t.raw());
            }
        };
    }

    private Term variable(Var v) {
        if (v.isWildcard()) {
            return v.name().contains("@") ? v : new Var(v.loc(), v.name() + "@" + counter[0]++);
        }
        String unique = scope.find(v.name());
        if (unique != null) {
            return new Var(v.loc(), unique);
        }
        if (Walk.isRoot(v.name())) {
            return new Ref(v.loc(), v, List.of());
        }
        Ref global = names.globals().get(v.name());
        return global == null ? v : new Ref(v.loc(), global.head(), global.path());
    }

    private Term ref(Ref ref) {
        Term head = term(ref.head());
        List<Term> path = new ArrayList<>();
        if (head instanceof Ref base) {
            head = base.head();
            path.addAll(base.path());
        }
        path.addAll(terms(ref.path()));
        return new Ref(ref.loc(), head, path);
    }

    private Ref operator(Ref operator) {
        if (operator.head() instanceof Var v && scope.find(v.name()) == null) {
            Ref global = names.globals().get(v.name());
            if (global != null) {
                List<Term> path = new ArrayList<>(global.path());
                path.addAll(operator.path());
                return new Ref(operator.loc(), global.head(), path);
            }
        }
        return operator;
    }
}
