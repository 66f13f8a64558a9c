package io.countersign.cli.git;

import io.countersign.cli.terminal.Screen;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;

/** Sends outcomes; what cannot be sent now stays owed. */
final class Reports {

    private static final int GONE = 404;
    private static final int KNOWN = 409;

    private Reports() {}

    /** Reports one outcome and answers whether the gate has it; the person is told when it has not. */
    static boolean send(
            PushGate gate, OwedOutcomes owed, PushExecution execution, boolean succeeded, String words, Screen screen) {
        try {
            gate.outcome(execution, succeeded, words);
            owed.settled(execution);
            return true;
        } catch (ServerRefusal refusal) {
            int status = refusal.problem().status();
            if (status == GONE || status == KNOWN) {
                owed.settled(execution);
                return true;
            }
            screen.say("The outcome is not reported yet: " + refusal.getMessage());
            return false;
        } catch (UnreachableException away) {
            screen.say("The outcome is not reported yet, it will be with the next push: " + away.getMessage());
            return false;
        }
    }
}
