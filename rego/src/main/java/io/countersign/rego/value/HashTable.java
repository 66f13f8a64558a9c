package io.countersign.rego.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Distinct keys in the order they came, found by hash; small tables are simply searched. */
@SuppressWarnings("ReferenceEquality")
final class HashTable {

    private static final int SEARCHED = 8;

    Value[] keys;
    int size;
    private int @Nullable [] slots;
    private volatile int @Nullable [] order;

    HashTable(int capacity) {
        keys = new Value[Math.max(4, capacity)];
    }

    /** The position of a key, or -1. */
    int find(Value key) {
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
        if (size > SEARCHED) {
            if (slots == null || size * 2 > slots.length) {
                rehash();
            } else {
                place(slots, key, size);
            }
        }
        return size - 1;
    }

    private void rehash() {
        int[] table = new int[Integer.highestOneBit(size) * 4];
        for (int i = 0; i < size; i++) {
            place(table, keys[i], i + 1);
        }
        slots = table;
    }

    private static void place(int[] table, Value key, int position) {
        int mask = table.length - 1;
        int slot = spread(key.hashCode()) & mask;
        while (table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot] = position;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
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
