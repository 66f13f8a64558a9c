package io.countersign.cli.request;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerRefusal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Reports how an execution ended; the first report stands. */
@Command(
        name = "outcome",
        description = "Report how an execution ended. Only who redeemed reports; the first report stands.")
public final class OutcomeCommand implements Callable<Integer> {

    /** How it ended. */
    enum Ending {
        succeeded,
        failed
    }

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "EXECUTION", description = "the execution id that `redeem` wrote")
    private String execution = "";

    @Parameters(index = "1", paramLabel = "succeeded|failed", description = "how it ended")
    private Ending ending = Ending.failed;

    @Option(names = "--text", paramLabel = "TEXT", description = "what there is to say about it")
    private @Nullable String text;

    @Option(names = "--link", paramLabel = "URL", description = "where more can be read, for example the job's log")
    private @Nullable String link;

    @Option(names = "--artifact", paramLabel = "REF", description = "something that came out of it; may be repeated")
    private List<String> artifacts = List.of();

    public OutcomeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object().put("result", ending.name());
        if (text != null) {
            body.put("text", text);
        }
        if (link != null) {
            body.put("link", link);
        }
        if (!artifacts.isEmpty()) {
            body.set("artifacts", Json.array(artifacts));
        }
        Call call = Call.post(Call.path("executions", execution, "outcome"), body, invocation.key());
        try {
            invocation.server().send(call);
            told(false, "Recorded: ");
        } catch (ServerRefusal refusal) {
            if (!refusal.problem().reportedAlready(ending.name())) {
                throw refusal;
            }
            told(true, "Recorded already: ");
        }
        return ExitCode.DONE;
    }

    private void told(boolean already, String words) {
        invocation.done(
                Json.object()
                        .put("executionId", execution)
                        .put("result", ending.name())
                        .put("already", already),
                words + ending + ".");
    }
}
