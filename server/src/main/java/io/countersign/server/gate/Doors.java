package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.approval.RequestState;
import io.countersign.core.gate.Decision;
import io.countersign.core.gate.Gate;
import io.countersign.core.policy.Resolution;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Approvals.Locked;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.Credentials;
import io.countersign.server.directory.Directory;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The doors {@code check} and {@code ask}: would it be permitted, and I want to. */
@Service
class Doors {

    private final TransactionTemplate transactions;
    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final Credentials credentials;
    private final Openings openings;
    private final EarlierRequests earlier;
    private final Denials denials;
    private final Answers answers;
    private final Directory directory;
    private final AskRecorder recorder;
    private final Bypasses bypasses;
    private final Idempotency idempotency;

    Doors(
            TransactionTemplate transactions,
            Rulebooks rulebooks,
            Approvals approvals,
            Credentials credentials,
            Openings openings,
            EarlierRequests earlier,
            Denials denials,
            Answers answers,
            Directory directory,
            AskRecorder recorder,
            Bypasses bypasses,
            Idempotency idempotency) {
        this.transactions = transactions;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.credentials = credentials;
        this.openings = openings;
        this.earlier = earlier;
        this.denials = denials;
        this.answers = answers;
        this.directory = directory;
        this.recorder = recorder;
        this.bypasses = bypasses;
        this.idempotency = idempotency;
    }

    /** What the rules say at this moment, from memory that is at most a second old; writes nothing. */
    GateAnswer check(Caller caller, AskForm form, Instant now) {
        if (form.breakGlassSession() != null) {
            throw ProblemException.badField(
                    "session-in-check",
                    "breakGlassSession",
                    "a session is named by an ask; a check tells what the rules say without it");
        }
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        PayloadReader.Read payload = PayloadReader.read(form);
        Ask ask = reader(rulebook, caller)
                .read(form.action(), form.resource(), form.subject(), form.reason(), payload.digest(), form.authors());
        return answers.ofRules(judge(rulebook, ask, now), ask, rulebook.epoch(), now);
    }

    /** An ask that was judged: what is told, and whether a request was opened by it. */
    record Asked(GateAnswer answer, boolean opened) {}

    /** Asks for real: opens a request where rules demand approval. */
    Asked ask(Caller caller, Actor actor, AskForm form) {
        return ask(caller, actor, form, null);
    }

    /** The same, refused where the key came with another ask before; an equal one is answered as things stand now. */
    Asked ask(Caller caller, Actor actor, AskForm form, @Nullable IdempotencyKey key) {
        PayloadReader.Read payload = PayloadReader.read(form);
        while (true) {
            Judged judged = transactions.execute(status -> {
                if (key != null) {
                    idempotency.tie(caller, key);
                }
                Judged come = judgeAsk(caller, actor, form, payload);
                if (come instanceof Judged.AskedAtOnce) {
                    status.setRollbackOnly();
                }
                return come;
            });
            switch (judged) {
                case Judged.Told told -> {
                    return new Asked(told.answer(), told.opened());
                }
                case Judged.Refused refused -> throw refused.problem().raise();
                case Judged.AskedAtOnce _ -> {} // the next round finds the equal request that was faster
            }
        }
    }

    private Judged judgeAsk(Caller caller, Actor actor, AskForm form, PayloadReader.Read payload) {
        credentials.recheck(caller);
        Rulebook rulebook = rulebooks.hold(caller.organizationId());
        PayloadReader.demandWithin(rulebook.directory().settings().payloadLimit(), payload);
        Ask asked = reader(rulebook, caller)
                .read(form.action(), form.resource(), form.subject(), form.reason(), payload.digest(), form.authors());
        bypasses.hold(asked.organizationId(), form.breakGlassSession());
        Optional<Locked> equal = approvals.lockLatest(asked.organizationId(), openKey(asked));
        Instant now = equal.map(Locked::at).orElseGet(approvals::now);
        Ask ask = equal.map(Locked::stored)
                .filter(stored -> !(stored.request().stateAt(now) instanceof RequestState.End))
                .map(stored -> asked.explainedBy(stored.request().ask()))
                .orElse(asked);
        Considered considered = Considered.of(actor, ask, rulebook, now);
        Judged judged = form.breakGlassSession() == null
                ? judgeAsk(considered, equal.map(Locked::stored), form, payload)
                : bypasses.judgeAsk(caller, considered, equal.map(Locked::stored), form, payload);
        recorder.keep(considered, judged);
        return judged;
    }

    private Judged judgeAsk(
            Considered considered, Optional<StoredRequest> equal, AskForm form, PayloadReader.Read payload) {
        if (considered.decision() instanceof Decision.Deny deny) {
            return denials.ofRules(considered, deny.violations());
        }
        @Nullable String resubmits = null;
        if (equal.isPresent()) {
            boolean resubmit = Boolean.TRUE.equals(form.resubmit());
            StoredRequest stored = earlier.settled(considered, equal.get());
            Optional<Judged> known = earlier.say(considered, stored, resubmit);
            if (known.isPresent()) {
                return known.get();
            }
            resubmits = resubmit ? stored.name() : null;
        }
        return switch (considered.decision()) {
            case Decision.Permit _ -> new Judged.Told(answers.ofRules(considered), false);
            case Decision.Deny deny -> denials.ofRules(considered, deny.violations());
            case Decision.Hold hold -> {
                FaultPoint.within("ask");
                yield openings.open(considered, hold.requirements(), payload.payload(), form.supersedes(), resubmits);
            }
        };
    }

    static Decision judge(Rulebook rulebook, Ask ask, Instant now) {
        Place place = place(rulebook, ask);
        Resolution resolution = rulebook.resolve(ask, place, now, now);
        return Gate.judge(ask.action(), ask.resource(), place, resolution, ask.reason());
    }

    static Decision judgeRedemption(Rulebook rulebook, Ask ask, Instant now) {
        Place place = place(rulebook, ask);
        Resolution resolution = rulebook.resolve(ask, place, now, now);
        return Gate.judgeRedemption(ask.action(), ask.resource(), place, resolution);
    }

    static Place place(Rulebook rulebook, Ask ask) {
        return rulebook.directory()
                .place(ask.resource())
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-resource", "resource", "the resource is not in the directory any more"));
    }

    private AskReader reader(Rulebook rulebook, Caller caller) {
        return new AskReader(rulebook.directory(), directory, caller);
    }

    /** One text for exactly one subject, action, resource and payload. */
    static String openKey(Ask ask) {
        String parts = ask.subject().id()
                + '\n'
                + ask.action().id()
                + '\n'
                + ask.digest().value()
                + '\n'
                + ask.resource().key();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
