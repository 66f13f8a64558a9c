package io.countersign.core.approval;

import io.countersign.core.policy.People;
import io.countersign.core.policy.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The world as it is at the one moment a command is judged.
 *
 * @param people everybody, as of now
 * @param own what the asking side changed itself
 * @param inForce the requirements that the rules in force now make of this ask
 * @param nextRule the next moment at which a further rule will apply because of the time, or nothing in sight
 * @param grantId the id a grant would get that is made now
 * @param now read once, after the request is locked
 */
public record Circumstances(
        People people,
        OwnChanges own,
        List<Requirement> inForce,
        Optional<Instant> nextRule,
        String grantId,
        Instant now) {

    public Circumstances {
        inForce = List.copyOf(inForce);
    }
}
