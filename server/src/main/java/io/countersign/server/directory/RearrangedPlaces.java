package io.countersign.server.directory;

/** Whoever must know that other rules may apply to a place than before, though no rule was changed. */
public interface RearrangedPlaces {

    /**
     * Called inside the transaction of the change, while nobody decides anything in the organization.
     *
     * @param epoch the epoch that the change begins
     */
    void rearranged(String organizationId, long epoch);
}
