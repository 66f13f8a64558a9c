package io.countersign.cli.directory;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Answer;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The organization and its settings. */
@Command(name = "organization", description = "The organization and its settings.")
final class OrganizationCommand {

    private final Invocation invocation;
    private final Shelf organization;

    OrganizationCommand(Invocation invocation) {
        this.invocation = invocation;
        this.organization = new Shelf(invocation, "organization", List.of());
    }

    @Command(name = "show", description = "Show the organization and its settings.")
    int show() {
        return organization.told(invocation.server().get("/organization"));
    }

    @Command(name = "change", description = "Change settings.")
    int change(
            @Parameters(paramLabel = "NAME=VALUE", arity = "1..*", description = "for example zone=Europe/Berlin")
                    Map<String, String> settings) {
        ObjectNode changes = Json.object();
        settings.forEach((name, value) -> changes.set(name, value(value)));
        ServerClient server = invocation.server();
        Answer present = server.send(Call.get("/organization"));
        return organization.told(server.send(Call.edit("PATCH", "/organization", changes, present.version()))
                .body());
    }

    /** Numbers and truths as such, everything else as text. */
    private static JsonNode value(String text) {
        if (text.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "a setting without a value", "write it as NAME=VALUE");
        }
        try {
            JsonNode json = Json.parse(text);
            return json.isNumber() || json.isBoolean()
                    ? json
                    : Json.object().put("text", text).path("text");
        } catch (JacksonException words) {
            return Json.object().put("text", text).path("text");
        }
    }
}
