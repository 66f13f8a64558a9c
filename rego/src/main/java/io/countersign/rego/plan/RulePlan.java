package io.countersign.rego.plan;

import io.countersign.rego.syntax.Location;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** One rule as it runs: a chain whose end gives the head. */
final class RulePlan {

    final Step body;
    final int slots;
    final boolean constant;
    final @Nullable RulePlan otherwise;

    final Location place;

    RulePlan(Step body, int slots, boolean constant, Location place, @Nullable RulePlan otherwise) {
        this.place = place;
        this.body = body;
        this.slots = slots;
        this.constant = constant;
        this.otherwise = otherwise;
    }

    /** The value of a rule, of its else where the body fails, or null. */
    static @Nullable Value first(@Nullable RulePlan start, Eval eval, Value @Nullable [] args) {
        for (RulePlan rule = start; rule != null; rule = rule.otherwise) {
            Frame frame = new Frame(rule.slots, eval);
            if (args != null) {
                System.arraycopy(args, 0, frame.slots, 0, args.length);
            }
            rule.body.run(frame);
            if (frame.result != null) {
                return (Value) frame.result;
            }
        }
        return null;
    }

    /** The end of a rule with one value. */
    static final class Answer extends Step {
        private final Node value;
        private final boolean constant;
        private final String conflict;
        private final Location place;

        Answer(Node value, boolean constant, String conflict, Location place) {
            this.value = value;
            this.constant = constant;
            this.conflict = conflict;
            this.place = place;
        }

        @Override
        boolean run(Frame frame) {
            Value found = value.eval(frame);
            if (found == null) {
                return true;
            }
            if (frame.result == null) {
                frame.result = found;
            } else if (!frame.result.equals(found)) {
                throw EvalFailure.conflict(conflict, place);
            }
            return !constant;
        }
    }

    /** The end of a rule that adds to a set. */
    static final class Element extends Step {
        private final Node element;

        Element(Node element) {
            this.element = element;
        }

        @Override
        @SuppressWarnings("NullAway")
        boolean run(Frame frame) {
            Value found = element.eval(frame);
            if (found != null) {
                frame.eval.run.reserve(1);
                ((RegoSet.Builder) frame.result).add(found);
            }
            return true;
        }
    }

    /** The end of a rule that adds to an object. */
    static final class Entry extends Step {
        private final Node[] path;
        private final Node value;
        private final boolean set;
        private final Location place;

        Entry(Node[] path, Node value, boolean set, Location place) {
            this.path = path;
            this.value = value;
            this.set = set;
            this.place = place;
        }

        @Override
        @SuppressWarnings("NullAway")
        boolean run(Frame frame) {
            Value[] keys = new Value[path.length];
            for (int i = 0; i < path.length; i++) {
                Value key = path[i].eval(frame);
                if (key == null) {
                    return true;
                }
                keys[i] = key;
            }
            Value found = value.eval(frame);
            if (found == null) {
                return true;
            }
            frame.eval.run.reserve(1);
            ObjectTree tree = (ObjectTree) frame.result;
            if (set) {
                tree.add(keys, found, place);
            } else {
                tree.put(keys, found, place);
            }
            return true;
        }
    }
}
