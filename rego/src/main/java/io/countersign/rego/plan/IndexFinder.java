package io.countersign.rego.plan;

import io.countersign.rego.compile.RuleGroup;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.Expr.Plain;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for the one term that most rules of a group compare with constants. */
final class IndexFinder {

    private static final int FEWEST_RULES = 3;

    private final Planner planner;

    IndexFinder(Planner planner) {
        this.planner = planner;
    }

    @Nullable
    RuleIndex find(RuleGroup group, RulePlan[] plans) {
        if (plans.length < FEWEST_RULES || planner.coverage != null || planner.trace != null) {
            return null;
        }
        List<Map<String, Set<Value>>> conditions = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Ref> refs = new HashMap<>();
        for (RuleGroup.Entry entry : group.entries()) {
            Map<String, Set<Value>> own = conditions(entry.rule(), refs);
            conditions.add(own);
            own.keySet().forEach(term -> counts.merge(term, 1, Integer::sum));
        }
        String best = null;
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            if (count.getValue() >= 2
                    && (best == null
                            || count.getValue() > counts.getOrDefault(best, 0)
                            || (count.getValue().equals(counts.get(best))
                                    && count.getKey().compareTo(best) < 0))) {
                best = count.getKey();
            }
        }
        if (best == null) {
            return null;
        }
        List<@Nullable Set<Value>> wanted = new ArrayList<>();
        for (Map<String, Set<Value>> own : conditions) {
            wanted.add(own.get(best));
        }
        Ref ref = refs.get(best);
        int argument = best.startsWith("#") ? Integer.parseInt(best.substring(1)) : -1;
        Node term = ref == null
                ? new Terms.Input()
                : new RefPlanner(new BodyPlanner(planner), planner).node(ref, new Chain());
        return RuleIndex.of(term, argument, plans, wanted);
    }

    /** The terms a rule compares with constants, unless an else follows that they would hide. */
    private Map<String, Set<Value>> conditions(Rule rule, Map<String, Ref> refs) {
        Map<String, Set<Value>> found = new HashMap<>();
        List<Term> args = rule.head().args();
        Rule otherwise = rule.otherwise();
        if (args != null) {
            for (int i = 0; i < args.size(); i++) {
                if (args.get(i) instanceof Scalar s && otherwise == null) {
                    found.put("#" + i, Set.of(s.value()));
                }
            }
        }
        if (otherwise != null) {
            return found;
        }
        for (Expr expr : rule.body().exprs()) {
            if (expr.negated()
                    || !expr.withs().isEmpty()
                    || !(expr.form() instanceof Plain p)
                    || !(p.term() instanceof Call call)
                    || call.args().size() != 2) {
                continue;
            }
            Term left = call.args().get(0);
            Term right = call.args().get(1);
            switch (call.name()) {
                case "equal", "eq" -> {
                    condition(left, right, rule, found, refs);
                    condition(right, left, rule, found, refs);
                }
                case "internal.member_2" -> member(left, right, rule, found, refs);
                default -> {}
            }
        }
        return found;
    }

    private void condition(Term term, Term constant, Rule rule, Map<String, Set<Value>> found, Map<String, Ref> refs) {
        if (constant instanceof Scalar s) {
            String name = name(term, rule, refs);
            if (name != null) {
                found.putIfAbsent(name, Set.of(s.value()));
            }
        }
    }

    private void member(Term term, Term in, Rule rule, Map<String, Set<Value>> found, Map<String, Ref> refs) {
        List<Term> items =
                in instanceof Term.SetTerm s ? s.items() : in instanceof Term.ArrayTerm a ? a.items() : List.of();
        Set<Value> values = new HashSet<>();
        for (Term item : items) {
            if (!(item instanceof Scalar s)) {
                return;
            }
            values.add(s.value());
        }
        String name = name(term, rule, refs);
        if (name != null && !values.isEmpty()) {
            found.putIfAbsent(name, values);
        }
    }

    private @Nullable String name(Term term, Rule rule, Map<String, Ref> refs) {
        List<Term> args = rule.head().args();
        if (term instanceof Var v && args != null) {
            for (int i = 0; i < args.size(); i++) {
                if (args.get(i) instanceof Var a && a.name().equals(v.name())) {
                    return "#" + i;
                }
            }
        }
        if (args == null
                && term instanceof Ref ref
                && ref.head() instanceof Var v
                && v.name().equals("input")
                && !ref.path().isEmpty()
                && ref.path().stream().allMatch(p -> p instanceof Scalar s && s.value() instanceof RegoString)) {
            refs.put(ref.text(), ref);
            return ref.text();
        }
        return null;
    }
}
