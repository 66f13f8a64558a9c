package io.countersign.server.gate;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Reason;
import io.countersign.core.action.Resource;
import io.countersign.core.action.Subject;
import io.countersign.core.approval.RequestState;
import io.countersign.core.gate.Decision;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Approvals.Locked;
import io.countersign.server.approval.Payload;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.Credentials;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Epochs;
import io.countersign.server.directory.OwnDoor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Gates what Countersign does itself: judges, opens requests, and does the act with the use of its grants as one. */
@Service
class OwnActions implements OwnDoor {

    private final TransactionTemplate transactions;
    private final Idempotency idempotency;
    private final Epochs epochs;
    private final Credentials credentials;
    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final EarlierRequests earlier;
    private final Denials denials;
    private final Openings openings;
    private final OwnRedemptions redemptions;
    private final Answers answers;
    private final AskRecorder recorder;
    private final Bypasses bypasses;

    OwnActions(
            TransactionTemplate transactions,
            Idempotency idempotency,
            Epochs epochs,
            Credentials credentials,
            Rulebooks rulebooks,
            Approvals approvals,
            EarlierRequests earlier,
            Denials denials,
            Openings openings,
            OwnRedemptions redemptions,
            Answers answers,
            AskRecorder recorder,
            Bypasses bypasses) {
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.epochs = epochs;
        this.credentials = credentials;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.earlier = earlier;
        this.denials = denials;
        this.openings = openings;
        this.redemptions = redemptions;
        this.answers = answers;
        this.recorder = recorder;
        this.bypasses = bypasses;
    }

    /** What one transaction came to. */
    private sealed interface Round {
        record Done(Reply reply) implements Round {}

        record Refused(Problem problem) implements Round {}

        /** Approval is needed, and whether the act could succeed at all is not known yet. */
        record Untried() implements Round {}

        /** An equal ask was faster by a moment; all of this is undone. */
        record Again() implements Round {}
    }

    /** An act, and what it aims at. */
    private record Act(OwnCall call, Function<DirectoryImage, List<Aim>> aims, Supplier<Reply> effect) {}

    /** One aim in the moment of its judgement, with the settled equal request if there is one. */
    private record Looked(Considered considered, Optional<StoredRequest> stored) {

        boolean isApproved() {
            return stored.filter(there -> there.request().stateAt(considered.now()) instanceof RequestState.Approved)
                    .isPresent();
        }
    }

    @Override
    public Reply pass(OwnCall call, Function<DirectoryImage, List<Aim>> aims, Supplier<Reply> effect) {
        Act act = new Act(call, aims, effect);
        boolean tried = false;
        while (true) {
            switch (round(act, tried)) {
                case Round.Done done -> {
                    return done.reply();
                }
                case Round.Refused refused -> throw refused.problem().raise();
                case Round.Untried _ -> {
                    rehearse(act);
                    tried = true;
                }
                case Round.Again _ -> {} // the next round finds the equal request that was faster
            }
        }
    }

    /** Does the act and undoes it: nobody is asked to approve what cannot be done. */
    private void rehearse(Act act) {
        transactions.executeWithoutResult(status -> {
            status.setRollbackOnly();
            Reply undone = act.effect().get();
            if (undone.replayed()) {
                throw new IllegalStateException("an act answers for itself");
            }
        });
    }

    private Round round(Act act, boolean tried) {
        return transactions.execute(status -> {
            Round round = keyed(act, tried);
            if (round instanceof Round.Again) {
                status.setRollbackOnly();
            }
            return round;
        });
    }

    /** Under a key that was used before, the answer of then; what was only held is judged anew. */
    private Round keyed(Act act, boolean tried) {
        if (act.call().key() == null) {
            return judge(act, tried);
        }
        AtomicReference<Round> judged = new AtomicReference<>();
        Reply reply = idempotency.within(act.call().caller(), act.call().key(), () -> {
            Round round = judge(act, tried);
            judged.set(round);
            return round instanceof Round.Done done ? done.reply() : Reply.judgedAnew(202, null);
        });
        Round round = judged.get();
        return round == null ? new Round.Done(reply) : round;
    }

    private Round judge(Act act, boolean tried) {
        Caller caller = act.call().caller();
        // The act will change what decisions rest on: lock first what it changes last, or two acts wait for each other.
        epochs.lock(caller.organizationId());
        credentials.recheck(caller, act.call().permission());
        Rulebook rulebook = rulebooks.hold(caller.organizationId());
        List<Looked> looked = look(act.call(), act.aims().apply(rulebook.directory()), rulebook);
        List<GateAnswer> waiting = new ArrayList<>();
        List<Looked> toOpen = new ArrayList<>();
        for (Looked one : looked) {
            switch (verdict(one)) {
                case Judged.Refused refused -> {
                    return new Round.Refused(refused.problem());
                }
                case Judged.Told told when opens(told) -> toOpen.add(one);
                case Judged.Told told when holds(told) && act.call().breakGlass() != null -> toOpen.add(one);
                case Judged.Told told when holds(told) -> waiting.add(told.answer());
                case Judged.Told _ -> {}
                case Judged.AskedAtOnce _ -> throw new IllegalStateException("nothing was opened yet");
            }
        }
        if (!toOpen.isEmpty() && !tried) {
            return new Round.Untried();
        }
        if (act.call().breakGlass() != null) {
            return performPassing(act, looked, toOpen);
        }
        for (Looked one : toOpen) {
            Judged opened = open(act.call(), one);
            if (!(opened instanceof Judged.Told told)) {
                return new Round.Again();
            }
            waiting.add(told.answer());
        }
        return waiting.isEmpty() ? perform(act, looked) : new Round.Done(Reply.judgedAnew(202, HeldCall.of(waiting)));
    }

