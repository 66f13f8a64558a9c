package io.countersign.cli.request;

import io.countersign.cli.command.BreakGlassOption;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.ReasonOptions;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.ServerClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Asks to do something; where it needs approval, a request is opened. */
@Command(
        name = "ask",
        description = {
            "Ask to do something.",
            "Ends with 0 when it may be done, 3 when it waits for approval, 5 when it is denied."
        })
public final class AskCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final AskOptions options = new AskOptions();

    @Mixin
    private final ReasonOptions reason = new ReasonOptions();

    @Mixin
    private final WaitOptions waiting = new WaitOptions();

    @Mixin
    private final BreakGlassOption breakGlass = new BreakGlassOption();

    @Option(names = "--wait", description = "wait until it is decided")
    private boolean wait;

    @Option(
            names = "--supersedes",
            paramLabel = "AR-n",
            description = "cancel this request of yours in favour of the new one")
    private @Nullable String supersedes;

    @Option(names = "--resubmit", description = "ask again although it was denied or expired in the last 24 h")
    private boolean resubmit;

    public AskCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ServerClient server = invocation.server();
        ObjectNode body = options.body(invocation.surroundings(), reason.read(invocation.surroundings()));
        breakGlass.nameIn(body);
        if (supersedes != null) {
            body.put("supersedes", supersedes);
        }
        if (resubmit) {
            body.put("resubmit", true);
        }
        GateReading answer = new GateReading(
                server.send(Call.post("/asks", body, invocation.key())).body());
        if (wait && answer.holds()) {
            invocation.screen().say(answer.number() + " waits for approval.");
            return new Waiting(invocation, server, answer.number(), waiting).toTheEnd();
        }
        invocation.data(answer.body(), () -> answer.tell(invocation));
        if (answer.holds()) {
            invocation.screen().next("countersign wait " + answer.number(), "until it is decided");
        } else if (answer.permits() && !answer.number().isEmpty()) {
            invocation.screen().next("countersign redeem " + answer.number() + " ...", "uses the grant, once");
        }
        return answer.exitCode();
    }

    /** Asks what the gate would answer, and changes nothing. */
    @Command(
            name = "check",
            description = {
                "Ask what would be answered, without asking for it: nothing is opened or written.",
                "Ends with 0 when it may be done, 3 when it would need approval, 5 when it would be denied."
            })
    public static final class Check implements Callable<Integer> {

        private final Invocation invocation;

        @Mixin
        private final AskOptions options = new AskOptions();

        @Mixin
        private final ReasonOptions reason = new ReasonOptions();

        public Check(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            ServerClient server = invocation.server();
            ObjectNode body = options.body(invocation.surroundings(), reason.read(invocation.surroundings()));
            GateReading answer = new GateReading(
                    server.send(Call.post("/checks", body, invocation.key())).body());
            invocation.data(answer.body(), () -> answer.tell(invocation));
            return answer.permits() ? ExitCode.DONE : answer.exitCode();
        }
    }
}
