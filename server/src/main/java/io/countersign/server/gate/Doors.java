package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Command;
import io.countersign.core.approval.Execution;
import io.countersign.core.approval.RequestState;
import io.countersign.core.audit.GateEntry;
import io.countersign.core.gate.Decision;
import io.countersign.core.gate.Gate;
import io.countersign.core.gate.Violation;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Resolution;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Approvals.Act;
import io.countersign.server.approval.Approvals.Locked;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Credentials;
import io.countersign.server.directory.Directory;
import io.countersign.server.gate.RecordedAskStore.RecordedAsk;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
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
    private final AuditLog log;
    private final Answers answers;
    private final Directory directory;
    private final RecordedAskStore recorded;

    Doors(
            TransactionTemplate transactions,
            Rulebooks rulebooks,
            Approvals approvals,
            Credentials credentials,
            Openings openings,
            AuditLog log,
            Answers answers,
            Directory directory,
            RecordedAskStore recorded) {
        this.transactions = transactions;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.credentials = credentials;
        this.openings = openings;
        this.log = log;
        this.answers = answers;
        this.directory = directory;
        this.recorded = recorded;
    }

    /** What the rules say at this moment, from memory that is at most a second old; writes nothing. */
    GateAnswer check(Caller caller, AskForm form, Instant now) {
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
        PayloadReader.Read payload = PayloadReader.read(form);
        while (true) {
            Judged judged = transactions.execute(status -> {
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

    /** What a transaction came to; refusals are values here, so that what they wrote is kept. */
    private sealed interface Judged {
        record Told(GateAnswer answer, boolean opened) implements Judged {}

        record Refused(Problem problem) implements Judged {}

        record AskedAtOnce() implements Judged {}
    }

    private Judged judgeAsk(Caller caller, Actor actor, AskForm form, PayloadReader.Read payload) {
        credentials.recheck(caller);
        Rulebook rulebook = rulebooks.hold(caller.organizationId());
        PayloadReader.demandWithin(rulebook.directory().settings().payloadLimit(), payload);
        Ask asked = reader(rulebook, caller)
                .read(form.action(), form.resource(), form.subject(), form.reason(), payload.digest(), form.authors());
        Optional<Locked> equal = approvals.lockLatest(asked.organizationId(), openKey(asked));
        Instant now = equal.map(Locked::at).orElseGet(approvals::now);
        Ask ask = equal.map(Locked::stored)
                .filter(stored -> !(stored.request().stateAt(now) instanceof RequestState.End))
                .map(stored -> asked.explainedBy(stored.request().ask()))
                .orElse(asked);
        Considered considered = new Considered(ask, rulebook, judge(rulebook, ask, now), now);
        Judged judged = judgeAsk(actor, considered, equal.map(Locked::stored), form, payload);
        record(considered, judged);
        return judged;
    }

    /** An ask, the rules it is judged by, and what they say to it. */
    private record Considered(Ask ask, Rulebook rulebook, Decision decision, Instant now) {}

    private Judged judgeAsk(
            Actor actor,
            Considered considered,
            Optional<StoredRequest> equal,
            AskForm form,
            PayloadReader.Read payload) {
        Ask ask = considered.ask();
        Rulebook rulebook = considered.rulebook();
        Instant now = considered.now();
        Decision decision = considered.decision();
        if (decision instanceof Decision.Deny deny) {
            return refused(actor, ask, rulebook, deny.violations());
        }
        @Nullable String resubmits = null;
        if (equal.isPresent()) {
            StoredRequest stored = settled(actor, equal.get(), rulebook, now);
            Optional<Judged> known = known(actor, stored, ask, form, rulebook, now);
            if (known.isPresent()) {
                return known.get();
            }
            resubmits = Boolean.TRUE.equals(form.resubmit()) ? stored.name() : null;
        }
        return switch (decision) {
            case Decision.Permit _ -> new Judged.Told(answers.ofRules(decision, ask, rulebook.epoch(), now), false);
            case Decision.Deny deny -> refused(actor, ask, rulebook, deny.violations());
            case Decision.Hold hold -> {
                FaultPoint.within("ask");
                Optional<StoredRequest> opened = openings.open(
                        actor,
                        new Openings.Opening(
                                Ids.next("req"),
                                openings.nextNumber(ask.organizationId()),
                                ask,
                                payload.payload(),
                                form.supersedes(),
                                resubmits),
                        hold.requirements(),
                        rulebook,
                        now);
                yield opened.<Judged>map(
                                fresh -> new Judged.Told(answers.ofRequest(fresh, rulebook.epoch(), now), true))
                        .orElseGet(Judged.AskedAtOnce::new);
            }
        };
    }

    /** Keeps the ask for whoever wants to try rules on it; what is undone because another was faster comes again. */
    private void record(Considered considered, Judged judged) {
        Ask ask = considered.ask();
        Rulebook rulebook = considered.rulebook();
        List<String> rules = considered.decision() instanceof Decision.Hold hold
                ? hold.requirements().stream().map(Requirement::id).toList()
                : List.of();
        RecordedAskStore.@Nullable Fate fate = switch (judged) {
            case Judged.AskedAtOnce _ -> null;
            case Judged.Told told -> RecordedAskStore.Fate.of(told.answer(), told.opened());
            case Judged.Refused refused -> RecordedAskStore.Fate.refused(refused.problem());
        };
        if (fate != null) {
            recorded.insert(new RecordedAsk(
                    Ids.next("ask"),
                    ask,
                    rulebook.parties(ask),
                    place(rulebook, ask),
                    rulebook.epoch(),
                    rules,
                    fate,
                    considered.now()));
        }
    }

    /** What an equal request that is there already says to the ask; nothing when a new one may be opened. */
    private Optional<Judged> known(
            Actor actor, StoredRequest stored, Ask ask, AskForm form, Rulebook rulebook, Instant now) {
        ApprovalRequest request = stored.request();
        return switch (request.stateAt(now)) {
            case RequestState.Pending _, RequestState.Approved _ ->
                Optional.of(new Judged.Told(answers.ofRequest(stored, rulebook.epoch(), now), false));
            case RequestState.Executing executing -> {
                if (outcomeUnknown(executing.execution(), rulebook, now)) {
                    approvals.unblock(stored);
                    yield Optional.empty();
                }
                yield Optional.of(
                        denied(actor, ask, stored, "executing", stored.name() + " is being executed right now", now));
            }
            case RequestState.Denied denied -> remembered(actor, stored, ask, form, rulebook, denied.at(), now);
            case RequestState.Expired expired -> remembered(actor, stored, ask, form, rulebook, expired.at(), now);
            case RequestState.End _ -> Optional.empty();
        };
    }

    private Optional<Judged> remembered(
            Actor actor, StoredRequest stored, Ask ask, AskForm form, Rulebook rulebook, Instant endedAt, Instant now) {
        Duration memory = rulebook.directory().settings().denialMemory();
        if (!endedAt.plus(memory).isAfter(now)) {
            return Optional.empty();
        }
        if (Boolean.TRUE.equals(form.resubmit())) {
            if (!ask.subject().isPerson()) {
                return Optional.of(
                        denied(actor, ask, stored, "resubmit-not-allowed", "only people resubmit, not accounts", now));
            }
            if (openings.resubmitted(stored)) {
                return Optional.of(denied(
                        actor,
                        ask,
                        stored,
                        "already-resubmitted",
                        stored.name() + " was resubmitted once already",
                        now));
            }
            return Optional.empty();
        }
        boolean wasDenied = stored.request().stateAt(now) instanceof RequestState.Denied;
        return Optional.of(denied(
                actor,
                ask,
                stored,
                wasDenied ? "denied" : "expired",
                "the same was " + (wasDenied ? "denied" : "left to expire") + " as " + stored.name() + " at " + endedAt,
                now));
    }

    private Judged denied(Actor actor, Ask ask, StoredRequest stored, String code, String detail, Instant now) {
        log.append(
                actor,
                denial(ask, stored.resourceName(), code, List.of()),
                stored.request().id());
        Problem problem = Problem.of(409, code, detail)
                .remedy(
                        code.equals("executing")
                                ? "wait for its outcome, then ask again"
                                : "change what was asked for, or resubmit it as a person with a reason")
                .with("request", answers.reference(stored, now));
        return new Judged.Refused(problem);
    }

    private Judged refused(Actor actor, Ask ask, Rulebook rulebook, List<Violation> violations) {
        List<String> codes = violations.stream().map(Violation::code).toList();
        log.append(actor, denial(ask, rulebook.nameOf(ask.resource()), "policy-violations", codes), null);
        return new Judged.Refused(violated(violations));
    }

    static Problem violated(List<Violation> violations) {
        List<Fault> faults = violations.stream().map(Answers::fault).toList();
        return Problem.of(422, "policy-violations", violations.getFirst().message())
                .remedy(violations.getFirst().remedy())
                .faults(faults);
    }

    private static GateEntry denial(Ask ask, String resource, String code, List<String> violations) {
        return new GateEntry.AskDenied(
                ask.subject().id(),
                ask.caller().id(),
                ask.action().id(),
                resource,
                ask.digest().value(),
                code,
                violations);
    }

    /** The request as the clock and the rules of now have it: ended if it is over, approved if nothing is missing. */
    private StoredRequest settled(Actor actor, StoredRequest stored, Rulebook rulebook, Instant now) {
        RequestState state = stored.request().state();
        boolean alive = state instanceof RequestState.Pending || state instanceof RequestState.Approved;
        return alive
                ? approvals
                        .act(new Act(actor, new Command.Review()), stored, rulebook, now)
                        .stored()
                : stored;
    }

    static boolean outcomeUnknown(Execution execution, Rulebook rulebook, Instant now) {
        return execution
                .at()
                .plus(rulebook.directory().settings().outcomeAfter())
                .isBefore(now);
    }

    static Decision judge(Rulebook rulebook, Ask ask, Instant now) {
        Place place = place(rulebook, ask);
        Resolution resolution = rulebook.resolve(ask, place, now, now);
        return Gate.judge(ask.action(), ask.resource(), place, resolution, ask.reason());
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