    /** Lets what is held pass by the session that the call names, and does the act; all or nothing. */
    private Round performPassing(Act act, List<Looked> looked, List<Looked> held) {
        List<Looked> passed = new ArrayList<>(looked);
        for (Looked one : held) {
            List<Requirement> requirements =
                    one.considered().decision() instanceof Decision.Hold hold ? hold.requirements() : List.of();
            Optional<StoredRequest> pending = one.stored()
                    .filter(there -> there.request().stateAt(one.considered().now()) instanceof RequestState.Pending);
            switch (bypasses.passOwn(act.call(), one.considered(), pending, requirements)) {
                case Bypasses.Passed through ->
                    passed.set(passed.indexOf(one), new Looked(one.considered(), Optional.of(through.stored())));
                case Bypasses.Again _ -> {
                    return new Round.Again();
                }
                case Bypasses.Turned turned -> {
                    if (passed.equals(looked)) {
                        return new Round.Refused(turned.problem());
                    }
                    throw turned.problem().raise();
                }
            }
        }
        return perform(act, passed);
    }

    private static boolean holds(Judged.Told told) {
        return told.answer().decision().equals("hold");
    }

    private List<Looked> look(OwnCall call, List<Aim> aims, Rulebook rulebook) {
        PayloadDigest digest = PayloadDigest.of(call.payload());
        return aims.stream()
                .distinct()
                .map(aim -> ask(call, aim, digest, rulebook))
                .sorted(Comparator.comparing(Doors::openKey))
                .map(ask -> look(Actor.of(call.caller(), call.origin()), ask, rulebook))
                .toList();
    }

    private Looked look(Actor actor, Ask asked, Rulebook rulebook) {
        Optional<Locked> equal = approvals.lockLatest(asked.organizationId(), Doors.openKey(asked));
        Instant now = equal.map(Locked::at).orElseGet(approvals::now);
        Ask ask = equal.map(Locked::stored)
                .filter(stored -> !(stored.request().stateAt(now) instanceof RequestState.End))
                .map(stored -> asked.explainedBy(stored.request().ask()))
                .orElse(asked);
        Considered considered = Considered.of(actor, ask, rulebook, now);
        return new Looked(
                considered,
                equal.map(locked -> considered.decision() instanceof Decision.Deny
                        ? locked.stored()
                        : earlier.settled(considered, locked.stored())));
    }

    private static Ask ask(OwnCall call, Aim aim, PayloadDigest digest, Rulebook rulebook) {
        Caller caller = call.caller();
        if (call.reason() != null && Reason.tooLong(call.reason())) {
            throw ProblemException.badField("too-long", "reason", "a reason has at most 4,000 characters");
        }
        ActionType type = rulebook.directory().actions().find(aim.action()).orElseThrow();
        Subject self = new Subject(caller.principalId(), caller.kind());
        return new Ask(
                caller.organizationId(),
                self,
                self,
                type,
                Resource.of(aim.level(), aim.resourceId()),
                digest,
                Reason.of(call.reason()).orElse(null),
                caller.credential().maker(),
                Set.of());
    }

    private Judged verdict(Looked looked) {
        Considered considered = looked.considered();
        if (considered.decision() instanceof Decision.Deny deny) {
            Judged refused = denials.ofOwnCall(considered, deny.violations());
            recorder.keep(considered, refused);
            return refused;
        }
        Judged judged = looked.stored()
                .flatMap(stored -> earlier.say(considered, stored, false))
                .orElseGet(() -> new Judged.Told(answers.ofRules(considered), false));
        boolean notSwitchedOn = considered.decision() instanceof Decision.Permit
                && considered.ask().action().switchable();
        if (!(judged instanceof Judged.Told told && opens(told)) && !notSwitchedOn) {
            recorder.keep(considered, judged);
        }
        return judged;
    }

    /** Whether rules hold it and no request stands for it yet. */
    private static boolean opens(Judged.Told told) {
        return holds(told) && told.answer().request() == null;
    }

    private Judged open(OwnCall call, Looked looked) {
        if (!(looked.considered().decision() instanceof Decision.Hold hold)) {
            throw new IllegalStateException("only what is held is opened");
        }
        FaultPoint.within("own-ask");
        Payload payload = new Payload(OwnCall.MEDIA_TYPE, call.payload());
        Judged judged = openings.open(looked.considered(), hold.requirements(), payload, null, null);
        recorder.keep(looked.considered(), judged);
        return judged;
    }

    /** Every aim is permitted: the grants are used, the act is done, its outcome is written down; all or nothing. */
    private Round perform(Act act, List<Looked> looked) {
        FaultPoint.within("own-action");
        List<Looked> granted = looked.stream().filter(Looked::isApproved).toList();
        List<OwnRedemptions.Spent> spent = new ArrayList<>();
        for (Looked one : granted) {
            OwnRedemptions.Judgement judgement =
                    redemptions.spend(one.considered(), one.stored().orElseThrow());
            switch (judgement) {
                case OwnRedemptions.Spent used -> spent.add(used);
                case OwnRedemptions.Unspent unspent -> {
                    if (!spent.isEmpty()) {
                        // What was used before it must not stay used; alone, it says the same the next time.
                        throw unspent.problem().raise();
                    }
                    return new Round.Refused(unspent.problem());
                }
            }
        }
        Reply reply = act.effect().get();
        spent.forEach(redemptions::report);
        return new Round.Done(reply);
    }
}
