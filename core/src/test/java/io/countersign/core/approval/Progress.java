package io.countersign.core.approval;

import io.countersign.core.approval.RequestState.Approved;
import io.countersign.core.approval.RequestState.End;
import io.countersign.core.approval.RequestState.Executed;
import io.countersign.core.approval.RequestState.Executing;
import io.countersign.core.approval.RequestState.Pending;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a request gets to its end from where it is: by those who may act now, if they are enough and do, and in any case by the
 * clock or by one person who settles it. Who is enough is told by the {@link Oracle}; every act is a real command.
 */
record Progress(ApprovalRequest request, Circumstances circumstances) {

    /** Approved, redeemed and reopened, approved, redeemed, reported: no way to an end is longer. */
    private static final int LONGEST_WAY = 5;

    private static final List<Duration> JUMPS =
            List.of(Duration.ofNanos(1), Duration.ofMinutes(10), Duration.ofHours(25), Duration.ofDays(400));

    /** Both are judged once in every state, at the look anybody may take; and what is reopened has its time anew. */
    static boolean isCertain(Step step) {
        if (step.find(Event.Reopened.class) != null) {
            ApprovalRequest reopened = step.after();
            return reopened.deadline()
                    .equals(new Progress(reopened, step.circumstances()).latest(reopened.requirements()));
        }
        Progress progress = new Progress(step.before(), step.circumstances());
        return !(step.command() instanceof Command.Review)
                || (progress.endsThoughNobodyActs(step.model().opened().requirements())
                        && progress.endsIfEnoughAct(LONGEST_WAY));
    }

    /** Whether an end is the same at every later moment, and once it is written down at every earlier one too. */
    static boolean isNeverUndone(Step step) {
        ApprovalRequest before = step.before();
        RequestState seen = step.stateBefore();
        boolean written = before.state() instanceof End;
        if (!(seen instanceof End)) {
            return !written;
        }
        boolean kept = step.after().equals(before) || (!written && step.after().equals(before.with(seen)));
        return kept
                && JUMPS.stream()
                        .allMatch(jump -> before.stateAt(step.now().plus(jump)).equals(seen))
                && (!written
                        || JUMPS.stream()
                                .allMatch(jump ->
                                        before.stateAt(step.now().minus(jump)).equals(seen)));
    }

    private boolean endsThoughNobodyActs(List<Requirement> atOpening) {
        return switch (state()) {
            case Pending _ -> !request.deadline().isAfter(latest(atOpening)) && endsAt(request.deadline());
            case Approved approved -> endsAt(approved.grant().expiresAt());
            case Executing executing -> {
                Command settled = new Command.Report(Story.person("somebody-else"), true, Outcome.Result.FAILED);
                yield after(settled).state() instanceof Executed executed
                        && executed.execution().equals(executing.execution());
            }
            case End _ -> endsAt(now());
        };
    }

    /** Whether it has ended at that moment, and whoever looks then can write that down. */
    private boolean endsAt(Instant moment) {
        RequestState ended = request.stateAt(moment);
        Change written = Approval.apply(request, new Command.Review(), at(moment));
        return ended instanceof End && written.request().state().equals(ended);
    }

    /** The last moment it may wait for: a term from its opening, after a reopening at most two from the first. */
    private Instant latest(List<Requirement> demanded) {
        Duration term = demanded.stream()
                .map(Requirement::expiresAfter)
                .min(Duration::compareTo)
                .orElseThrow();
        Instant anew = request.openedAt().plus(term);
        Instant atMost = request.firstOpenedAt().plus(term).plus(term);
        Instant earlier = anew.isBefore(atMost) ? anew : atMost;
        return earlier.isBefore(request.openedAt()) ? request.openedAt() : earlier;
    }

    private boolean endsIfEnoughAct(int steps) {
        return steps >= 0
                && switch (state()) {
                    case End _ -> true;
                    case Executing executing -> {
                        Command report =
                                new Command.Report(executing.execution().redeemer(), false, Outcome.Result.SUCCEEDED);
                        yield then(after(report)).endsIfEnoughAct(steps - 1);
                    }
                    case Approved approved ->
                        then(after(redemption(approved.grant()))).endsIfEnoughAct(steps - 1);
                    case Pending _ -> !enough() || then(approvedByEverybody()).isApprovedAndEnds(steps - 1);
                };
    }

    private boolean isApprovedAndEnds(int steps) {
        return state() instanceof Approved && endsIfEnoughAct(steps);
    }

    /** Whether it would be met if everybody who may approve it now did. */
    private boolean enough() {
        Oracle oracle = new Oracle(request, circumstances);
        List<Requirement> demanded = Step.demanded(request, circumstances);
        List<Vote> votes = new ArrayList<>(request.votes());
        for (Person person : people().all()) {
            Set<String> may = demanded.stream()
                    .filter(requirement -> oracle.mayVote(person.id(), requirement))
                    .map(Requirement::id)
                    .collect(Collectors.toSet());
            if (!may.isEmpty()) {
                votes.removeIf(vote -> vote.personId().equals(person.id()));
                votes.add(vote(person, may));
            }
        }
        return new Oracle(request.withVotes(votes), circumstances).allMet(demanded);
    }

    private Vote vote(Person person, Set<String> requirements) {
        return new Vote(
                "vote-" + person.id(),
                person.id(),
                Vote.Kind.APPROVE,
                "yes",
                request.ask().digest(),
                now(),
                person.teams(),
                people().teamsOf(person),
                person.orgRoles(),
                requirements);
    }

    /** Everybody who may approves anew, one after the other, until nothing more is needed. */
    private ApprovalRequest approvedByEverybody() {
        ApprovalRequest current = request;
        for (Person person : people().all()) {
            if (current.stateAt(now()) instanceof Pending && mayVote(person)) {
                current = then(current).after(new Command.Withdraw(person.id()));
                current = then(current)
                        .after(new Command.Cast(
                                "vote-" + person.id(),
                                person.id(),
                                Vote.Kind.APPROVE,
                                "yes",
                                request.ask().digest(),
                                false));
            }
        }
        return current;
    }

    private boolean mayVote(Person person) {
        Oracle oracle = new Oracle(request, circumstances);
        return Step.demanded(request, circumstances).stream()
                .anyMatch(requirement -> oracle.mayVote(person.id(), requirement));
    }

    /** The honest use of the grant, by its subject, while the session that it rests on lasts. */
    private static Command redemption(Grant grant) {
        return new Command.Redeem(
                grant.organizationId(),
                "execution-1",
                grant.subject(),
                false,
                grant.subject(),
                grant.actionId(),
                grant.resource(),
                grant.digest(),
                session(grant));
    }

    private static @Nullable Bypass session(Grant grant) {
        Bypassed by = grant.bypassed();
        return by == null
                ? null
                : new Bypass(by.sessionId(), by.sessionName(), "the shop is down", "INC-1", grant.expiresAt());
    }

    private ApprovalRequest after(Command command) {
        return Approval.apply(request, command, circumstances).request();
    }

    private Progress then(ApprovalRequest changed) {
        return new Progress(changed, circumstances);
    }

    private Circumstances at(Instant moment) {
        return new Circumstances(
                circumstances.people(),
                circumstances.own(),
                circumstances.inForce(),
                circumstances.nextRule(),
                circumstances.grantId(),
                moment);
    }

    private RequestState state() {
        return request.stateAt(now());
    }

    private Instant now() {
        return circumstances.now();
    }

    private People people() {
        return circumstances.people();
    }
}
