package io.countersign.rego.compile;

import io.countersign.rego.builtin.Builtin;
import io.countersign.rego.builtin.Builtins;
import io.countersign.rego.compile.RuleGroup.Kind;
import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.Expr.With;
import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Finds calls of functions that are not there, and replacements by `with` that cannot be made. */
final class CallChecks {

    private final GlobalNames.Arities arities;
    private final RuleNode root;
    private final List<RegoError> errors;
    private final CompileOptions options;

    CallChecks(GlobalNames.Arities arities, RuleNode root, List<RegoError> errors, CompileOptions options) {
        this.arities = arities;
        this.root = root;
        this.errors = errors;
        this.options = options;
    }

    void check(List<RuleGroup> groups) {
        for (RuleGroup group : groups) {
            for (RuleGroup.Entry entry : group.entries()) {
                for (Rule rule = entry.rule(); rule != null; rule = rule.otherwise()) {
                    check(rule, entry.module().v1());
                }
            }
            RuleGroup.Entry byDefault = group.defaultEntry();
            if (byDefault != null) {
                check(byDefault.rule(), byDefault.module().v1());
            }
        }
    }

    private void check(Rule rule, boolean v1) {
        List<Term> terms = new ArrayList<>(rule.head().ref().path());
        if (rule.head().key() != null) {
            terms.add(rule.head().key());
        }
        if (rule.head().value() != null) {
            terms.add(rule.head().value());
        }
        terms.forEach(term -> Walk.all(term, t -> call(t, v1)));
        check(rule.body(), v1);
    }

    void check(Body body) {
        check(body, false);
    }

    private void check(Body body, boolean v1) {
        Walk.all(body, t -> call(t, v1));
        eachExpr(body, this::withs);
    }

    private static void eachExpr(Body body, java.util.function.Consumer<Expr> visit) {
        for (Expr expr : body.exprs()) {
            visit.accept(expr);
            Walk.bodies(expr).forEach(inner -> eachExpr(inner, visit));
            Walk.terms(expr)
                    .forEach(term -> Walk.each(term, t -> Walk.bodies(t).forEach(inner -> eachExpr(inner, visit))));
        }
    }

    private void call(Term term, boolean v1) {
        if (!(term instanceof Call call)) {
            return;
        }
        String name = call.name();
        Builtin builtin = Builtins.find(name);
        if (builtin == null && arities.of(name) < 0) {
            errors.add(new RegoError(Codes.TYPE, "undefined function " + name, call.loc()));
        } else if (builtin != null && arities.of(name) != builtin.arity() && !builtin.isVariadic()) {
            return;
        } else if (builtin != null && !allowed(builtin)) {
            errors.add(new RegoError(Codes.TYPE, "undefined function " + name, call.loc()));
        } else if (builtin != null && builtin.isDeprecated() && (v1 || options.strict())) {
            errors.add(
                    new RegoError(Codes.TYPE, "deprecated built-in function calls in expression: " + name, call.loc()));
        } else if (builtin == null || !builtin.isVariadic()) {
            int arity = arities.of(name);
            if (call.args().size() != arity) {
                int given = call.args().size();
                String message = builtin == null
                        ? "function " + name + " has arity " + arity + ", got " + given + " argument"
                                + (given == 1 ? "" : "s")
                        : name + ": arity mismatch\n\thave: " + given + " argument(s)\n\twant: " + arity;
                errors.add(new RegoError(Codes.TYPE, message, call.loc()));
            }
        }
    }

    private boolean allowed(Builtin builtin) {
        return options.builtins() == null || options.builtins().contains(builtin.name());
    }

    private void withs(Expr expr) {
        for (With with : expr.withs()) {
            replacedArity(with);
            String name = Walk.isRoot(rootOf(with.target())) ? "" : nameOf(with.target());
            if (!name.isEmpty()) {
                if (Builtins.find(name) == null) {
                    errors.add(new RegoError(
                            Codes.TYPE,
                            "undefined function " + name
                                    + ": with keyword target must reference existing input, data, or a function",
                            with.loc()));
                }
                continue;
            }
            if (with.target() instanceof Ref ref && rootOf(ref).equals("data")) {
                dataTarget(ref, with);
            }
        }
    }

    /** A function that stands in for another must take as many arguments. */
    private void replacedArity(With with) {
        int target = arities.of(nameOf(with.target()));
        int given = with.value() instanceof Ref ref ? arities.of(replacement(ref)) : -1;
        if (target >= 0 && given >= 0 && target != given) {
            errors.add(new RegoError(
                    Codes.TYPE,
                    nameOf(with.target()) + ": arity mismatch\n\thave: " + given + " argument(s)\n\twant: " + target,
                    with.loc()));
        }
    }

    /** The name of the function that a ref may be: built-in ones are held beneath a constant. */
    private static String replacement(Ref ref) {
        return ref.head() instanceof Term.Scalar
                        && ref.path().size() == 1
                        && ref.path().get(0) instanceof Term.Scalar s
                        && s.value() instanceof io.countersign.rego.value.RegoString name
                ? name.value()
                : ref.text();
    }

    private void dataTarget(Ref ref, With with) {
        RuleNode node = root;
        List<Value> path = GroupBuilder.constants(ref.path());
        if (path.size() < ref.path().size()) {
            errors.add(new RegoError(Codes.TYPE, "with keyword target must be ground: " + ref.text(), with.loc()));
            return;
        }
        for (int i = 0; i < path.size(); i++) {
            RuleNode next = node.children().get(path.get(i));
            if (next == null) {
                return;
            }
            node = next;
            if (node.group() != null && i < path.size() - 1 && node.group().kind() != Kind.FUNCTION) {
                errors.add(new RegoError(
                        Codes.COMPILE, "with keyword cannot partially replace virtual document(s)", with.loc()));
                return;
            }
        }
    }

    static String rootOf(Term target) {
        return target instanceof Ref ref && ref.head() instanceof Var v ? v.name() : "";
    }

    static String nameOf(Term target) {
        return target instanceof Ref ref ? ref.text() : target instanceof Var v ? v.name() : "";
    }
}
