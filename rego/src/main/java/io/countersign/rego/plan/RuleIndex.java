package io.countersign.rego.plan;

import io.countersign.rego.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which rules can hold, by the value of one term that they compare with constants, and then perhaps of another. */
final class RuleIndex {

    private final Node term;
    private final int argument;
    private final Map<Value, Found> byValue;
    private final Found always;

    /** The rules that are left, in order, and what may tell them apart further. */
    @SuppressWarnings("ArrayRecordComponent")
    record Found(RulePlan[] rules, @Nullable RuleIndex further) {}

    /**
     * An index over rules.
     *
     * @param term what is looked up; unused if it is an argument
     * @param argument the position of the argument that is looked up, or -1
     * @param byValue the rules that accept a value
     * @param always the rules that accept any other one
     */
    RuleIndex(Node term, int argument, Map<Value, Found> byValue, Found always) {
        this.term = term;
        this.argument = argument;
        this.byValue = byValue;
        this.always = always;
    }

    RulePlan[] candidates(Eval eval, Value @Nullable [] args) {
        Frame none = new Frame(0, eval);
        RuleIndex index = this;
        while (true) {
            Value value = index.argument >= 0 && args != null ? args[index.argument] : index.term.eval(none);
            Found found = value == null ? index.always : index.byValue.getOrDefault(value, index.always);
            RuleIndex further = found.further();
            if (further == null || found.rules().length == 0) {
                return found.rules();
            }
            index = further;
        }
    }
}
