package io.countersign.server.approval;

import io.countersign.server.directory.Directory;
import io.countersign.server.directory.Epochs;
import io.countersign.server.policy.Policies;
import org.springframework.stereotype.Service;

/** Opens the rulebook of an organization, either held still for a decision or proven fresh for a look. */
@Service
public class Rulebooks {

    private final Epochs epochs;
    private final Directory directory;
    private final Policies policies;

    Rulebooks(Epochs epochs, Directory directory, Policies policies) {
        this.epochs = epochs;
        this.directory = directory;
        this.policies = policies;
    }

    /** The rulebook for a decision: people and rules cannot change before the transaction ends. */
    public Rulebook hold(String organizationId) {
        return at(organizationId, epochs.hold(organizationId));
    }

    /** The rulebook for a look: at most a second old, or a problem when that cannot be proven. */
    public Rulebook fresh(String organizationId) {
        return at(organizationId, epochs.fresh(organizationId));
    }

    private Rulebook at(String organizationId, long epoch) {
        return new Rulebook(directory.at(organizationId, epoch), policies.at(organizationId, epoch));
    }
}
