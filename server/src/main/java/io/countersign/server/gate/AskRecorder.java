package io.countersign.server.gate;

import io.countersign.core.gate.Decision;
import io.countersign.core.policy.Requirement;
import io.countersign.server.gate.RecordedAskStore.Fate;
import io.countersign.server.gate.RecordedAskStore.RecordedAsk;
import io.countersign.server.platform.Ids;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps each ask for whoever wants to try rules on it. */
@Component
class AskRecorder {

    private final RecordedAskStore recorded;

    AskRecorder(RecordedAskStore recorded) {
        this.recorded = recorded;
    }

    /** Keeps what was asked and answered; what is undone because another was faster comes again. */
    void keep(Considered considered, Judged judged) {
        List<String> rules = considered.decision() instanceof Decision.Hold hold
                ? hold.requirements().stream().map(Requirement::id).toList()
                : List.of();
        @Nullable
        Fate fate = switch (judged) {
            case Judged.AskedAtOnce _ -> null;
            case Judged.Told told -> Fate.of(told.answer(), told.opened());
            case Judged.Refused refused -> Fate.refused(refused.problem());
        };
        if (fate != null) {
            recorded.insert(new RecordedAsk(
                    Ids.next("ask"),
                    considered.ask(),
                    considered.rulebook().parties(considered.ask()),
                    Doors.place(considered.rulebook(), considered.ask()),
                    considered.rulebook().epoch(),
                    rules,
                    fate,
                    considered.now()));
        }
    }
}
