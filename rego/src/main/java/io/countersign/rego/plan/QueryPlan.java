package io.countersign.rego.plan;

import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A query as it runs. */
record QueryPlan(Step body, int slots) {

    /** All solutions, each an object of the variables' values. */
    List<RegoObject> run(Eval eval) {
        Frame frame = new Frame(slots, eval);
        Set<RegoObject> found = new LinkedHashSet<>();
        frame.result = found;
        body.run(frame);
        return new ArrayList<>(found);
    }

    /** The end of a query. */
    static final class Collect extends Step {
        private final List<String> names;
        private final int[] slots;

        Collect(List<String> names, int[] slots) {
            this.names = names;
            this.slots = slots;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"})
        boolean run(Frame frame) {
            RegoObject.Builder bindings = new RegoObject.Builder(names.size());
            for (int i = 0; i < slots.length; i++) {
                Value value = frame.value(slots[i]);
                if (value != null) {
                    bindings.put(names.get(i), value);
                }
            }
            frame.eval.run.reserve(1);
            ((Set<RegoObject>) frame.result).add(bindings.build());
            return true;
        }
    }
}
