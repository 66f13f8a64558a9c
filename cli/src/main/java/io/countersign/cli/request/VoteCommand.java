package io.countersign.cli.request;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.ReasonOptions;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A person's yes or no to a request; it is bound to the digest of what was shown. */
@Command
public abstract sealed class VoteCommand implements Callable<Integer> {

    private static final int LINES_BEFORE_A_VOTE = 80;

    private final Invocation invocation;
    private final String vote;

    @Parameters(paramLabel = "AR-n", description = "the request's number")
    private String number = "";

    @Mixin
    private final ReasonOptions reason = new ReasonOptions();

    @Option(
            names = "--digest",
            paramLabel = "DIGEST",
            description = "only if the payload is this one, for example as shown an hour ago")
    private @Nullable String digest;

    @Option(
            names = "--confirm",
            paramLabel = "AR-n",
            description = "the number once more: needed to approve what is of critical risk, instead of --yes")
    private @Nullable String confirm;

    VoteCommand(Invocation invocation, String vote) {
        this.invocation = invocation;
        this.vote = vote;
    }

    @Override
    public Integer call() {
        ServerClient server = invocation.server();
        ShownRequest shown = ShownRequest.read(server, number);
        Screen screen = invocation.screen();
        if (digest != null && !digest.equals(shown.digest())) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    shown.number() + " is about another payload: " + shown.digest(),
                    "look at it again: `countersign show " + shown.number() + "`");
        }
        new RequestPainter(shown, invocation, screen::sayBlock)
                .facts()
                .requirements()
                .payload(screen.terminal() ? LINES_BEFORE_A_VOTE : 0);
        String note = note(screen);
        sure(shown);
        ObjectNode body = Json.object().put("vote", vote).put("payloadDigest", shown.digest());
        if (note != null) {
            body.put("note", note);
        }
        JsonNode answer = server.send(Call.post(Call.path("requests", shown.number(), "votes"), body, invocation.key()))
                .body();
        tell(shown, answer);
        return ExitCode.DONE;
    }

    private @Nullable String note(Screen screen) {
        String note = reason.read(invocation.surroundings());
        if (note == null && vote.equals("deny") && invocation.questions().possible()) {
            screen.say("What has to change before this can be approved? The requester will read it.");
            String typed = invocation.questions().answer("Reason: ", "--reason");
            return typed.isEmpty() ? null : typed;
        }
        return note;
    }

    private void sure(ShownRequest shown) {
        boolean approves = vote.equals("approve");
        if (approves && shown.risk().equals("critical")) {
            invocation
                    .questions()
                    .named(
                            shown.number(),
                            confirm,
                            shown.number() + " is of critical risk: " + RequestWords.resource(shown.request()));
            return;
        }
        String word = approves ? "Approve " : "Reject ";
        invocation.questions().sure(word + shown.number() + ", exactly payload " + shown.digest() + "?");
    }

    private void tell(ShownRequest shown, JsonNode after) {
        invocation.data(after, () -> {
            String state = StateLabels.state(after);
            Screen screen = invocation.screen();
            screen.print(Text.of(shown.number() + " ").and(StateLabels.style(state), StateLabels.of(after)));
            if (state.equals("pending")) {
                screen.say(StateLabels.progress(after) + ".");
                screen.next("countersign withdraw " + shown.number(), "takes your vote back while it is pending");
            }
        });
        invocation.screen().next("countersign requests", "what else waits for you");
    }

    /** Approves. */
    @Command(
            name = "approve",
            description = {
                "Approve a request. What it is about is shown first; the approval holds for exactly that payload.",
                "The same as in the console: only eligible people count, nobody approves his own."
            })
    public static final class Approve extends VoteCommand {
        public Approve(Invocation invocation) {
            super(invocation, "approve");
        }
    }

    /** Rejects; one rejection ends the request. */
    @Command(
            name = "reject",
            aliases = "deny",
            description = "Reject a request. One rejection by somebody eligible ends it; say what has to change.")
    public static final class Reject extends VoteCommand {
        public Reject(Invocation invocation) {
            super(invocation, "deny");
        }
    }
}
