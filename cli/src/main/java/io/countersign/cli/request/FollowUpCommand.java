package io.countersign.cli.request;

import io.countersign.cli.command.BreakGlassOption;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.ReasonOptions;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What else is done to a request by its number: withdrawing a vote, cancelling, resubmitting, revoking, waiting. */
@Command
public abstract sealed class FollowUpCommand implements Callable<Integer> {

    final Invocation invocation;

    @Parameters(paramLabel = "AR-n", description = "the request's number")
    private String number = "";

    FollowUpCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public final Integer call() {
        return act(invocation.server(), number.startsWith("AR-") ? number : "AR-" + number);
    }

    abstract int act(ServerClient server, String request);

    /** Does it and shows what state the request is in then. */
    final int post(ServerClient server, String request, String verb, ObjectNode body) {
        JsonNode answer = server.send(Call.post(Call.path("requests", request, verb), body, invocation.key()))
                .body();
        return shown(request, answer);
    }

    final int shown(String request, JsonNode answer) {
        invocation.data(answer, () -> {
            String state = StateLabels.state(answer);
            invocation.screen().print(Text.of(request + " ").and(StateLabels.style(state), StateLabels.of(answer)));
        });
        return ExitCode.DONE;
    }

    /** Takes one's vote back. */
    @Command(name = "withdraw", description = "Take your vote back while the request is pending.")
    public static final class Withdraw extends FollowUpCommand {
        public Withdraw(Invocation invocation) {
            super(invocation);
        }

        @Override
        int act(ServerClient server, String request) {
            return post(server, request, "withdrawal", Json.object());
        }
    }

    /** Ends one's own request. */
    @Command(name = "cancel", description = "Cancel your own request.")
    public static final class Cancel extends FollowUpCommand {

        public Cancel(Invocation invocation) {
            super(invocation);
        }

        @Override
        int act(ServerClient server, String request) {
            invocation.questions().sure("Cancel " + request + "?");
            return post(server, request, "cancellation", Json.object());
        }
    }

    /** Asks again after a denial or an expiry. */
    @Command(
            name = "resubmit",
            description = "Ask again for what was denied or has expired, once per denial; a new request is opened.")
    public static final class Resubmit extends FollowUpCommand {

        @Mixin
        private final ReasonOptions reason = new ReasonOptions();

        @Mixin
        private final BreakGlassOption breakGlass = new BreakGlassOption();

        public Resubmit(Invocation invocation) {
            super(invocation);
        }

        @Override
        int act(ServerClient server, String request) {
            ObjectNode body = Bodies.reason(reason, invocation);
            breakGlass.nameIn(body);
            GateReading answer = new GateReading(
                    server.send(Call.post(Call.path("requests", request, "resubmission"), body, invocation.key()))
                            .body());
            invocation.data(answer.body(), () -> answer.tell(invocation));
            return answer.exitCode();
        }
    }

    /** Takes an unspent grant back. */
    @Command(name = "revoke", description = "Take back the grant of an approved request before it is used.")
    public static final class Revoke extends FollowUpCommand {

        public Revoke(Invocation invocation) {
            super(invocation);
        }

        @Override
        int act(ServerClient server, String request) {
            String grant = Json.text(server.get(Call.path("requests", request)), "grant", "id");
            if (grant.isEmpty()) {
                throw Bodies.noGrant(request);
            }
            invocation.questions().sure("Revoke the grant of " + request + "?");
            return shown(
                    request,
                    server.send(Call.post(Call.path("grants", grant, "revocation"), Json.object(), invocation.key()))
                            .body());
        }
    }

    /** Waits until it is decided. */
    @Command(
            name = "wait",
            description = {
                "Wait until a request is decided.",
                "Ends with 0 approved, 3 cancelled or waited in vain, 5 denied or revoked, 6 expired."
            })
    public static final class Wait extends FollowUpCommand {

        @Mixin
        private final WaitOptions options = new WaitOptions();

        public Wait(Invocation invocation) {
            super(invocation);
        }

        @Override
        int act(ServerClient server, String request) {
            return new Waiting(invocation, server, request, options).toTheEnd();
        }
    }
}
