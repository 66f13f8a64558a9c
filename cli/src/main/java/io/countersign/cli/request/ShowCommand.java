package io.countersign.cli.request;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Screen;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Download;
import io.countersign.client.wire.ServerClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows one request: its facts, what it still needs, what exactly would be done, and what has happened. */
@Command(
        name = "show",
        description = {
            "Show a request: its facts, what it still needs and from whom, what exactly would be done, its timeline.",
            "Characters that would be hidden or would steer the terminal are shown as marks."
        })
public final class ShowCommand implements Callable<Integer> {

    private static final int MOST = 1000;

    private final Invocation invocation;

    @Parameters(paramLabel = "AR-n", description = "the request's number")
    private String number = "";

    @Option(names = "--payload", description = "write only the payload, byte by byte as it is bound")
    private boolean payloadOnly;

    @Option(
            names = "--reveal",
            description = "show likely secrets, too, which are covered otherwise; that you looked is written down")
    private boolean reveal;

    @Option(
            names = "--exit-status",
            description = "end with the code of its state: 0 approved, 3 pending, 5 denied, 6 expired")
    private boolean exitStatus;

    public ShowCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ServerClient server = invocation.server();
        if (payloadOnly) {
            byte[] bytes = payload(server);
            invocation.surroundings().out().write(bytes, 0, bytes.length);
            invocation.surroundings().out().flush();
            return ExitCode.DONE;
        }
        if (invocation.asJson()) {
            JsonNode request = server.get(Call.path("requests", number));
            invocation.data(request, () -> {});
            return code(request);
        }
        ShownRequest shown = reveal ? ShownRequest.reveal(server, number) : ShownRequest.read(server, number);
        Screen screen = invocation.screen();
        List<JsonNode> timeline = server.items(Call.path("requests", number, "timeline"), MOST);
        new RequestPainter(shown, invocation, screen::block)
                .facts()
                .requirements()
                .payload(Integer.MAX_VALUE)
                .timeline(timeline);
        if (shown.canApprove()) {
            screen.next("countersign approve " + shown.number(), "or countersign reject " + shown.number());
        }
        return code(shown.facts());
    }

    /** The payload as it is bound; one with anything covered is another one and is not written. */
    private byte[] payload(ServerClient server) {
        Download download = server.download(
                reveal ? ShownRequest.truePayload(number) : ShownRequest.coveredPayload(number),
                ShownRequest.payloadHeaders());
        if (ShownRequest.covered(download) > 0) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "likely secrets in the payload of " + number + " are covered, so these are not its bytes",
                    "`countersign show " + number
                            + " --payload --reveal` writes them; that you looked is written down");
        }
        return download.bytes();
    }

    private int code(JsonNode request) {
        return exitStatus ? ExitCode.ofState(StateLabels.state(request)) : ExitCode.DONE;
    }
}
