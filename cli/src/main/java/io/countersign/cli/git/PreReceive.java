package io.countersign.cli.git;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Failures;
import io.countersign.cli.command.Remedies;
import io.countersign.cli.git.OwedOutcomes.Receiver;
import io.countersign.cli.request.GateReading;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Decides whether a push is received: every ref is settled with the gate before a grant for any is used, and whatever is
 * unclear is refused.
 */
final class PreReceive {

    private static final int SERVER_FAULT = 500;

    private final HookRun run;
    private final Screen screen;

    PreReceive(HookRun run) {
        this.run = run;
        this.screen = run.invocation().screen();
    }

    /** The hook's exit code: 0 lets git go on, anything else refuses the whole push. */
    int decide(List<RefUpdate> updates) throws IOException {
        List<PushPlan> plans;
        try (ReceivedObjects objects = run.objects()) {
            plans = new PushPlanner(run.settings(), run.git(), objects).plans(updates);
        }
        if (plans.isEmpty()) {
            return ExitCode.DONE;
        }
        PushGate gate = run.gate();
        if (plans.size() > 1 && !run.options().supersedes().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "one request cannot supersede for several refs", "push them one by one");
        }
        Map<PushPlan, GateReading> permitted = ask(gate, plans);
        return permitted.size() == plans.size() ? redeem(gate, permitted) : refused(plans, permitted);
    }

    /** The plans that may go on, with the answers; all others have been told to the pusher. */
    private Map<PushPlan, GateReading> ask(PushGate gate, List<PushPlan> plans) {
        Map<PushPlan, GateReading> permitted = new LinkedHashMap<>();
        Map<PushPlan, Set<String>> authors = authors(gate, plans);
        for (PushPlan plan : plans) {
            screen.say(Text.of(Style.STRONG, plan.words()));
            try {
                GateReading answer = gate.ask(plan, authors.getOrDefault(plan, Set.of()));
                if (answer.permits()) {
                    permitted.put(plan, answer);
                } else {
                    told(gate, answer);
                }
            } catch (ServerRefusal refusal) {
                Failures.tell(refusal, screen, Remedies.PUSHED);
            } catch (UnreachableException away) {
                throw closed(away);
            }
        }
        return permitted;
    }

    /** Who wrote what of each plan; found for all of them before anything is asked for any. */
    private static Map<PushPlan, Set<String>> authors(PushGate gate, List<PushPlan> plans) {
        Map<PushPlan, Set<String>> authors = new LinkedHashMap<>();
        for (PushPlan plan : plans) {
            try {
                authors.put(plan, gate.authors(plan));
            } catch (UnreachableException away) {
                throw closed(away);
            }
        }
        return authors;
    }

    private void told(PushGate gate, GateReading answer) {
        if (!answer.holds()) {
            answer.tell(run.invocation());
            return;
        }
        gate.request(answer)
                .ifPresentOrElse(
                        request -> answer.tell(run.invocation(), request), () -> answer.tell(run.invocation()));
        PushGate.link(answer).ifPresent(link -> screen.say("  look at it: " + link));
        screen.next("countersign approve " + answer.number(), "for those who may");
        screen.next(
                "git push", "the same again, once it is approved; a changed or moved branch needs another approval");
    }

    private int refused(List<PushPlan> plans, Map<PushPlan, GateReading> permitted) {
        if (!permitted.isEmpty()) {
            screen.say("Nothing of this push was taken, and no grant was used.");
        }
        screen.say(Text.of(Style.BAD, plans.size() == 1 ? "Refused for now." : "Refused for now, all of it."));
        return ExitCode.ERROR;
    }

    private int redeem(PushGate gate, Map<PushPlan, GateReading> permitted) {
        Receiver receiver = Receiver.ofThisHook();
        OwedOutcomes owed = run.owed();
        List<PushExecution> redeemed = new ArrayList<>();
        for (PushPlan plan : permitted.keySet()) {
            PushExecution execution = new PushExecution(UUID.randomUUID().toString(), plan.update(), "", link(plan));
            owed.write(receiver, execution);
            try {
                GateReading answer = gate.redeem(plan, execution.id());
                if (!answer.permits()) {
                    owed.settled(execution);
                    giveUp(gate, owed, redeemed);
                    screen.say(plan.words());
                    told(gate, answer);
                    return ExitCode.ERROR;
                }
                PushExecution going = execution.permittedBy(answer.number());
                owed.write(receiver, going);
                redeemed.add(going);
                screen.say(Text.of(Style.GOOD, "permitted: ").and(basis(answer)));
            } catch (ServerRefusal refusal) {
                if (refusal.problem().status() < SERVER_FAULT) {
                    owed.settled(execution);
                }
                giveUp(gate, owed, redeemed);
                screen.say(plan.words());
                return Failures.tell(refusal, screen, Remedies.PUSHED);
            } catch (UnreachableException away) {
                giveUp(gate, owed, redeemed);
                throw closed(away);
            }
        }
        return ExitCode.DONE;
    }

    private static String basis(GateReading answer) {
        return answer.number().isEmpty()
                ? "nothing demands an approval here"
                : answer.number()
                        + (answer.bypasses() ? " passes by break-glass" : " is approved")
                        + "; its grant is used now";
    }

    /** What was redeemed before something went wrong is not going to happen. */
    private void giveUp(PushGate gate, OwedOutcomes owed, List<PushExecution> redeemed) {
        for (PushExecution execution : redeemed) {
            Reports.send(gate, owed, execution, false, "not pushed: another ref of the same push was refused", screen);
        }
    }

    private String link(PushPlan plan) {
        return run.settings()
                .link()
                .replace("{commit}", plan.update().newId())
                .replace("{ref}", plan.update().ref());
    }

    private static CommandFailure closed(UnreachableException away) {
        return new CommandFailure(
                ExitCode.ERROR,
                "nobody could be asked, so nothing is taken: " + away.getMessage(),
                "push again when Countersign answers; nothing is lost");
    }
}
