package io.countersign.rego.value;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Distinct keys in the order they came, found by hash; small tables are simply searched. Keys chosen to have the same
 * hash are found by their order instead, so that nobody can make a table slow.
 */
@SuppressWarnings("ReferenceEquality")
final class HashTable {

    private static final int SEARCHED = 8;

    /** More places than a key is ever away from its own by chance. */
    private static final int FARTHEST = 200;

    Value[] keys;
    int size;
    private int @Nullable [] slots;
    private @Nullable TreeMap<Value, Integer> crowded;
    private volatile int @Nullable [] order;

    HashTable(int capacity) {
        keys = new Value[Math.max(4, capacity)];
    }

    /** The position of a key, or -1. */
    int find(Value key) {
        if (crowded != null) {
            return crowded.getOrDefault(key, -1);
        }
        int[] table = slots;
        if (table == null) {
            for (int i = 0; i < size; i++) {
                if (keys[i] == key) {
                    return i;
                }
            }
            for (int i = 0; i < size; i++) {
                if (keys[i].equals(key)) {
                    return i;
                }
            }
            return -1;
        }
        int mask = table.length - 1;
        int slot = spread(key.hashCode()) & mask;
        while (table[slot] != 0) {
            int position = table[slot] - 1;
            Value held = keys[position];
            if (held == key || held.equals(key)) {
                return position;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /** Adds a key that is not there yet, and answers its position. */
    int append(Value key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
        }
        keys[size++] = key;
        if (crowded != null) {
            crowded.put(key, size - 1);
        } else if (size > SEARCHED && !isPlaced(key)) {
            crowded = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                crowded.put(keys[i], i);
            }
        }
        return size - 1;
    }

    private boolean isPlaced(Value key) {
        return (slots == null || size * 2 > slots.length) ? rehash() : place(slots, key, size);
    }

    private boolean rehash() {
        int[] table = new int[Integer.highestOneBit(size) * 4];
        slots = table;
        for (int i = 0; i < size; i++) {
            if (!place(table, keys[i], i + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Notes the position of a key; answers false where too many others are in its way. */
    private static boolean place(int[] table, Value key, int position) {
        int mask = table.length - 1;
        int slot = spread(key.hashCode()) & mask;
        for (int passed = 0; table[slot] != 0; passed++) {
            if (passed == FARTHEST) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = position;
        return true;
    }

    /** Hashes of texts that count up lie in rows; this is the end of MurmurHash3, which tears them apart. */
    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        return mixed ^ (mixed >>> 16);
    }

    /** The positions in the order of their keys; for tables that do not grow any more. */
    int[] order() {
        int[] known = order;
        if (known == null) {
            known = ordered() ? counted() : sorted();
            order = known;
        }
        return known;
    }

    private int[] counted() {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        return order;
    }

    private int[] sorted() {
        Integer[] positions = new Integer[size];
        for (int i = 0; i < size; i++) {
            positions[i] = i;
        }
        Arrays.sort(positions, (a, b) -> keys[a].compareTo(keys[b]));
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = positions[i];
        }
        return order;
    }

    /** Whether the keys came in order. */
    boolean ordered() {
        for (int i = 1; i < size; i++) {
            if (keys[i - 1].compareTo(keys[i]) > 0) {
                return false;
            }
        }
        return true;
    }
}
