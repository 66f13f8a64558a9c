package io.countersign.rego.value;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping from values to values, walked through in the order of its keys. */
@SuppressWarnings("ReferenceEquality")
public final class RegoObject extends RegoCollection {

    /** The object without keys. */
    public static final RegoObject EMPTY = new Builder(0).build();

    private final HashTable table;
    private final Value[] values;

    private RegoObject(HashTable table, Value[] values) {
        this.table = table;
        this.values = values;
    }

    /** An object of strings to values. */
    public static RegoObject of(Map<String, ? extends Value> entries) {
        Builder builder = new Builder(entries.size());
        entries.forEach((key, value) -> builder.put(RegoString.of(key), value));
        return builder.build();
    }

    /** An object with one key. */
    public static RegoObject of(Value key, Value value) {
        return new Builder(1).put(key, value).build();
    }

    /** The value of a key, or null. */
    public @Nullable Value get(Value key) {
        int position = table.find(key);
        return position < 0 ? null : values[position];
    }

    /** Where a key is held, or -1; looks first where it was in an object of the same form. */
    public int place(Value key, int hint) {
        if (hint < table.size && (table.keys[hint] == key || table.keys[hint].equals(key))) {
            return hint;
        }
        return table.find(key);
    }

    /** The value held at a place that {@link #place} answered. */
    public Value held(int place) {
        return values[place];
    }

    /** The value of a key that is a string, or null. */
    public @Nullable Value get(String key) {
        return get(RegoString.of(key));
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
        return values[place];
    }

    @Override
    public Value keyAt(int position) {
        return table.keys[order()[position]];
    }

    @Override
    public Value valueAt(int position) {
        return values[order()[position]];
    }

    private int[] order() {
        return table.order();
    }

    /** The entries in the order of their keys. */
    public List<Map.Entry<Value, Value>> entries() {
        List<Map.Entry<Value, Value>> entries = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            entries.add(new AbstractMap.SimpleImmutableEntry<>(keyAt(i), valueAt(i)));
        }
        return entries;
    }

    /** The keys in order. */
    public List<Value> keys() {
        List<Value> keys = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            keys.add(keyAt(i));
        }
        return keys;
    }

    /** This object with one more key, or with another value for it. */
    public RegoObject with(Value key, Value value) {
        Builder builder = new Builder(size() + 1);
        for (int i = 0; i < size(); i++) {
            builder.put(table.keys[i], values[i]);
        }
        return builder.put(key, value).build();
    }

    @Override
    int rank() {
        return 5;
    }

    @Override
    int compareSameType(Value other) {
        RegoObject that = (RegoObject) other;
        int shorter = Math.min(size(), that.size());
        for (int i = 0; i < shorter; i++) {
            int order = keyAt(i).compareTo(that.keyAt(i));
            if (order == 0) {
                order = valueAt(i).compareTo(that.valueAt(i));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(size(), that.size());
    }

    @Override
    void write(StringBuilder out) {
        out.append('{');
        for (int i = 0; i < size(); i++) {
            if (i > 0) {
                out.append(", ");
            }
            keyAt(i).write(out);
            out.append(": ");
            valueAt(i).write(out);
        }
        out.append('}');
    }

    @Override
    public String typeName() {
        return "object";
    }

    @Override
    boolean holdsTheSame(Value other) {
        RegoObject that = (RegoObject) other;
        for (int i = 0; i < size(); i++) {
            Value theirs = that.get(table.keys[i]);
            if (theirs == null || !values[i].equals(theirs)) {
                return false;
            }
        }
        return true;
    }

    @Override
    int computeHash() {
        int hash = 0;
        for (int i = 0; i < table.size; i++) {
            hash += (table.keys[i].hashCode() * 31) ^ (values[i].hashCode() * 17);
        }
        return hash;
    }

    /** In JSON a key that is a collection becomes its text, in which quotes and backslashes are escaped once more. */
    @Override
    long weightAt(int place) {
        Value key = table.keys[place];
        return (key instanceof RegoCollection ? 2 * key.weight() : key.weight()) + values[place].weight();
    }

    /** Collects the entries of an object; a later value for the same key wins. */
    public static final class Builder {

        private HashTable table;
        private Value[] values;

        /** How many keys so far are those of a finished object, whose table then is used in common. */
        private int shared = -1;

        /** A builder with room for that many entries. */
        public Builder(int capacity) {
            table = new HashTable(capacity);
            values = new Value[Math.max(4, capacity)];
        }

        /** A builder for an object that may turn out to have the keys of another in the same order. */
        static Builder like(RegoObject model) {
            return new Builder(model.table);
        }

        private Builder(HashTable common) {
            table = common;
            values = new Value[Math.max(4, common.size)];
            shared = 0;
        }

        /** The key that comes next if this object turns out to have the keys of its model, or null. */
        @Nullable
        Value expected() {
            return shared >= 0 && shared < table.size ? table.keys[shared] : null;
        }

        /** Makes a table of its own from the keys that were in common. */
        private void part() {
            HashTable own = new HashTable(Math.max(4, shared + 1));
            for (int i = 0; i < shared; i++) {
                own.append(table.keys[i]);
            }
            table = own;
            shared = -1;
        }

        /** Adds or replaces an entry. */
        public Builder put(Value key, Value value) {
            if (shared >= 0) {
                if (shared < table.size && table.keys[shared] == key) {
                    values[shared++] = value;
                    return this;
                }
                part();
            }
            int position = table.find(key);
            if (position < 0) {
                position = table.append(key);
                if (position == values.length) {
                    values = Arrays.copyOf(values, position * 2);
                }
            }
            values[position] = value;
            return this;
        }

        /** Adds or replaces an entry whose key is a string. */
        public Builder put(String key, Value value) {
            return put(RegoString.of(key), value);
        }

        /** The value that stands for a key so far, or null. */
        public @Nullable Value get(Value key) {
            if (shared >= 0) {
                part();
            }
            int position = table.find(key);
            return position < 0 ? null : values[position];
        }

        /** How many entries there are so far. */
        public int size() {
            return shared >= 0 ? shared : table.size;
        }

        /** The object; the builder is used up. */
        public RegoObject build() {
            if (shared >= 0 && shared < table.size) {
                part();
            }
            return new RegoObject(table, values);
        }
    }
}
