package io.countersign.rego.plan;

import io.countersign.rego.compile.RuleGroup;
import io.countersign.rego.compile.RuleGroup.Kind;
import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.Scalar;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of a set or object, planned for being asked for one key: those that cannot give it are left out. */
final class KeyedRules {

    private final Map<Value, RulePlan[]> byKey;
    private final RulePlan[] open;

    private KeyedRules(Map<Value, RulePlan[]> byKey, RulePlan[] open) {
        this.byKey = byKey;
        this.open = open;
    }

    /** Whether every rule of a group has one key, which is a constant or a variable. */
    static boolean fit(RuleGroup group) {
        if ((group.kind() != Kind.SET && group.kind() != Kind.OBJECT)
                || group.entries().isEmpty()) {
            return false;
        }
        return group.entries().stream()
                .allMatch(entry -> (group.kind() == Kind.SET || entry.rest().size() == 1)
                        && (key(group, entry) instanceof Scalar || key(group, entry) instanceof Var));
    }

    static Term key(RuleGroup group, RuleGroup.Entry entry) {
        return group.kind() == Kind.SET
                ? Objects.requireNonNull(entry.rule().head().key())
                : entry.rest().get(0);
    }

    /** The value under a key, or null: the element itself in a set. */
    @Nullable
    Value value(Eval eval, Value key, Kind kind) {
        RulePlan[] candidates = byKey.getOrDefault(key, open);
        if (candidates.length == 0) {
            return null;
        }
        Object result = kind == Kind.SET ? new RegoSet.Builder(1) : new ObjectTree();
        for (RulePlan rule : candidates) {
            Frame frame = new Frame(Math.max(1, rule.slots), eval);
            frame.slots[0] = key;
            frame.result = result;
            rule.body.run(frame);
            if (result instanceof RegoSet.Builder found && found.size() > 0) {
                return found.build().find(key);
            }
        }
        return result instanceof ObjectTree tree ? tree.build().get(key) : null;
    }

    /** Collects the rules in order. */
    static final class Builder {

        private final List<Term> keys = new ArrayList<>();
        private final List<RulePlan> plans = new ArrayList<>();

        void add(Term key, RulePlan plan) {
            keys.add(key);
            plans.add(plan);
        }

        KeyedRules build() {
            List<RulePlan> open = new ArrayList<>();
            Map<Value, List<RulePlan>> lists = new HashMap<>();
            for (Term key : keys) {
                if (key instanceof Scalar s) {
                    lists.put(s.value(), new ArrayList<>());
                }
            }
            for (int i = 0; i < plans.size(); i++) {
                RulePlan plan = plans.get(i);
                if (keys.get(i) instanceof Scalar s) {
                    Objects.requireNonNull(lists.get(s.value())).add(plan);
                } else {
                    open.add(plan);
                    lists.values().forEach(list -> list.add(plan));
                }
            }
            Map<Value, RulePlan[]> byKey = new HashMap<>();
            lists.forEach((key, list) -> byKey.put(key, list.toArray(new RulePlan[0])));
            return new KeyedRules(byKey, open.toArray(new RulePlan[0]));
        }
    }
}
