package io.countersign.cli.request;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.cli.terminal.When;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists requests: those that wait for me, all pending, or those decided. */
@Command(name = "requests", description = "List requests: those waiting for you, all pending ones, or those decided.")
public final class RequestsCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(
            names = "--view",
            defaultValue = "mine",
            paramLabel = "mine|waiting|pending|decided|all",
            description = "which list; mine if not said")
    private String view = "mine";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "release, promotion, rollback, project, cluster or security")
    private String type = "";

    @Option(names = "--project", paramLabel = "PROJECT", description = "only of this project")
    private String project = "";

    @Option(names = "--environment", paramLabel = "ENVIRONMENT", description = "only of this environment")
    private String environment = "";

    @Option(names = "--cluster", paramLabel = "CLUSTER", description = "only what concerns this cluster")
    private String cluster = "";

    @Option(names = "--risk", paramLabel = "RISK", description = "medium, high or critical")
    private String risk = "";

    @Option(names = "--state", paramLabel = "STATE", description = "for example approved")
    private String state = "";

    @Option(names = "--requester", paramLabel = "WHO", description = "only of this person or account")
    private String requester = "";

    @Option(
            names = {"-q", "--search"},
            paramLabel = "WORDS",
            description = "words of the number, action, resource or reason")
    private String words = "";

    @Option(names = "--limit", defaultValue = "50", paramLabel = "N", description = "at most so many; 50 if not said")
    private int limit = 50;

    public RequestsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String path = Call.query(
                "/requests",
                "view",
                view,
                "type",
                type,
                "project",
                project,
                "environment",
                environment,
                "cluster",
                cluster,
                "risk",
                risk,
                "state",
                state,
                "requester",
                requester,
                "q",
                words);
        List<JsonNode> items = invocation.server().items(path, limit);
        invocation.list(
                items,
                view.equals("mine") ? "Nothing waits for you." : "No requests.",
                List.of("NUMBER", "STATE", "RISK", "ACTION", "RESOURCE", "ASKED BY", "DEADLINE", "YOU"),
                item -> row(item, invocation.when()));
        if (!items.isEmpty()) {
            invocation.screen().next("countersign show " + Json.text(items.getFirst(), "number"), "shows all about it");
        } else if (view.equals("mine")) {
            invocation.screen().next("countersign requests --view pending", "all that wait for anybody");
        }
        return ExitCode.DONE;
    }

    private static List<Text> row(JsonNode item, When when) {
        String state = Json.text(item, "state");
        return List.of(
                Text.of(Style.STRONG, Json.text(item, "number")),
                Text.of(StateLabels.style(state), StateLabels.of(item)),
                Text.of(Json.text(item, "action", "risk")),
                Text.of(Json.text(item, "action", "id")),
                Text.of(RequestWords.resource(item)),
                Text.of(RequestWords.people(item)),
                Text.of(Json.instant(item, "deadline").map(when::relative).orElse("")),
                you(item, state));
    }

    private static Text you(JsonNode item, String state) {
        if (Json.yes(item, "canApprove")) {
            return Text.of(Style.GOOD, "can approve");
        }
        return state.equals("pending") ? Text.of(RequestWords.whyNot(item)) : Text.of("");
    }
}
