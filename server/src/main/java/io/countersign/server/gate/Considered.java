package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.gate.Decision;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.audit.Actor;
import java.time.Instant;

/** An ask in the moment of its judgement: who acts, the rules it is judged by, and what they say to it. */
record Considered(Actor actor, Ask ask, Rulebook rulebook, Decision decision, Instant now) {

    static Considered of(Actor actor, Ask ask, Rulebook rulebook, Instant now) {
        return new Considered(actor, ask, rulebook, Doors.judge(rulebook, ask, now), now);
    }
}
