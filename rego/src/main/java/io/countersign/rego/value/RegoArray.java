package io.countersign.rego.value;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fixed sequence of values. */
public final class RegoArray extends RegoCollection {

    /** The array without elements. */
    public static final RegoArray EMPTY = new RegoArray(new Value[0]);

    private final Value[] elements;

    private RegoArray(Value[] elements) {
        this.elements = elements;
    }

    /** The array of these elements, which the caller gives away. */
    public static RegoArray of(Value... elements) {
        return elements.length == 0 ? EMPTY : new RegoArray(elements);
    }

    /** The array of these elements. */
    public static RegoArray of(List<? extends Value> elements) {
        return of(elements.toArray(new Value[0]));
    }

    /** How many elements there are. */
    @Override
    public int size() {
        return elements.length;
    }

    /** The element at that place, which must exist. */
    public Value get(int index) {
        return elements[index];
    }

    /** The element at that place, or null where there is none. */
    public @Nullable Value at(Value index) {
        if (index instanceof RegoNumber number) {
            int i = number.index();
            return i >= 0 && i < elements.length ? elements[i] : null;
        }
        return null;
    }

    /** The elements, to be read only. */
    public List<Value> list() {
        return Collections.unmodifiableList(Arrays.asList(elements));
    }

    @Override
    public Value heldKeyAt(int place) {
        return RegoNumber.of(place);
    }

    @Override
    public Value heldAt(int place) {
        return elements[place];
    }

    @Override
    public Value keyAt(int position) {
        return RegoNumber.of(position);
    }

    @Override
    public Value valueAt(int position) {
        return elements[position];
    }

    @Override
    int rank() {
        return 4;
    }

    @Override
    int compareSameType(Value other) {
        Value[] theirs = ((RegoArray) other).elements;
        int shorter = Math.min(elements.length, theirs.length);
        for (int i = 0; i < shorter; i++) {
            int order = elements[i].compareTo(theirs[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(elements.length, theirs.length);
    }

    @Override
    void write(StringBuilder out) {
        out.append('[');
        for (int i = 0; i < elements.length; i++) {
            if (i > 0) {
                out.append(", ");
            }
            elements[i].write(out);
        }
        out.append(']');
    }

    @Override
    public String typeName() {
        return "array";
    }

    @Override
    boolean holdsTheSame(Value other) {
        return Arrays.equals(elements, ((RegoArray) other).elements);
    }

    @Override
    int computeHash() {
        return Arrays.hashCode(elements);
    }

    @Override
    long weightAt(int place) {
        return elements[place].weight();
    }
}
