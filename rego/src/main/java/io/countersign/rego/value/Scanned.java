package io.countersign.rego.value;

import org.jspecify.annotations.Nullable;

/** A collection that can be walked through by position, in Rego's order, and remembers indexes over its elements. */
public sealed interface Scanned permits RegoArray, RegoObject, RegoSet {

    /** How many entries there are. */
    int size();

    /** The key of the entry at a position: the index, the key, or the element of a set. */
    Value keyAt(int position);

    /** The value of the entry at a position. */
    Value valueAt(int position);

    /** The key of an entry by its place in memory, for those whom the order does not concern; it needs no sorting. */
    Value heldKeyAt(int place);

    /** The value of an entry by its place in memory. */
    Value heldAt(int place);

    /** The indexes built so far. */
    @Nullable
    CollectionIndex indexes();

    /** Remembers another list of indexes; when two threads do it at once, either will do. */
    void indexes(CollectionIndex found);
}
