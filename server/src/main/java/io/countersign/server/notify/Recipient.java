package io.countersign.server.notify;

/**
 * Somebody who is told.
 *
 * @param id of a destination or a person
 * @param means {@code email} or {@code webhook}
 */
record Recipient(String id, String means) {

    /** Whether it is one of the organization's destinations, and not a person. */
    boolean isDestination() {
        return isDestination(id);
    }

    static boolean isDestination(String id) {
        return id.startsWith(Destination.ID_PREFIX + "_");
    }
}
