package io.countersign.rego.plan;

import io.countersign.rego.syntax.Location;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two ends of a statement with `with`: what is between them sees other documents and functions. */
@SuppressWarnings("ArrayRecordComponent")
final class Replacing {

    private Replacing() {}

    /**
     * One replacement.
     *
     * @param document `i` for input, `d` for data, `f` for a function
     * @param path what is replaced beneath the document
     * @param groups the rules that the replaced data hides
     * @param function the function that is replaced
     * @param value the node of the value; null if the replacement is a function
     * @param mock the function that stands in
     */
    record Target(
            char document,
            Value[] path,
            int[] groups,
            @Nullable Object function,
            @Nullable Node value,
            @Nullable Object mock,
            Location place) {}

    /** The beginning: evaluates the replacements and makes them. */
    static final class Begin extends Step {
        private final List<Target> targets;
        private final int slot;

        Begin(List<Target> targets, int slot) {
            this.targets = targets;
            this.slot = slot;
        }

        @Override
        boolean run(Frame frame) {
            Eval outer = frame.eval;
            Value input = outer.input;
            Value data = outer.data;
            Map<Object, Object> mocks = outer.mocks;
            boolean[] overridden = outer.overridden();
            boolean ownOverridden = false;
            for (Target target : targets) {
                Value value = null;
                if (target.value() != null) {
                    value = target.value().eval(frame);
                    if (value == null) {
                        return true;
                    }
                }
                if (target.document() == 'f') {
                    mocks = mocks == null ? new HashMap<>() : new HashMap<>(mocks);
                    Object stand = value != null ? value : target.mock();
                    if (target.function() != null && stand != null) {
                        mocks.put(target.function(), stand);
                    }
                } else if (value != null && target.document() == 'i') {
                    input = put(input, target.path(), 0, value, target.place());
                } else if (value != null) {
                    data = put(data, target.path(), 0, value, target.place());
                    if (target.groups().length > 0) {
                        if (overridden == null) {
                            overridden = new boolean[outer.groups()];
                        } else if (!ownOverridden) {
                            overridden = overridden.clone();
                        }
                        ownOverridden = true;
                        for (int group : target.groups()) {
                            overridden[group] = true;
                        }
                    }
                }
            }
            frame.slots[slot] = outer;
            frame.eval = outer.with(input, data, mocks, overridden);
            boolean goOn = next.run(frame);
            frame.eval = outer;
            return goOn;
        }

        private static Value put(@Nullable Value in, Value[] path, int at, Value value, Location place) {
            if (at == path.length) {
                return value;
            }
            if (in instanceof RegoObject object) {
                return object.with(path[at], put(object.get(path[at]), path, at + 1, value, place));
            }
            if (in != null && at == 0) {
                throw EvalFailure.mergeFailed(place);
            }
            return RegoObject.of(path[at], put(null, path, at + 1, value, place));
        }
    }

    /** The end: what follows sees what was before. */
    static final class End extends Step {
        private final int slot;

        End(int slot) {
            this.slot = slot;
        }

        @Override
        @SuppressWarnings("NullAway")
        boolean run(Frame frame) {
            Eval inner = frame.eval;
            frame.eval = (Eval) frame.slots[slot];
            boolean goOn = next.run(frame);
            frame.eval = inner;
            return goOn;
        }
    }
}
