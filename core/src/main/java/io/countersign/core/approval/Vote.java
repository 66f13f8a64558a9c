package io.countersign.core.approval;

import io.countersign.core.action.PayloadDigest;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One person's answer to one request, with what he was shown and what he belonged to at that moment: without what the asking
 * side itself had given him, for that fills no place.
 *
 * @param note his words, or none
 * @param digest the payload he was shown
 * @param teams the teams he was directly in when he voted
 * @param allTeams the teams he was in when he voted, nesting included
 * @param orgRoles the roles he held when he voted
 * @param requirements the ids of the requirements he was eligible for when he voted
 */
public record Vote(
        String id,
        String personId,
        Kind kind,
        @Nullable String note,
        PayloadDigest digest,
        Instant at,
        Set<String> teams,
        Set<String> allTeams,
        Set<String> orgRoles,
        Set<String> requirements) {

    /** What a vote says. */
    public enum Kind {
        APPROVE,
        DENY
    }

    public Vote {
        teams = Set.copyOf(teams);
        allTeams = Set.copyOf(allTeams);
        orgRoles = Set.copyOf(orgRoles);
        requirements = Set.copyOf(requirements);
    }
}
