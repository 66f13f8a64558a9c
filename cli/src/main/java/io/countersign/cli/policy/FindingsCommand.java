package io.countersign.cli.policy;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Shows what is weak about rules and people. */
@Command(
        name = "findings",
        description = {
            "List what is weak: production without a policy, people nobody can stand in for, teams without members.",
            "Ends with 0 when nothing is found and with 8 when something is."
        })
public final class FindingsCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--code", paramLabel = "CODE", description = "only one kind, such as uncovered-production")
    private @Nullable String code;

    public FindingsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        List<JsonNode> found =
                invocation.server().items(Call.query("/findings", "code", code == null ? "" : code), Templates.MOST);
        invocation.list(
                found,
                "Nothing is found.",
                List.of("SEVERITY", "CODE", "ABOUT", "WHAT IS WRONG", "WHAT TO DO"),
                finding -> List.of(
                        severity(Json.text(finding, "severity")),
                        Text.of(Json.text(finding, "code")),
                        Text.of(Json.text(finding, "thing", "name")),
                        Text.of(Json.text(finding, "sentence")),
                        Text.of(Json.text(finding, "remedy"))));
        return found.isEmpty() ? ExitCode.DONE : ExitCode.FOUND;
    }

    private static Text severity(String word) {
        return switch (word) {
            case "high" -> Text.of(Style.BAD, word);
            case "medium" -> Text.of(Style.CAUTION, word);
            default -> Text.of(Style.DIM, word);
        };
    }
}
