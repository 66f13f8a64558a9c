package io.countersign.core.breakglass;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.approval.Bypass;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One break-glass session; a value, judged at the moment of each ask. Nothing of it can be changed but its end.
 *
 * @param number the N of BG-N
 * @param duration how long it may last from its start
 * @param end what ended it before its time, or none
 */
public record Session(
        String id,
        long number,
        String ownerId,
        String reason,
        String incident,
        SessionScope scope,
        Duration duration,
        Opening opening,
        @Nullable End end) {

    /** An end before its time; once written it stays. */
    public record End(Instant at, EndCause cause) {}

    /** The number as people write it. */
    public String name() {
        return "BG-" + number;
    }

    /** When it began, or nothing while it has not. */
    public @Nullable Instant start() {
        return switch (opening) {
            case Opening.AtOnce opened -> opened.at();
            case Opening.Approved approved -> approved.at();
            case Opening.Awaited _, Opening.Refused _ -> null;
        };
    }

    /**
     * Its state at this moment, whether or not any job has run.
     *
     * @param owner who its owner is now
     * @param most the longest that the organization allows now
     */
    public SessionState stateAt(Instant now, OwnerNow owner, Duration most) {
        Instant start = start();
        if (start == null || now.isBefore(start)) {
            return notBegun();
        }
        if (end != null && !end.at().isAfter(start)) {
            return new SessionState.NotOpened("revoked");
        }
        boolean lowered = most.compareTo(duration) < 0;
        Instant planned = start.plus(lowered ? most : duration);
        // INVARIANT T1: an end that was written down stands, whatever the clock or the maximum is by now
        if (end != null) {
            return new SessionState.Ended(start, end.at(), end.cause());
        }
        // INVARIANT G4: the clock ends it, whatever has or has not run
        if (!now.isBefore(planned)) {
            return new SessionState.Ended(start, planned, lowered ? EndCause.MAXIMUM_LOWERED : EndCause.TIME);
        }
        if (!owner.active()) {
            return new SessionState.Ended(start, now, EndCause.OWNER_DISABLED);
        }
        if (!owner.mayOpen()) {
            return new SessionState.Ended(start, now, EndCause.PERMISSION_TAKEN);
        }
        return new SessionState.Active(start, planned);
    }

    private SessionState notBegun() {
        if (end != null) {
            return new SessionState.NotOpened("revoked");
        }
        return opening instanceof Opening.Refused refused
                ? new SessionState.NotOpened(refused.how())
                : new SessionState.Requested();
    }

    /** What it says to an ask that names it, at this moment. */
    public Passage judge(Ask ask, Place place, OwnerNow owner, Duration most, Instant now) {
        // INVARIANT G1: in person or through an enforcement point that speaks for the owner, never through an agent
        if (!ask.subject().id().equals(ownerId) || !ask.subject().isPerson()) {
            return new Passage.Refuses(Passage.Why.NOT_YOURS);
        }
        if (ask.caller().kind() == PrincipalKind.AGENT) {
            return new Passage.Refuses(Passage.Why.AGENT);
        }
        if (!(stateAt(now, owner, most) instanceof SessionState.Active active)) {
            return new Passage.Refuses(Passage.Why.NOT_ACTIVE);
        }
        if (!scope.covers(ask.action(), ask.resource(), place)) {
            return new Passage.Refuses(Passage.Why.OUT_OF_SCOPE);
        }
        return new Passage.Lets(new Bypass(id, name(), reason, incident, active.end()));
    }
}
