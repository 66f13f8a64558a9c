package io.countersign.cli.git;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.git.OwedOutcomes.Receiver;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import java.util.List;
import java.util.Optional;

/** Tells the gate what became of a push; the push itself is over and cannot be refused any more. */
final class PostReceive {

    private final HookRun run;
    private final Screen screen;

    PostReceive(HookRun run) {
        this.run = run;
        this.screen = run.invocation().screen();
    }

    /** Reports each ref of this push: as done where git says that it moved, as failed where it does not. */
    int report(List<RefUpdate> moved) {
        PushGate gate = run.gateForReports();
        OwedOutcomes owed = run.owed();
        for (PushExecution execution : owed.of(Receiver.ofThisHook())) {
            boolean done = moved.contains(execution.update());
            String words = done
                    ? at(execution.update())
                    : "git did not move " + execution.update().ref();
            if (Reports.send(gate, owed, execution, done, words, screen)) {
                screen.say(Text.of(done ? Style.GOOD : Style.BAD, "recorded: ")
                        .and(execution.number().isEmpty() ? "" : execution.number() + ", ")
                        .and(words));
            }
        }
        return ExitCode.DONE;
    }

    /**
     * Settles what earlier pushes left behind: git refused after the gate permitted, a crash, or a gate that was away.
     * Whether it happened is read from where the ref is now. Answers how many the gate knows of now.
     */
    int settleEnded() {
        OwedOutcomes owed = run.owed();
        List<PushExecution> left = owed.ofEndedPushes();
        if (left.isEmpty()) {
            return 0;
        }
        int settled = 0;
        PushGate gate = run.gateForReports();
        for (PushExecution execution : left) {
            RefUpdate update = execution.update();
            String now = tip(update.ref()).orElse("");
            boolean done = update.deletes() ? now.isEmpty() : now.equals(update.newId());
            String words = done ? at(update) : "git did not move " + update.ref() + " after it was permitted";
            settled += Reports.send(gate, owed, execution, done, words, screen) ? 1 : 0;
        }
        return settled;
    }

    private static String at(RefUpdate update) {
        return update.deletes() ? update.ref() + " is deleted" : update.ref() + " is at " + update.newId();
    }

    private Optional<String> tip(String ref) {
        GitProgram.Ended ended = run.git()
                .attempt(GitProgram.ENOUGH, List.of("rev-parse", "--verify", "--quiet", "--end-of-options", ref));
        return ended.exitCode() == 0 ? Optional.of(ended.text()) : Optional.empty();
    }
}
