package io.countersign.rego.plan;

import io.countersign.rego.compile.RegoProgram;
import io.countersign.rego.compile.RuleGroup;
import io.countersign.rego.compile.RuleGroup.Kind;
import io.countersign.rego.compile.Walk;
import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.ExprTexts;
import io.countersign.rego.syntax.Location;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the rules of a program into plans, each when it is first needed. For any number of threads. */
final class Planner {

    final RegoProgram program;
    final @Nullable Coverage coverage;
    final @Nullable Trace trace;
    private final GroupPlan[] groups;

    Planner(RegoProgram program, @Nullable Coverage coverage, @Nullable Trace trace) {
        this.program = program;
        this.coverage = coverage;
        this.trace = trace;
        this.groups = new GroupPlan[program.groups().size()];
        for (RuleGroup group : program.groups()) {
            groups[group.id()] = new GroupPlan(group, this);
        }
    }

    GroupPlan group(RuleGroup group) {
        return groups[group.id()];
    }

    int groups() {
        return groups.length;
    }

    /** Plans a group; a second thread may do the same at the same time, to the same end. */
    GroupPlan.Rules rules(RuleGroup group) {
        synchronized (group) {
            List<RuleGroup.Entry> entries = group.entries();
            RulePlan[] plans = new RulePlan[entries.size()];
            boolean remember = false;
            for (int i = 0; i < plans.length; i++) {
                plans[i] = plan(group, entries.get(i).rule(), entries.get(i));
                remember |= heavy(entries.get(i).rule());
            }
            RuleGroup.Entry byDefault = group.defaultEntry();
            RulePlan fallback = byDefault == null ? null : plan(group, byDefault.rule(), byDefault);
            RuleIndex index = new IndexFinder(this).find(group, plans);
            return new GroupPlan.Rules(plans, index, same(entries), remember, fallback);
        }
    }

    /** Plans a group for being asked for one key at a time. */
    KeyedRules keyed(RuleGroup group) {
        synchronized (group) {
            KeyedRules.Builder builder = new KeyedRules.Builder();
            for (RuleGroup.Entry entry : group.entries()) {
                Term key = KeyedRules.key(group, entry);
                builder.add(key, plan(group, entry.rule(), entry, key instanceof Var v ? v : null));
            }
            return builder.build();
        }
    }

    private static boolean heavy(Rule rule) {
        boolean[] found = new boolean[1];
        for (Rule r = rule; r != null; r = r.otherwise()) {
            Walk.all(r.body(), term -> {
                if (term instanceof Term.ArrayComprehension
                        || term instanceof Term.SetComprehension
                        || term instanceof Term.ObjectComprehension
                        || (term instanceof Term.Call call && call.name().startsWith("data."))
                        || (term instanceof Term.Ref ref && ref.path().stream().anyMatch(p -> p instanceof Var))) {
                    found[0] = true;
                }
            });
        }
        return found[0];
    }

    private static boolean same(List<RuleGroup.Entry> entries) {
        Value first = null;
        for (RuleGroup.Entry entry : entries) {
            for (Rule rule = entry.rule(); rule != null; rule = rule.otherwise()) {
                if (!(rule.head().value() instanceof Scalar s)) {
                    return false;
                }
                if (first != null && !first.equals(s.value())) {
                    return false;
                }
                first = s.value();
            }
        }
        return first != null;
    }

    private RulePlan plan(RuleGroup group, Rule rule, RuleGroup.Entry entry) {
        return plan(group, rule, entry, null);
    }

    /** Plans a rule; a variable that is given is known from the beginning, in the first slot. */
    private RulePlan plan(RuleGroup group, Rule rule, RuleGroup.Entry entry, @Nullable Var known) {
        BodyPlanner planner = new BodyPlanner(this);
        if (known != null) {
            planner.bind(known.name(), planner.newSlot());
        }
        Chain chain = new Chain();
        int traced = trace == null ? -1 : trace.rule(group, rule.loc(), head(rule));
        if (trace != null) {
            chain.test(frame -> {
                trace.began(traced);
                return true;
            });
        }
        List<Term> args = rule.head().args();
        if (args != null) {
            planner.arguments(args, chain);
        }
        if (coverage != null) {
            planner.reach(rule.head().loc(), chain);
        }
        if (trace == null) {
            planner.body(rule.body(), chain);
        } else {
            new TracedBody(planner, this, trace, traced)
                    .plan(rule.body(), rule.head().value(), chain);
        }
        boolean constant = rule.head().value() instanceof Scalar;
        Step end = end(group, rule, entry, planner, chain);
        Rule otherwise = rule.otherwise();
        return new RulePlan(
                chain.close(end),
                planner.slots(),
                constant,
                rule.loc(),
                otherwise == null ? null : plan(group, otherwise, entry));
    }

    /** What a rule defines, as text. */
    private static String head(Rule rule) {
        Rule.Head head = rule.head();
        StringBuilder text = new StringBuilder(rule.isDefault() ? "default " : "").append(ExprTexts.of(head.ref()));
        if (head.args() != null) {
            text.append('(').append(ExprTexts.list(head.args())).append(')');
        }
        if (head.key() != null) {
            text.append(" contains ").append(ExprTexts.of(head.key()));
        }
        if (head.value() != null && !(head.value() instanceof Scalar s && RegoBoolean.TRUE.equals(s.value()))) {
            text.append(" := ").append(ExprTexts.of(head.value()));
        }
        return text.toString();
    }

    private static Step end(RuleGroup group, Rule rule, RuleGroup.Entry entry, BodyPlanner planner, Chain chain) {
        Rule.Head head = rule.head();
        Location place = rule.loc();
        if (group.kind() == Kind.OBJECT) {
            List<Term> parts = new ArrayList<>(entry.rest());
            parts.add(required(head.isSet() ? head.key() : head.value()));
            Node[] nodes = planner.terms(parts, chain);
            int leaf = nodes.length - 1;
            return new RulePlan.Entry(Arrays.copyOf(nodes, leaf), nodes[leaf], head.isSet(), place);
        }
        if (group.kind() == Kind.SET) {
            return new RulePlan.Element(planner.term(required(head.key()), chain));
        }
        String conflict = group.kind() == Kind.FUNCTION
                ? "functions must not produce multiple outputs for same inputs"
                : "complete rules must not produce multiple outputs";
        Node value = planner.term(required(head.value()), chain);
        return new RulePlan.Answer(value, head.value() instanceof Scalar, conflict, place);
    }

    private static Term required(@Nullable Term term) {
        if (term == null) {
            throw new IllegalStateException("a rule without a head");
        }
        return term;
    }

    /** The plan of a query: the chain, and the slots of its variables. */
    QueryPlan query(Body query) {
        BodyPlanner planner = new BodyPlanner(this);
        Chain chain = new Chain();
        planner.body(query, chain);
        List<String> names = new ArrayList<>();
        List<Integer> slots = new ArrayList<>();
        Set<String> all = Walk.vars(new Term.ArrayTerm(Location.NONE, List.of()));
        query.exprs().forEach(expr -> Walk.terms(expr).forEach(term -> all.addAll(Walk.vars(term))));
        for (String name : all) {
            int slot = planner.slotOf(name);
            if (!name.startsWith("$") && slot >= 0) {
                int at = name.indexOf('@');
                names.add(at < 0 ? name : name.substring(0, at));
                slots.add(slot);
            }
        }
        QueryPlan.Collect end = new QueryPlan.Collect(
                names, slots.stream().mapToInt(Integer::intValue).toArray());
        return new QueryPlan(chain.close(end), planner.slots());
    }
}
