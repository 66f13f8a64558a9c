package io.countersign.core.approval;

import java.time.Instant;
import java.util.Set;

/**
 * A vote that counts for one requirement, and what it stands for there.
 *
 * @param named whether the requirement names the voter himself
 * @param teams those of the requirement's teams that the voter was in when he voted and is in still
 * @param roles the same of its roles
 */
public record Signature(
        String voteId, String personId, Instant at, boolean named, Set<String> teams, Set<String> roles) {

    public Signature {
        teams = Set.copyOf(teams);
        roles = Set.copyOf(roles);
    }
}
