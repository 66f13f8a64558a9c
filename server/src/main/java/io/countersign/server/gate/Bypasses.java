package io.countersign.server.gate;

import io.countersign.core.approval.Bypass;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.RequestState;
import io.countersign.core.gate.Decision;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.Payload;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.breakglass.BreakglassSessions;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets asks pass that name a break-glass session. A session bypasses requirements and nothing else: what no approval can
 * cure, a person's denial and an execution under way stand against such an ask as against any other.
 */
@Component
class Bypasses {

    private final BreakglassSessions sessions;
    private final EarlierRequests earlier;
    private final Openings openings;
    private final Denials denials;
    private final Answers answers;

    Bypasses(
            BreakglassSessions sessions, EarlierRequests earlier, Openings openings, Denials denials, Answers answers) {
        this.sessions = sessions;
        this.earlier = earlier;
        this.openings = openings;
        this.denials = denials;
        this.answers = answers;
    }

    /** INVARIANT T1: the session an ask names is held before the equal request, and before the time is read. */
    void hold(String organizationId, @Nullable String session) {
        if (session != null) {
            sessions.hold(organizationId, session);
        }
    }

    /** Judges an ask that names a session, in the transaction that has locked the equal request if there is one. */
    Judged judgeAsk(
            Caller caller,
            Considered considered,
            Optional<StoredRequest> equal,
            AskForm form,
            PayloadReader.Read payload) {
        BreakglassSessions.Said said = sessions.judge(
                caller,
                considered.actor(),
                String.valueOf(form.breakGlassSession()),
                considered.ask(),
                Doors.place(considered.rulebook(), considered.ask()),
                considered.rulebook(),
                considered.now());
        return switch (said) {
            case BreakglassSessions.Refuses refuses -> new Judged.Refused(refuses.problem());
            case BreakglassSessions.Lets lets -> pass(considered, lets.bypass(), equal, form, payload);
        };
    }

    private Judged pass(
            Considered considered,
            Bypass bypass,
            Optional<StoredRequest> equal,
            AskForm form,
            PayloadReader.Read payload) {
        if (considered.decision() instanceof Decision.Deny deny) {
            return denials.ofRules(considered, deny.violations());
        }
        FaultPoint.within("ask");
        @Nullable String resubmits = null;
        if (equal.isPresent()) {
            boolean resubmit = Boolean.TRUE.equals(form.resubmit());
            StoredRequest stored = earlier.settled(considered, equal.get());
            if (stored.request().stateAt(considered.now()) instanceof RequestState.Pending) {
                return told(considered, bypass, openings.letPass(considered, stored, bypass), false);
            }
            Optional<Judged> known = earlier.say(considered, stored, resubmit);
            if (known.isPresent()) {
                return known.get();
            }
            resubmits = resubmit ? stored.name() : null;
        }
        @Nullable String resubmitted = resubmits;
        return switch (considered.decision()) {
            case Decision.Permit _ -> unneeded(considered, bypass);
            case Decision.Deny deny -> denials.ofRules(considered, deny.violations());
            case Decision.Hold hold ->
                openings.openPassing(
                                considered,
                                hold.requirements(),
                                payload.payload(),
                                form.supersedes(),
                                resubmitted,
                                bypass)
                        .map(fresh -> told(considered, bypass, fresh, true))
                        .orElseGet(Judged.AskedAtOnce::new);
        };
    }

    /** What became of an act of Countersign's own that names a session. */
    sealed interface Own {}

    /** Its request is approved by the session, or by people already. */
    record Passed(StoredRequest stored) implements Own {}

    /** The session does not let it pass. */
    record Turned(Problem problem) implements Own {}

    /** An equal call was faster by a moment. */
    record Again() implements Own {}

    /** Lets an act of Countersign's own pass that rules hold, in the transaction that does it. */
    Own passOwn(OwnCall call, Considered considered, Optional<StoredRequest> pending, List<Requirement> requirements) {
        BreakglassSessions.Said said = sessions.judge(
                call.caller(),
                considered.actor(),
                String.valueOf(call.breakGlass()),
                considered.ask(),
                Doors.place(considered.rulebook(), considered.ask()),
                considered.rulebook(),
                considered.now());
        return switch (said) {
            case BreakglassSessions.Refuses refuses -> new Turned(refuses.problem());
            case BreakglassSessions.Lets lets -> {
                Payload payload = new Payload(OwnCall.MEDIA_TYPE, call.payload());
                yield pending.map(stored -> Optional.of(openings.letPass(considered, stored, lets.bypass())))
                        .orElseGet(() ->
                                openings.openPassing(considered, requirements, payload, null, null, lets.bypass()))
                        .<Own>map(passed -> {
                            told(considered, lets.bypass(), passed, false);
                            return new Passed(passed);
                        })
                        .orElseGet(Again::new);
            }
        };
    }

    private Judged told(Considered considered, Bypass bypass, StoredRequest passed, boolean opened) {
        if (rests(passed)) {
            sessions.used(
                    bypass,
                    considered.ask(),
                    passed.resourceName(),
                    passed.request().id(),
                    considered.now());
        }
        return new Judged.Told(answers.ofRequest(passed, considered.rulebook().epoch(), considered.now()), opened);
    }

    private Judged unneeded(Considered considered, Bypass bypass) {
        sessions.unneeded(
                considered.actor(),
                bypass,
                considered.ask(),
                considered.rulebook().nameOf(considered.ask().resource()),
                considered.now());
        return new Judged.Told(answers.ofRules(considered), false);
    }

    /** What the session behind a waiting grant still lets pass of it, or nothing where none is behind it or it is over. */
    @Nullable
    Bypass still(StoredRequest stored, Rulebook rulebook, Instant now) {
        return stored.request().state() instanceof RequestState.Approved(Grant grant) && grant.bypassed() != null
                ? sessions.still(grant.bypassed().sessionId(), stored.request().ask(), rulebook, now)
                : null;
    }

    private static boolean rests(StoredRequest passed) {
        return passed.request().state() instanceof RequestState.Approved(Grant grant) && grant.bypassed() != null;
    }
}
