package io.countersign.rego.compile;

import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.Ref;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.Var;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds rules that need themselves. */
final class Recursion {

    private final RuleNode root;
    private final List<RuleGroup> groups;
    private final List<RegoError> errors;
    private final List<Set<RuleGroup>> needs = new ArrayList<>();

    Recursion(RuleNode root, List<RuleGroup> groups, List<RegoError> errors) {
        this.root = root;
        this.groups = groups;
        this.errors = errors;
    }

    void check() {
        for (RuleGroup group : groups) {
            needs.add(needs(group));
        }
        int[] state = new int[groups.size()];
        for (RuleGroup group : groups) {
            if (state[group.id()] == 0) {
                visit(group, state);
            }
        }
    }

    /** Walks without Java recursion: a chain of rules may be long. */
    private void visit(RuleGroup start, int[] state) {
        Deque<RuleGroup> path = new ArrayDeque<>();
        Deque<java.util.Iterator<RuleGroup>> todo = new ArrayDeque<>();
        path.addLast(start);
        todo.addLast(needs.get(start.id()).iterator());
        state[start.id()] = 1;
        while (!todo.isEmpty()) {
            if (!todo.getLast().hasNext()) {
                todo.removeLast();
                state[path.removeLast().id()] = 2;
                continue;
            }
            RuleGroup next = todo.getLast().next();
            if (state[next.id()] == 1) {
                complain(next, path);
            } else if (state[next.id()] == 0) {
                state[next.id()] = 1;
                path.addLast(next);
                todo.addLast(needs.get(next.id()).iterator());
            }
        }
    }

    private void complain(RuleGroup group, Deque<RuleGroup> path) {
        StringBuilder cycle = new StringBuilder(group.name());
        boolean within = false;
        for (RuleGroup step : path) {
            if (within) {
                cycle.append(" -> ").append(step.name());
            }
            within |= step == group;
        }
        cycle.append(" -> ").append(group.name());
        RuleGroup.Entry entry = group.entries().isEmpty()
                ? group.defaultEntry()
                : group.entries().get(0);
        if (entry != null) {
            errors.add(new RegoError(
                    Codes.RECURSION,
                    "rule " + group.name() + " is recursive: " + cycle,
                    entry.rule().loc()));
        }
    }

    private Set<RuleGroup> needs(RuleGroup group) {
        Set<RuleGroup> found = new LinkedHashSet<>();
        for (RuleGroup.Entry entry : group.entries()) {
            for (Rule rule = entry.rule(); rule != null; rule = rule.otherwise()) {
                Rule.Head head = rule.head();
                head.ref().path().forEach(term -> Walk.all(term, t -> add(t, found)));
                if (head.key() != null) {
                    Walk.all(head.key(), t -> add(t, found));
                }
                if (head.value() != null) {
                    Walk.all(head.value(), t -> add(t, found));
                }
                Walk.all(rule.body(), t -> add(t, found));
            }
        }
        return found;
    }

    private void add(Term term, Set<RuleGroup> found) {
        if (term instanceof Call call) {
            add(call.operator(), found);
        } else if (term instanceof Ref ref
                && ref.head() instanceof Var v
                && v.name().equals("data")) {
            beneath(ref, root, 0, found);
        }
    }

    private static void beneath(Ref ref, RuleNode node, int at, Set<RuleGroup> found) {
        if (node.group() != null || at == ref.path().size()) {
            node.eachGroup(found::add);
            return;
        }
        if (ref.path().get(at) instanceof Scalar s) {
            RuleNode child = node.children().get(s.value());
            if (child != null) {
                beneath(ref, child, at + 1, found);
            }
        } else {
            node.children().values().forEach(child -> beneath(ref, child, at + 1, found));
        }
    }
}
