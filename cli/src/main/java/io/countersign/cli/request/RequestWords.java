package io.countersign.cli.request;

import io.countersign.cli.command.Details;
import io.countersign.client.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Parts of a request in words. */
final class RequestWords {

    private RequestWords() {}

    /** For example {@code payments/production}. */
    static String resource(JsonNode request) {
        JsonNode resource = request.path("resource");
        for (String field : new String[] {"name", "id"}) {
            String text = Json.text(resource, field);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return Json.text(resource, "type");
    }

    /** Who acts, and who spoke for him where that was somebody else. */
    static String people(JsonNode request) {
        String subject = person(request.path("subject"));
        String caller = person(request.path("caller"));
        return caller.isEmpty() || caller.equals(subject) ? subject : subject + " (through " + caller + ")";
    }

    static String person(JsonNode person) {
        return person.isString() ? person.stringValue() : person.isObject() ? Details.name(person) : "";
    }

    /** Why the reader cannot approve, or empty. */
    static String whyNot(JsonNode request) {
        return Json.text(request, "whyNot", "sentence");
    }

    /** Action, resource and subject of a request, as they are said again when its grant is used. */
    static ObjectNode target(JsonNode request, @Nullable String subject) {
        ObjectNode body = Json.object().put("action", Json.text(request, "action", "id"));
        ObjectNode resource = body.putObject("resource");
        for (String field : List.of("type", "id", "release", "from", "to", "attributes")) {
            JsonNode value = request.path("resource").path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                resource.set(field, value);
            }
        }
        String actor = Json.text(request, "subject", "id");
        boolean onBehalf = !actor.equals(Json.text(request, "caller", "id"));
        if (subject != null || onBehalf) {
            body.put("subject", subject == null ? actor : subject);
        }
        return body;
    }

    /** An entry of the timeline, for example {@code @ada vote cast: approve, looks right}. */
    static String entry(JsonNode item) {
        JsonNode entry = item.path("entry");
        List<String> more = new ArrayList<>();
        for (String field :
                List.of("vote", "reason", "note", "why", "successor", "missing", "result", "text", "link")) {
            String words = Json.at(entry, field).isArray()
                    ? String.join(
                            ", ",
                            Json.list(entry, field).stream()
                                    .map(one -> one.asString(""))
                                    .toList())
                    : Json.text(entry, field);
            if (!words.isEmpty()) {
                more.add(words);
            }
        }
        return person(item.path("actor")) + " " + Json.text(item, "type").replace('-', ' ')
                + (more.isEmpty() ? "" : ": " + String.join(", ", more));
    }
}
