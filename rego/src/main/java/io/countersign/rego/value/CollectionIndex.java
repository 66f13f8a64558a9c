package io.countersign.rego.value;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The positions of a collection's entries by what stands at one path beneath them; further paths follow in a chain. */
@SuppressWarnings("ReferenceEquality")
public final class CollectionIndex {

    private static final int[] NOWHERE = {};

    private final Value[] path;
    private final @Nullable CollectionIndex next;
    private final Map<Value, int[]> positions;
    private final boolean ordered;
    private final boolean built;

    private CollectionIndex(
            Value[] path, @Nullable CollectionIndex next, Map<Value, int[]> positions, boolean ordered, boolean built) {
        this.path = path;
        this.next = next;
        this.positions = positions;
        this.ordered = ordered;
        this.built = built;
    }

    /**
     * The positions whose entry has that value at that path: in order, or in memory for those whom the order does not
     * concern. Null where it is not worth an index yet: it is built when the same path is asked for the second time.
     */
    public static int @Nullable [] lookup(Scanned collection, Value[] path, Value value, boolean inOrder) {
        boolean ordered = inOrder || collection instanceof RegoArray;
        CollectionIndex first = collection.indexes();
        for (CollectionIndex index = first; index != null; index = index.next) {
            if (index.ordered == ordered && (index.path == path || Arrays.equals(index.path, path))) {
                if (index.built) {
                    return index.positions.getOrDefault(value, NOWHERE);
                }
                CollectionIndex made =
                        new CollectionIndex(path, first, build(collection, path, ordered), ordered, true);
                collection.indexes(made);
                return made.positions.getOrDefault(value, NOWHERE);
            }
        }
        collection.indexes(new CollectionIndex(path, first, Map.of(), ordered, false));
        return null;
    }

    private static Map<Value, int[]> build(Scanned collection, Value[] path, boolean ordered) {
        int size = collection.size();
        Map<Value, int[]> found = new HashMap<>();
        Map<Value, Integer> counts = new HashMap<>();
        for (int i = 0; i < size; i++) {
            Value at = Paths.walk(ordered ? collection.valueAt(i) : collection.heldAt(i), path);
            if (at != null) {
                int count = counts.merge(at, 1, Integer::sum);
                int[] places = found.get(at);
                if (places == null || places.length < count) {
                    places = places == null ? new int[2] : Arrays.copyOf(places, places.length * 2);
                    found.put(at, places);
                }
                places[count - 1] = i;
            }
        }
        counts.forEach((value, count) -> found.computeIfPresent(value, (v, places) -> Arrays.copyOf(places, count)));
        return found;
    }
}
