package io.countersign.rego.plan;

import io.countersign.rego.compile.RuleGroup;
import io.countersign.rego.compile.RuleNode;
import io.countersign.rego.compile.Walk;
import io.countersign.rego.syntax.Body;
import io.countersign.rego.syntax.Expr;
import io.countersign.rego.syntax.ExprTexts;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the body of a rule so that it tells a trace about each of its statements. */
final class TracedBody {

    private static final int MOST_VALUES = 6;

    private final BodyPlanner bodies;
    private final Planner planner;
    private final Trace trace;
    private final int rule;

    TracedBody(BodyPlanner bodies, Planner planner, Trace trace, int rule) {
        this.bodies = bodies;
        this.planner = planner;
        this.trace = trace;
        this.rule = rule;
    }

    void plan(Body body, @Nullable Term value, Chain chain) {
        for (Expr expr : body.exprs()) {
            if (expr.form() instanceof Expr.Plain p
                    && p.term() instanceof Scalar s
                    && RegoBoolean.TRUE.equals(s.value())) {
                continue;
            }
            Map<String, Node> shown = new LinkedHashMap<>();
            if (expr.withs().isEmpty()) {
                Walk.terms(expr).forEach(term -> inspect(term, shown));
            }
            around(expr, ExprTexts.of(expr), shown, chain, () -> bodies.statement(expr, chain));
        }
        if (value != null && !(value instanceof Scalar) && bodies.isBound(value)) {
            Map<String, Node> shown = new LinkedHashMap<>();
            inspect(value, shown);
            Node node = bodies.term(value, chain);
            around(
                    Expr.of(value.loc(), value),
                    "the value " + ExprTexts.of(value),
                    shown,
                    chain,
                    () -> chain.test(frame -> node.eval(frame) != null));
        }
        chain.test(frame -> {
            trace.fired(rule);
            return true;
        });
    }

    private void around(Expr expr, String text, Map<String, Node> shown, Chain chain, Runnable plan) {
        Node[] nodes = shown.values().toArray(new Node[0]);
        Trace.StatementTrace statement = trace.statement(
                rule, expr.loc(), text, needs(expr), shown.keySet().toArray(new String[0]));
        chain.test(frame -> {
            trace.tries(rule, statement, values(nodes, frame));
            return true;
        });
        plan.run();
        chain.test(frame -> {
            trace.holds(rule, statement);
            return true;
        });
    }

    private static @Nullable Value[] values(Node[] nodes, Frame frame) {
        @Nullable Value[] values = new Value[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            values[i] = nodes[i].eval(frame);
        }
        return values;
    }

    /** The variables and refs of a term whose values are known before its statement is tried. */
    private void inspect(Term term, Map<String, Node> shown) {
        if (shown.size() >= MOST_VALUES) {
            return;
        }
        switch (term) {
            case Var v -> {
                if (bodies.slotOf(v.name()) >= 0) {
                    shown.put(ExprTexts.of(v), new Terms.Slot(bodies.slotOf(v.name())));
                }
            }
            case Ref r -> {
                if (isKnown(r)) {
                    shown.put(ExprTexts.of(r), bodies.term(r, new Chain()));
                }
            }
            default -> Walk.parts(term).forEach(part -> inspect(part, shown));
        }
    }

    private boolean isKnown(Ref ref) {
        return ref.head() instanceof Var v
                && (Walk.isRoot(v.name()) || bodies.slotOf(v.name()) >= 0)
                && ref.path().stream()
                        .allMatch(part ->
                                part instanceof Scalar || (part instanceof Var var && bodies.slotOf(var.name()) >= 0));
    }

    /** The groups of rules that a statement looks at. */
    private List<RuleGroup> needs(Expr expr) {
        Set<RuleGroup> found = new LinkedHashSet<>();
        Walk.all(expr, term -> {
            Ref ref = term instanceof Call call ? call.operator() : term instanceof Ref r ? r : null;
            if (ref != null && ref.head() instanceof Var v && v.name().equals("data")) {
                RuleNode node = planner.program.root();
                for (Term part : ref.path()) {
                    if (node == null || node.group() != null) {
                        break;
                    }
                    node = part instanceof Scalar s ? node.children().get(s.value()) : null;
                }
                if (node != null) {
                    node.eachGroup(found::add);
                }
            }
        });
        return new ArrayList<>(found);
    }
}
