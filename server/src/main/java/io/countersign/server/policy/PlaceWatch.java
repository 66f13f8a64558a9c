package io.countersign.server.policy;

import io.countersign.server.directory.RearrangedPlaces;
import org.springframework.stereotype.Component;

/** Counts a change of places as a change of the rules there, so that what is pending is judged again. */
@Component
class PlaceWatch implements RearrangedPlaces {

    private final PolicyStore store;

    PlaceWatch(PolicyStore store) {
        this.store = store;
    }

    @Override
    public void rearranged(String organizationId, long epoch) {
        store.changed(organizationId, epoch);
    }
}
