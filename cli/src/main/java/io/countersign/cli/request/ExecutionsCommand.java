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

/** Lists what was executed without a request. */
@Command(
        name = "executions",
        description = "List what was executed without a request, because no rule held it; the latest first.")
public final class ExecutionsCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(
            names = "--state",
            paramLabel = "executing|outcome-unknown|succeeded|failed",
            description = "only those; an outcome is unknown when nobody told it in time")
    private String state = "";

    @Option(names = "--limit", defaultValue = "50", paramLabel = "N", description = "at most so many; 50 if not said")
    private int limit = 50;

    public ExecutionsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        List<JsonNode> items = invocation.server().items(Call.query("/executions", "state", state), limit);
        invocation.list(
                items,
                "Nothing was executed without a request.",
                List.of("EXECUTION", "STATE", "ACTION", "RESOURCE", "SUBJECT", "REDEEMED BY", "BEGUN"),
                item -> row(item, invocation.when()));
        items.stream()
                .filter(item -> Json.text(item, "state").equals("outcome-unknown"))
                .findFirst()
                .ifPresent(lost -> invocation
                        .screen()
                        .next(
                                "countersign outcome " + Json.text(lost, "executionId") + " failed --text WHY",
                                "settles it, by who answers for it or may revoke grants"));
        return ExitCode.DONE;
    }

    private static List<Text> row(JsonNode item, When when) {
        String state = Json.text(item, "state");
        return List.of(
                Text.of(Style.STRONG, Json.text(item, "executionId")),
                Text.of(style(state), state.replace('-', ' ')),
                Text.of(Json.text(item, "action")),
                Text.of(Json.text(item, "resource")),
                Text.of(Json.text(item, "subject", "name")),
                Text.of(Json.text(item, "redeemer", "name")),
                Text.of(Json.instant(item, "at").map(when::relative).orElse("")));
    }

    private static Style style(String state) {
        return switch (state) {
            case "succeeded" -> Style.GOOD;
            case "failed" -> Style.BAD;
            default -> Style.CAUTION;
        };
    }
}
