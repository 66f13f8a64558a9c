package io.countersign.rego.plan;

import io.countersign.rego.syntax.Term;
import io.countersign.rego.syntax.Term.ArrayTerm;
import io.countersign.rego.syntax.Term.Call;
import io.countersign.rego.syntax.Term.Var;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoCollection;
import io.countersign.rego.value.Value;
import java.util.Arrays;

/** Everything beneath a value, one after the other: `walk` whose answer is taken apart into path and value at once. */
final class WalkStep extends Step {

    private final Node start;
    private final int pathSlot;
    private final int valueSlot;

    /** A step for a value; paths are only made where there is a slot for them. */
    private WalkStep(Node start, int pathSlot, int valueSlot) {
        this.start = start;
        this.pathSlot = pathSlot;
        this.valueSlot = valueSlot;
    }

    /** Whether a pattern takes apart what a call answers. */
    static boolean fits(Term pattern, Term call) {
        return call instanceof Call c
                && c.name().equals("walk")
                && c.args().size() == 1
                && pattern instanceof ArrayTerm array
                && array.items().size() == 2;
    }

    static void plan(ArrayTerm pattern, Call call, BodyPlanner bodies, Chain chain) {
        Node start = bodies.term(call.args().get(0), chain);
        Term path = pattern.items().get(0);
        boolean wanted = !(path instanceof Var v && v.name().startsWith("$") && bodies.slotOf(v.name()) < 0);
        int pathSlot = bodies.newSlot();
        int valueSlot = bodies.newSlot();
        chain.step(new WalkStep(start, wanted ? pathSlot : -1, valueSlot));
        if (wanted) {
            bodies.match(path, new Terms.Slot(pathSlot), chain);
        }
        bodies.match(pattern.items().get(1), new Terms.Slot(valueSlot), chain);
    }

    @Override
    boolean run(Frame frame) {
        Value value = start.eval(frame);
        return value == null || walk(frame, value, pathSlot < 0 ? NO_PATH : new Value[8], 0);
    }

    private static final Value[] NO_PATH = {};

    private boolean walk(Frame frame, Value value, Value[] path, int depth) {
        Run run = frame.eval.run;
        run.step();
        if (pathSlot >= 0) {
            run.reserve(1 + depth);
            frame.slots[pathSlot] = RegoArray.of(Arrays.copyOf(path, depth));
        }
        frame.slots[valueSlot] = value;
        return next.run(frame) && (!(value instanceof RegoCollection entries) || beneath(frame, entries, path, depth));
    }

    private boolean beneath(Frame frame, RegoCollection entries, Value[] path, int depth) {
        Value[] longer = pathSlot >= 0 && depth == path.length ? Arrays.copyOf(path, depth * 2) : path;
        int size = entries.size();
        for (int i = 0; i < size; i++) {
            if (pathSlot >= 0) {
                longer[depth] = entries.keyAt(i);
            }
            if (!walk(frame, entries.valueAt(i), longer, depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
