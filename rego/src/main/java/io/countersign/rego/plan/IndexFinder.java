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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks for the terms that rules of a group compare with constants, and tells the rules apart by them. */
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
        List<Candidate> rules = new ArrayList<>();
        Map<String, Ref> refs = new HashMap<>();
        for (int i = 0; i < plans.length; i++) {
            rules.add(new Candidate(plans[i], conditions(group.entries().get(i).rule(), refs)));
        }
        return index(rules, refs, Set.of());
    }

    /** A rule, and the constants it accepts by the terms it compares with them. */
    private record Candidate(RulePlan plan, Map<String, Set<Value>> conditions) {}

    /** Tells rules apart by the term that does it best; those of one value by the next, until few are left. */
    private @Nullable RuleIndex index(List<Candidate> rules, Map<String, Ref> refs, Set<String> used) {
        String term = rules.size() < FEWEST_RULES ? null : best(rules, used);
        if (term == null) {
            return null;
        }
        Set<String> more = new HashSet<>(used);
        more.add(term);
        Map<Value, List<Candidate>> lists = new HashMap<>();
        for (Candidate rule : rules) {
            for (Value value : rule.conditions().getOrDefault(term, Set.of())) {
                lists.put(value, new ArrayList<>());
            }
        }
        List<Candidate> always = new ArrayList<>();
        for (Candidate rule : rules) {
            Set<Value> values = rule.conditions().get(term);
            if (values == null) {
                always.add(rule);
                lists.values().forEach(list -> list.add(rule));
            } else {
                values.forEach(value -> Objects.requireNonNull(lists.get(value)).add(rule));
            }
        }
        Map<Value, RuleIndex.Found> byValue = new HashMap<>();
        lists.forEach((value, list) -> byValue.put(value, found(list, refs, more)));
        Ref ref = refs.get(term);
        int argument = term.startsWith("#") ? Integer.parseInt(term.substring(1)) : -1;
        Node node = ref == null
                ? new Terms.Input()
                : new RefPlanner(new BodyPlanner(planner), planner).node(ref, new Chain());
        return new RuleIndex(node, argument, byValue, found(always, refs, more));
    }

    private RuleIndex.Found found(List<Candidate> rules, Map<String, Ref> refs, Set<String> used) {
        return new RuleIndex.Found(
                rules.stream().map(Candidate::plan).toArray(RulePlan[]::new), index(rules, refs, used));
    }

    /** The term after whose look-up the fewest rules are left, on average over the values it is compared with. */
    private static @Nullable String best(List<Candidate> rules, Set<String> used) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Set<Value>> values = new HashMap<>();
        Map<String, Integer> listed = new HashMap<>();
        for (Candidate rule : rules) {
            rule.conditions().forEach((term, wanted) -> {
                counts.merge(term, 1, Integer::sum);
                listed.merge(term, wanted.size(), Integer::sum);
                values.computeIfAbsent(term, t -> new HashSet<>()).addAll(wanted);
            });
        }
        String best = null;
        double fewest = Double.MAX_VALUE;
        for (String term : new TreeSet<>(counts.keySet())) {
            int count = counts.getOrDefault(term, 0);
            double left = rules.size()
                    - count
                    + listed.getOrDefault(term, 0)
                            / (double) values.getOrDefault(term, Set.of()).size();
            if (count >= 2 && !used.contains(term) && left < fewest) {
                best = term;
                fewest = left;
            }
        }
        return best;
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
