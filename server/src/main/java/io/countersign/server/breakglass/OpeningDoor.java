package io.countersign.server.breakglass;

import io.countersign.server.approval.Rulebook;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Problem;
import java.time.Instant;

/** What stands before the opening of a session: the gate, with the rules bound to {@code breakglass.initiate}. */
public interface OpeningDoor {

    /** What the rules say to an opening. */
    sealed interface Verdict {}

    /** No rule gates it. */
    record AtOnce(Instant now) implements Verdict {}

    /** A request was opened; its approval starts the session. */
    record Held(String requestId, String number, Instant now) implements Verdict {}

    /** It is refused, and the log tells of it. */
    record Turned(Problem problem) implements Verdict {}

    /**
     * Asks the rules, in the present transaction, which has locked the organization's epoch.
     *
     * @param payload what approvers see; no two openings have the same
     */
    Verdict judge(Caller caller, Actor actor, Rulebook rulebook, String reason, byte[] payload);
}
