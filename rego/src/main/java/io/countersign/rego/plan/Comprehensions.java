package io.countersign.rego.plan;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Terms with a body of their own. */
final class Comprehensions {

    private Comprehensions() {}

    /** An array comprehension. */
    static final class OfArray extends Node {
        private final int slot;
        private final Step body;

        OfArray(int slot, Step body) {
            this.slot = slot;
            this.body = body;
        }

        @Override
        Value eval(Frame frame) {
            List<Value> found = new ArrayList<>();
            frame.slots[slot] = found;
            body.run(frame);
            return RegoArray.of(found);
        }
    }

    /** A set comprehension. */
    static final class OfSet extends Node {
        private final int slot;
        private final Step body;

        OfSet(int slot, Step body) {
            this.slot = slot;
            this.body = body;
        }

        @Override
        Value eval(Frame frame) {
            RegoSet.Builder found = new RegoSet.Builder(4);
            frame.slots[slot] = found;
            body.run(frame);
            return found.build();
        }
    }

    /** An object comprehension. */
    static final class OfObject extends Node {
        private final int slot;
        private final Step body;

        OfObject(int slot, Step body) {
            this.slot = slot;
            this.body = body;
        }

        @Override
        Value eval(Frame frame) {
            RegoObject.Builder found = new RegoObject.Builder(4);
            frame.slots[slot] = found;
            body.run(frame);
            return found.build();
        }
    }

    /** A template string; what is undefined in it shows as such. */
    static final class OfTemplate extends Node {
        private final String[] texts;
        private final Step[] parts;
        private final int slot;

        OfTemplate(List<String> texts, List<Step> parts, int slot) {
            this.texts = texts.toArray(new String[0]);
            this.parts = parts.toArray(new Step[0]);
            this.slot = slot;
        }

        @Override
        Value eval(Frame frame) {
            StringBuilder out = new StringBuilder(texts[0]);
            for (int i = 0; i < parts.length; i++) {
                frame.slots[slot] = null;
                parts[i].run(frame);
                Object found = frame.slots[slot];
                if (found instanceof RegoString text) {
                    out.append(text.value());
                } else {
                    if (found instanceof Value value) {
                        frame.eval.run.fits(value);
                    }
                    out.append(found == null ? "<undefined>" : found.toString());
                }
                out.append(texts[i + 1]);
            }
            frame.eval.run.reserve(out.length());
            return RegoString.of(out.toString());
        }
    }

    /** The end of a part of a template string. */
    static final class Keep extends Step {
        private final int slot;
        private final Node term;

        Keep(int slot, Node term) {
            this.slot = slot;
            this.term = term;
        }

        @Override
        boolean run(Frame frame) {
            Value value = term.eval(frame);
            if (value == null) {
                return true;
            }
            frame.slots[slot] = value;
            return false;
        }
    }
}
