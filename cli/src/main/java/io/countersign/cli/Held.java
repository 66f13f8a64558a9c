package io.countersign.cli;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.request.GateReading;
import io.countersign.cli.request.WaitOptions;
import io.countersign.cli.request.Waiting;
import io.countersign.client.wire.CallOnHold;
import java.util.function.IntSupplier;

/** A command that people must approve first: tells which requests it waits for, or waits for them and does it then. */
final class Held {

    private final Invocation invocation;
    private final CallOnHold call;

    Held(Invocation invocation, CallOnHold call) {
        this.invocation = invocation;
        this.call = call;
    }

    /**
     * Answers the exit code.
     *
     * @param again the same command once more
     */
    int then(IntSupplier again) {
        if (!invocation.awaitsApproval()) {
            invocation.data(call.answer(), this::tell);
            return ExitCode.UNDECIDED;
        }
        for (String number : call.numbers()) {
            String state = Waiting.state(
                    new Waiting(invocation, invocation.server(), number, new WaitOptions()).untilDecided());
            if (!state.equals("approved")) {
                invocation.screen().say(number + " is " + state + "; nothing was changed.");
                return ExitCode.ofState(state);
            }
        }
        return again.getAsInt();
    }

    private void tell() {
        call.holds().forEach(hold -> new GateReading(hold).tell(invocation));
        invocation.screen().say("Nothing was changed. Type the same command again once it is approved.");
        invocation.screen().next("countersign wait " + call.numbers().getFirst(), "waits for the decision");
    }
}
