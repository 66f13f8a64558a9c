package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import io.countersign.core.gate.Decision;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Payload;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.audit.Actor;
import io.countersign.server.breakglass.OpeningDoor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.OwnCall;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the rules whether a break-glass session may be opened; no session bypasses what they demand. */
@Component
class SessionOpenings implements OpeningDoor {

    private static final String ACTION = "breakglass.initiate";

    private final Approvals approvals;
    private final Openings openings;
    private final Denials denials;
    private final AskRecorder recorder;

    SessionOpenings(Approvals approvals, Openings openings, Denials denials, AskRecorder recorder) {
        this.approvals = approvals;
        this.openings = openings;
        this.denials = denials;
        this.recorder = recorder;
    }

    @Override
    public Verdict judge(Caller caller, Actor actor, Rulebook rulebook, String reason, byte[] payload) {
        Instant now = approvals.now();
        Considered considered = Considered.of(actor, ask(caller, rulebook, reason, payload), rulebook, now);
        return switch (considered.decision()) {
            case Decision.Deny deny -> turned(considered, denials.ofRules(considered, deny.violations()));
            case Decision.Permit _ -> new AtOnce(now);
            case Decision.Hold hold -> {
                Judged judged = openings.open(
                        considered, hold.requirements(), new Payload(OwnCall.MEDIA_TYPE, payload), null, null);
                recorder.keep(considered, judged);
                yield held(judged, now);
            }
        };
    }

    private static Ask ask(Caller caller, Rulebook rulebook, String reason, byte[] payload) {
        Subject self = new Subject(caller.principalId(), caller.kind());
        return new Ask(
                caller.organizationId(),
                self,
                self,
                rulebook.directory().actions().find(ACTION).orElseThrow(),
                Resource.of(ResourceLevel.ORGANIZATION, caller.organizationId()),
                PayloadDigest.of(payload),
                reason,
                caller.credential().maker(),
                Set.of());
    }

    private Verdict turned(Considered considered, Judged judged) {
        recorder.keep(considered, judged);
        if (judged instanceof Judged.Refused refused) {
            return new Turned(refused.problem());
        }
        throw new IllegalStateException("a denial is a refusal");
    }

    private static Verdict held(Judged judged, Instant now) {
        GateAnswer.@Nullable RequestRef request =
                judged instanceof Judged.Told told ? told.answer().request() : null;
        if (request == null) {
            throw new IllegalStateException("no two openings are equal, and yet one was faster");
        }
        return new Held(request.id(), request.number(), now);
    }
}
