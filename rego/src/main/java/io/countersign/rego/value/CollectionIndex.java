package io.countersign.rego.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The positions of a collection's entries by what stands at one path beneath them; further paths follow in a chain. */
@SuppressWarnings("ReferenceEquality")
public final class CollectionIndex {

    private static final int[] NOWHERE = {};

    private final Value[] path;
    private final @Nullable CollectionIndex next;
    private final boolean ordered;

    /** What was found at the path; null as long as it was asked for only once. */
    private final @Nullable HashTable found;

    /** The positions of each value found. */
    private final List<int[]> positions;

    private CollectionIndex(
            Value[] path,
            @Nullable CollectionIndex next,
            boolean ordered,
            @Nullable HashTable found,
            List<int[]> positions) {
        this.path = path;
        this.next = next;
        this.ordered = ordered;
        this.found = found;
        this.positions = positions;
    }

    /**
     * The positions whose entry has that value at that path: in order, or in memory for those whom the order does not
     * concern. Null where it is not worth an index yet: it is built when the same path is asked for the second time.
     */
    public static int @Nullable [] lookup(RegoCollection collection, Value[] path, Value value, boolean inOrder) {
        boolean ordered = inOrder || collection instanceof RegoArray;
        CollectionIndex first = collection.indexes();
        for (CollectionIndex index = first; index != null; index = index.next) {
            if (index.ordered == ordered && (index.path == path || Arrays.equals(index.path, path))) {
                if (index.found != null) {
                    return index.positionsOf(value);
                }
                CollectionIndex made = build(collection, path, first, ordered);
                collection.indexes(made);
                return made.positionsOf(value);
            }
        }
        collection.indexes(new CollectionIndex(path, first, ordered, null, List.of()));
        return null;
    }

    private int[] positionsOf(Value value) {
        int place = found == null ? -1 : found.find(value);
        return place < 0 ? NOWHERE : positions.get(place);
    }

    private static CollectionIndex build(
            RegoCollection collection, Value[] path, @Nullable CollectionIndex next, boolean ordered) {
        int size = collection.size();
        HashTable found = new HashTable(size);
        List<int[]> positions = new ArrayList<>();
        int[] counts = new int[size];
        for (int i = 0; i < size; i++) {
            Value at = Paths.walk(ordered ? collection.valueAt(i) : collection.heldAt(i), path);
            if (at != null) {
                int place = found.find(at);
                if (place < 0) {
                    place = found.append(at);
                    positions.add(new int[2]);
                }
                if (counts[place] == positions.get(place).length) {
                    positions.set(place, Arrays.copyOf(positions.get(place), counts[place] * 2));
                }
                positions.get(place)[counts[place]++] = i;
            }
        }
        for (int place = 0; place < positions.size(); place++) {
            positions.set(place, Arrays.copyOf(positions.get(place), counts[place]));
        }
        return new CollectionIndex(path, next, ordered, found, positions);
    }
}
