package io.countersign.rego.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Distinct values, walked through in order. */
public final class RegoSet extends RegoCollection {

    /** The set without elements. */
    public static final RegoSet EMPTY = new Builder(0).build();

    private final HashTable table;
    private volatile Value @Nullable [] sorted;

    private RegoSet(HashTable table) {
        this.table = table;
    }

    /** The set of these values. */
    public static RegoSet of(Collection<? extends Value> elements) {
        Builder builder = new Builder(elements.size());
        elements.forEach(builder::add);
        return builder.build();
    }

    /** Whether a value is in the set. */
    public boolean contains(Value element) {
        return table.find(element) >= 0;
    }

    /** The element that equals the value, or null. */
    public @Nullable Value find(Value element) {
        int position = table.find(element);
        return position < 0 ? null : table.keys[position];
    }

    @Override
    public int size() {
        return table.size;
    }

    @Override
    public Value heldKeyAt(int place) {
        return table.keys[place];
    }

    @Override
    public Value heldAt(int place) {
        return table.keys[place];
    }

    @Override
    public Value keyAt(int position) {
        return sorted()[position];
    }

    @Override
    public Value valueAt(int position) {
        return sorted()[position];
    }

    private Value[] sorted() {
        Value[] known = sorted;
        if (known == null) {
            int[] order = table.order();
            known = new Value[order.length];
            for (int i = 0; i < order.length; i++) {
                known[i] = table.keys[order[i]];
            }
            sorted = known;
        }
        return known;
    }

    /** The elements in order. */
    public List<Value> list() {
        return List.of(sorted());
    }

    /** The elements as an array, in order. */
    public RegoArray toArray() {
        return RegoArray.of(new ArrayList<>(list()));
    }

    @Override
    int rank() {
        return 6;
    }

    @Override
    int compareSameType(Value other) {
        RegoSet that = (RegoSet) other;
        int shorter = Math.min(size(), that.size());
        for (int i = 0; i < shorter; i++) {
            int order = keyAt(i).compareTo(that.keyAt(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(size(), that.size());
    }

    @Override
    void write(StringBuilder out) {
        if (size() == 0) {
            out.append("set()");
            return;
        }
        out.append('{');
        for (int i = 0; i < size(); i++) {
            if (i > 0) {
                out.append(", ");
            }
            keyAt(i).write(out);
        }
        out.append('}');
    }

    @Override
    public String typeName() {
        return "set";
    }

    @Override
    boolean holdsTheSame(Value other) {
        RegoSet that = (RegoSet) other;
        for (int i = 0; i < size(); i++) {
            if (!that.contains(table.keys[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    int computeHash() {
        int hash = 0;
        for (int i = 0; i < table.size; i++) {
            hash += table.keys[i].hashCode() * 7 + 3;
        }
        return hash;
    }

    @Override
    long weightAt(int place) {
        return table.keys[place].weight();
    }

    /** Collects the elements of a set. */
    public static final class Builder {

        private final HashTable table;

        /** A builder with room for that many elements. */
        public Builder(int capacity) {
            table = new HashTable(capacity);
        }

        /** Adds an element; answers whether it is new. */
        public boolean add(Value element) {
            if (table.find(element) >= 0) {
                return false;
            }
            table.append(element);
            return true;
        }

        /** How many there are so far. */
        public int size() {
            return table.size;
        }

        /** The set; the builder is used up. */
        public RegoSet build() {
            return new RegoSet(table);
        }
    }
}
