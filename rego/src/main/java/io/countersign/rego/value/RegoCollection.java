package io.countersign.rego.value;

import org.jspecify.annotations.Nullable;

/**
 * A value that holds others: walked through by position, in Rego's order. What is found out about it once is kept: its
 * hash, its weight and the indexes over its elements.
 */
@SuppressWarnings("ReferenceEquality")
public abstract sealed class RegoCollection extends Value permits RegoArray, RegoObject, RegoSet {

    private int hash;
    private long weight;
    private volatile @Nullable CollectionIndex indexes;

    RegoCollection() {}

    /** How many entries there are. */
    public abstract int size();

    /** The key of the entry at a position: the index, the key, or the element of a set. */
    public abstract Value keyAt(int position);

    /** The value of the entry at a position. */
    public abstract Value valueAt(int position);

    /** The key of an entry by its place in memory, for those whom the order does not concern; it needs no sorting. */
    public abstract Value heldKeyAt(int place);

    /** The value of an entry by its place in memory. */
    public abstract Value heldAt(int place);

    abstract int computeHash();

    /** The weight of one entry. */
    abstract long weightAt(int place);

    /** Whether another collection of this type and hash holds the same. */
    abstract boolean holdsTheSame(Value other);

    /** The indexes built so far. */
    final @Nullable CollectionIndex indexes() {
        return indexes;
    }

    /** Remembers another list of indexes; when two threads do it at once, either will do. */
    final void indexes(CollectionIndex found) {
        indexes = found;
    }

    @Override
    public final long weight() {
        long known = weight;
        if (known == 0) {
            known = 1;
            for (int i = 0; i < size() && known < HEAVIEST; i++) {
                known = Math.min(HEAVIEST, known + weightAt(i));
            }
            weight = known;
        }
        return known;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RegoCollection that
                        && rank() == that.rank()
                        && size() == that.size()
                        && hashCode() == that.hashCode()
                        && ComparedPairs.equal(this, that));
    }

    @Override
    public final int hashCode() {
        int known = hash;
        if (known == 0) {
            known = computeHash();
            known = known == 0 ? 1 : known;
            hash = known;
        }
        return known;
    }
}
