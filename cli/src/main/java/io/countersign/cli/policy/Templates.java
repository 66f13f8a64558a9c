package io.countersign.cli.policy;

import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds templates by the names people use for them. */
final class Templates {

    static final int MOST = 10_000;
    /** What a template is written in; all else in an answer the server has added. */
    private static final Set<String> WRITTEN = Set.of(
            "name",
            "description",
            "scope",
            "approvers",
            "quorum",
            "conditions",
            "requesterCanApprove",
            "voteReasonRequired",
            "expiresAfter",
            "grantValidFor",
            "escalation");

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

    /** What was written of a saved template, without what the server tells of it besides. */
    static ObjectNode form(JsonNode template) {
        ObjectNode form = Json.object();
        template.properties().stream()
                .filter(field -> WRITTEN.contains(field.getKey()))
                .forEach(field -> form.set(field.getKey(), field.getValue()));
        return form;
    }

    static String id(ServerClient server, String nameOrId) {
        return Json.text(find(server, nameOrId), "id");
    }
}
