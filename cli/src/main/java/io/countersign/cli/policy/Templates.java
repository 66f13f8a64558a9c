package io.countersign.cli.policy;

import io.countersign.cli.wire.Json;
import io.countersign.cli.wire.ServerClient;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Finds templates by the names people use for them. */
final class Templates {

    static final int MOST = 10_000;

    private Templates() {}

    static List<JsonNode> all(ServerClient server) {
        return server.items("/templates", MOST);
    }

    /** The live template with this name or id. */
    static JsonNode find(ServerClient server, String nameOrId) {
        return all(server).stream()
                .filter(template -> Json.text(template, "id").equals(nameOrId)
                        || Json.text(template, "name").equals(nameOrId))
                .findFirst()
                .orElseThrow(() -> PoliciesCommand.unknown(nameOrId));
    }

    static String id(ServerClient server, String nameOrId) {
        return Json.text(find(server, nameOrId), "id");
    }
}
