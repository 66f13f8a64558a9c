package io.countersign.cli.git;

import io.countersign.client.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One ref of one push whose outcome is owed to the gate.
 *
 * @param id the execution id, drawn at random
 * @param number the request that permitted it, or empty where nothing was gated
 * @param link where the result can be looked at, or empty
 */
record PushExecution(String id, RefUpdate update, String number, String link) {

    static PushExecution read(byte[] bytes) {
        JsonNode json = Json.parse(bytes);
        return new PushExecution(
                Json.text(json, "executionId"),
                new RefUpdate(Json.text(json, "oldId"), Json.text(json, "newId"), Json.text(json, "ref")),
                Json.text(json, "requestNumber"),
                Json.text(json, "link"));
    }

    PushExecution permittedBy(String request) {
        return new PushExecution(id, update, request, link);
    }

    byte[] bytes() {
        ObjectNode json = Json.object()
                .put("executionId", id)
                .put("ref", update.ref())
                .put("oldId", update.oldId())
                .put("newId", update.newId())
                .put("requestNumber", number)
                .put("link", link);
        return Json.canonical(json);
    }
}
