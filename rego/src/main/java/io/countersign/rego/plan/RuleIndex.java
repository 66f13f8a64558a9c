package io.countersign.rego.plan;

import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which rules can hold, by the value of one term that they compare with constants. */
final class RuleIndex {

    private final Node term;
    private final int argument;
    private final Map<Value, RulePlan[]> byValue;
    private final RulePlan[] always;

    private RuleIndex(Node term, int argument, Map<Value, RulePlan[]> byValue, RulePlan[] always) {
        this.term = term;
        this.argument = argument;
        this.byValue = byValue;
        this.always = always;
    }

    /**
     * An index over rules.
     *
     * @param term what is looked up; unused if it is an argument
     * @param argument the position of the argument that is looked up, or -1
     * @param wanted for every rule the constants it accepts, or null if it accepts anything
     */
    static RuleIndex of(Node term, int argument, RulePlan[] rules, List<@Nullable Set<Value>> wanted) {
        Map<Value, List<RulePlan>> lists = new HashMap<>();
        for (Set<Value> values : wanted) {
            if (values != null) {
                values.forEach(value -> lists.put(value, new ArrayList<>()));
            }
        }
        List<RulePlan> always = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            RulePlan rule = rules[i];
            Set<Value> values = wanted.get(i);
            if (values == null) {
                always.add(rule);
                lists.values().forEach(list -> list.add(rule));
            } else {
                values.forEach(
                        value -> lists.getOrDefault(value, new ArrayList<>()).add(rule));
            }
        }
        Map<Value, RulePlan[]> byValue = new HashMap<>();
        lists.forEach((value, list) -> byValue.put(value, list.toArray(new RulePlan[0])));
        return new RuleIndex(term, argument, byValue, always.toArray(new RulePlan[0]));
    }

    RulePlan[] candidates(Eval eval, Value @Nullable [] args) {
        Value value = argument >= 0 && args != null ? args[argument] : term.eval(new Frame(0, eval));
        if (value == null) {
            return always;
        }
        RulePlan[] found = byValue.get(value);
        return found == null ? always : found;
    }

    @Override
    public String toString() {
        return "index of " + byValue.size() + " values, "
                + Arrays.asList(always).size() + " rules always";
    }
}
