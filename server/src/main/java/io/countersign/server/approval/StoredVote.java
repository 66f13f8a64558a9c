package io.countersign.server.approval;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.approval.Vote;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A vote as {@link RequestRowStore#VOTES} has the database write it: an array of its columns, in this order, which is read
 * in half the time of an object.
 *
 * @param at microseconds since 1970, which is all the database keeps of a moment
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record StoredVote(
        String id,
        String personId,
        String kind,
        @Nullable String note,
        String digest,
        long at,
        Set<String> teams,
        Set<String> allTeams,
        Set<String> orgRoles,
        Set<String> requirements) {

    Vote vote() {
        return new Vote(
                id,
                personId,
                Vote.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                note,
                new PayloadDigest(digest),
                Instant.EPOCH.plus(at, ChronoUnit.MICROS),
                teams,
                allTeams,
                orgRoles,
                requirements);
    }
}
