package io.countersign.cli.directory;

import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Actions that can be asked for. */
@Command(
        name = "actions",
        description = "Actions that can be asked for: the standard ones, and your own such as funds.transfer.")
final class ActionsCommand {

    private final Shelf actions;

    ActionsCommand(Invocation invocation) {
        this.actions =
                new Shelf(invocation, "actions", List.of("id", "title", "risk", "level", "deploying", "emergency"));
    }

    @Command(name = "list", description = "List actions.")
    int list() {
        return actions.list();
    }

    @Command(name = "add", description = "Add an action of your own.")
    int add(
            @Parameters(paramLabel = "ID", description = "for example funds.transfer") String id,
            @Option(names = "--title", required = true, paramLabel = "WORDS", description = "as people call it")
                    String title,
            @Option(names = "--risk", required = true, paramLabel = "RISK", description = "medium, high or critical")
                    String risk,
            @Option(
                            names = "--level",
                            required = true,
                            paramLabel = "LEVEL",
                            description = "what it is done to: organization, project, environment or cluster")
                    String level,
            @Option(names = "--description", paramLabel = "TEXT", description = "what it does") @Nullable
                    String description,
            @Option(names = "--deploying", description = "a freeze forbids it") boolean deploying,
            @Option(
                            names = "--emergency",
                            description = {
                                "it is an emergency workflow's: never asked for without a reason, never permitted without a",
                                "policy that is bound to it, and told at once to those who hear of emergencies"
                            })
                    boolean emergency) {
        ObjectNode body = Json.object()
                .put("id", id)
                .put("title", title)
                .put("risk", risk)
                .put("level", level)
                .put("deploying", deploying);
        if (emergency) {
            body.put("emergency", true);
        }
        Shelf.put(body, "description", description);
        int added = actions.added(body);
        if (emergency) {
            actions.invocation()
                    .screen()
                    .next(
                            "countersign policies bind POLICY --to PROJECT/ENVIRONMENT --action " + id,
                            "until then every ask for it is refused");
        }
        return added;
    }
}
