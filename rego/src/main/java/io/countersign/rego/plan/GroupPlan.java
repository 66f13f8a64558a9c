package io.countersign.rego.plan;

import io.countersign.rego.compile.RuleGroup;
import io.countersign.rego.compile.RuleGroup.Kind;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A group of rules as it runs; it is planned when it is first asked. */
@SuppressWarnings("ArrayRecordComponent")
final class GroupPlan {

    final int id;
    final Kind kind;
    final Value[] path;
    private final RuleGroup group;
    private final Planner planner;
    private volatile @Nullable Rules rules;
    private volatile @Nullable KeyedRules keyed;
    private final boolean isKeyed;

    /**
     * The plans of the rules.
     *
     * @param index which of the rules can hold, or null for all
     * @param same whether all rules have one and the same constant value
     * @param remember whether a function's answers are worth remembering
     * @param fallback the plan of the default
     */
    record Rules(
            RulePlan[] all,
            @Nullable RuleIndex index,
            boolean same,
            boolean remember,
            @Nullable RulePlan fallback) {}

    GroupPlan(RuleGroup group, Planner planner) {
        this.group = group;
        this.planner = planner;
        this.id = group.id();
        this.kind = group.kind();
        this.path = group.path().toArray(new Value[0]);
        this.isKeyed = planner.coverage == null && planner.trace == null && KeyedRules.fit(group);
    }

    private Rules rules() {
        Rules known = rules;
        if (known == null) {
            known = planner.rules(group);
            rules = known;
        }
        return known;
    }

    /** What the rules define, without memory. */
    @Nullable
    Value compute(Eval eval) {
        Trace trace = planner.trace;
        if (trace == null) {
            return defined(eval);
        }
        trace.enter(group);
        Value value = defined(eval);
        trace.leave(group, value);
        return value;
    }

    private @Nullable Value defined(Eval eval) {
        Rules plans = rules();
        return switch (kind) {
            case COMPLETE -> one(plans, eval, null);
            case SET -> set(plans, eval);
            case OBJECT -> object(plans, eval);
            case FUNCTION -> null;
        };
    }

    /** Whether the value under one key can be had without the others. */
    boolean isKeyed() {
        return isKeyed;
    }

    /** What the rules define under one key, without memory. */
    @Nullable
    Value computeAt(Eval eval, Value key) {
        KeyedRules plans = keyed;
        if (plans == null) {
            plans = planner.keyed(group);
            keyed = plans;
        }
        return plans.value(eval, key, kind);
    }

    @Nullable
    Value call(Eval eval, Value[] args) {
        Rules plans = rules();
        return plans.remember() ? eval.call(this, args) : callOnce(eval, args);
    }

    @Nullable
    Value callOnce(Eval eval, Value[] args) {
        eval.run.enter();
        Trace trace = planner.trace;
        if (trace != null) {
            trace.enter(group);
        }
        Value value = one(rules(), eval, args);
        if (trace != null) {
            trace.leave(group, value);
        }
        eval.run.leave();
        return value;
    }

    private @Nullable Value one(Rules plans, Eval eval, Value @Nullable [] args) {
        RulePlan[] candidates =
                plans.index() == null ? plans.all() : plans.index().candidates(eval, args);
        Value result = null;
        for (RulePlan rule : candidates) {
            Value value = RulePlan.first(rule, eval, args);
            if (value == null) {
                continue;
            }
            if (result == null) {
                result = value;
                if (plans.same()) {
                    return result;
                }
            } else if (!result.equals(value)) {
                throw EvalFailure.conflict(conflict(), rule.place);
            }
        }
        return result != null || plans.fallback() == null ? result : RulePlan.first(plans.fallback(), eval, args);
    }

    private String conflict() {
        return kind == Kind.FUNCTION
                ? "functions must not produce multiple outputs for same inputs"
                : "complete rules must not produce multiple outputs";
    }

    private Value set(Rules plans, Eval eval) {
        RegoSet.Builder builder = new RegoSet.Builder(4);
        RulePlan[] candidates =
                plans.index() == null ? plans.all() : plans.index().candidates(eval, null);
        for (RulePlan rule : candidates) {
            run(rule, eval, builder);
        }
        return builder.build();
    }

    private Value object(Rules plans, Eval eval) {
        ObjectTree tree = new ObjectTree();
        RulePlan[] candidates =
                plans.index() == null ? plans.all() : plans.index().candidates(eval, null);
        for (RulePlan rule : candidates) {
            run(rule, eval, tree);
        }
        return tree.build();
    }

    private static void run(RulePlan rule, Eval eval, Object result) {
        Frame frame = new Frame(rule.slots, eval);
        frame.result = result;
        rule.body.run(frame);
    }
}
