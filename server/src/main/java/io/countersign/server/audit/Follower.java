package io.countersign.server.audit;

import java.util.List;

/** Somebody who reacts to what happened: reads the log of every organization in its order, at its own pace. */
public interface Follower {

    /** The name its position is kept under; unique, in kebab case, and never changed. */
    String name();

    /** Whether it is given the entries that stand out alone; the others are then passed over without being read. */
    default boolean prominentOnly() {
        return false;
    }

    /**
     * Takes note of entries of one organization, in their order. It runs in a transaction that also moves the position:
     * what it writes to the database happens once, everything else at least once. When it throws, the same entries come
     * again, later and later up to 30 seconds; entries of other organizations are not held up. It should be done within
     * seconds.
     *
     * @param batch from one to 200 entries of one organization, the first of the log being the first it ever sees
     */
    void handle(List<LogEntry> batch);
}
