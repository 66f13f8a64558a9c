package io.countersign.rego.compile;

import io.countersign.rego.syntax.Location;
import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.RegoModule.Import;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Var;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the language since OPA 1.0 forbids about imports and names: doubled imports, and `input` or `data` as names. */
final class ImportChecks {

    private ImportChecks() {}

    static void check(RegoModule module, boolean strict, List<RegoError> errors) {
        if (!module.v1() && !strict) {
            return;
        }
        Map<String, Import> seen = new HashMap<>();
        for (Import imported : module.imports()) {
            if (!(imported.path().head() instanceof Var v) || !Walk.isRoot(v.name())) {
                continue;
            }
            Import before = seen.putIfAbsent(imported.name(), imported);
            if (before != null) {
                errors.add(new RegoError(
                        Codes.COMPILE,
                        "import must not shadow import " + before.path().text()
                                + (before.alias() == null ? "" : " as " + before.alias()),
                        imported.loc()));
            }
        }
        for (Rule rule : module.rules()) {
            shadowed(rule.head().name(), "rules", rule.loc(), errors);
            List<Term> args = rule.head().args();
            if (args != null) {
                args.forEach(arg -> Walk.each(arg, t -> {
                    if (t instanceof Var v) {
                        shadowed(v.name(), "variables", v.loc(), errors);
                    }
                }));
            }
        }
        for (Rule top : module.rules()) {
            for (Rule rule = top; rule != null; rule = rule.otherwise()) {
                Walk.all(rule.body(), term -> assigned(term, errors));
            }
        }
        if (strict) {
            unused(module, errors);
        }
    }

    private static void assigned(Term term, List<RegoError> errors) {
        if (term instanceof Term.Call call && call.name().equals("assign")) {
            Term target = call.args().get(0);
            Term name = target instanceof Term.Ref ref && ref.path().isEmpty() ? ref.head() : target;
            if (name instanceof Var v) {
                shadowed(v.name(), "variables", call.loc(), errors);
            }
        }
    }

    private static void shadowed(String name, String what, Location place, List<RegoError> errors) {
        if (Walk.isRoot(name)) {
            errors.add(new RegoError(
                    Codes.COMPILE,
                    what + " must not shadow " + name + " (use a different "
                            + (what.equals("rules") ? "rule" : "variable") + " name)",
                    place));
        }
    }

    private static void unused(RegoModule module, List<RegoError> errors) {
        Set<String> used = new HashSet<>();
        for (Rule top : module.rules()) {
            for (Rule rule = top; rule != null; rule = rule.otherwise()) {
                Rule.Head head = rule.head();
                Walk.all(rule.body(), t -> use(t, used));
                head.ref().path().forEach(term -> Walk.all(term, t -> use(t, used)));
                if (head.key() != null) {
                    Walk.all(head.key(), t -> use(t, used));
                }
                if (head.value() != null) {
                    Walk.all(head.value(), t -> use(t, used));
                }
                withTargets(rule, used);
            }
        }
        for (Import imported : module.imports()) {
            boolean document = imported.path().head() instanceof Var v && Walk.isRoot(v.name());
            if (document && !used.contains(imported.name())) {
                errors.add(new RegoError(
                        Codes.COMPILE,
                        "import " + imported.path().text() + (imported.alias() == null ? "" : " as " + imported.alias())
                                + " unused",
                        imported.loc()));
            }
        }
    }

    private static void withTargets(Rule rule, Set<String> used) {
        rule.body().exprs().forEach(expr -> expr.withs().forEach(w -> Walk.all(w.target(), t -> use(t, used))));
    }

    private static void use(Term term, Set<String> used) {
        if (term instanceof Var v) {
            used.add(v.name());
        } else if (term instanceof Term.Call c && c.operator().head() instanceof Var v) {
            used.add(v.name());
        }
    }
}
