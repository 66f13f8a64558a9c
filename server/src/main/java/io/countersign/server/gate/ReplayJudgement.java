package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.gate.Trial;
import io.countersign.core.gate.Trial.Shift;
import io.countersign.server.gate.ReplayProspects.Prospects;
import io.countersign.server.gate.ReplayStore.PastAsk;
import java.util.List;

/**
 * One recorded ask under the rules as they are and as they would be.
 *
 * @param prospects for each requirement of the tried rules, who could have approved
 */
record ReplayJudgement(PastAsk past, Ask ask, Place place, Trial.Judged judged, List<Prospects> prospects) {

    Shift shift() {
        return judged.shift();
    }

    /** Whether some requirement of the tried rules could be met by nobody. */
    boolean unmeetable() {
        return prospects.stream().anyMatch(Prospects::unmeetable);
    }

    /** Whether it found a request that had been opened before. */
    boolean repeat() {
        return past.requestId() != null && !past.opened();
    }
}
