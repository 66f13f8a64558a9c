package io.countersign.cli.directory;

import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Named;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Permissions that no role carries. */
@Command(
        name = "permissions",
        description =
                "What no role carries and is given one by one: asking on behalf, redeeming for others, break-glass.")
final class PermissionsCommand {

    private final Invocation invocation;
    private final Shelf grants;

    PermissionsCommand(Invocation invocation) {
        this.invocation = invocation;
        this.grants = new Shelf(
                invocation, "permission-grants", List.of("id", "principalId", "permission", "actions", "resources"));
    }

    @Command(name = "list", description = "List what was given to whom.")
    int list() {
        return grants.list();
    }

    @Command(name = "add", description = "Give a permission, for the actions and resources named.")
    int add(
            @Parameters(paramLabel = "WHO", description = "@handle or id") String principal,
            @Parameters(paramLabel = "PERMISSION", description = "ask-on-behalf, redeem-for-others or breakglass-open")
                    String permission,
            @Option(names = "--action", split = ",", paramLabel = "ACTION", description = "may be repeated") @Nullable
                    List<String> actions,
            @Option(names = "--resource", split = ",", paramLabel = "RESOURCE", description = "may be repeated")
                    @Nullable
                    List<String> resources) {
        ObjectNode body = Json.object().put("principalId", Named.who(principal)).put("permission", permission);
        Shelf.putAll(body, "actions", PeopleCommand.given(actions));
        Shelf.putAll(body, "resources", PeopleCommand.given(resources));
        return grants.added(body);
    }

    @Command(name = "remove", description = "Take it back.")
    int remove(
            @Parameters(paramLabel = "ID", description = "the id that `list` shows") String id,
            @Option(names = "--confirm", paramLabel = "ID", description = "the id once more") @Nullable
                    String confirm) {
        invocation.questions().named(id, confirm, "whoever was given it can no longer use it");
        return grants.act(
                Call.delete(grants.path(id)).withKey(invocation.key()),
                Json.object().put("removed", id),
                "Taken back.");
    }
}
