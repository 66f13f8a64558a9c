package io.countersign.cli.request;

import io.countersign.cli.command.Details;
import io.countersign.cli.wire.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Parts of a request in words. */
final class RequestWords {

    private RequestWords() {}

    static String number(JsonNode request) {
        String number = Json.text(request, "number");
        return number.startsWith("AR-") ? number : "AR-" + number;
    }

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
        JsonNode why = request.path("whyNot");
        if (why.isString()) {
            return why.stringValue();
        }
        String sentence = Json.text(why, "sentence");
        return sentence.isEmpty() ? Json.text(why, "detail") : sentence;
    }

    /** Action, resource and subject of a request, as they are said again when its grant is used. */
    static ObjectNode target(JsonNode request, @Nullable String subject) {
        ObjectNode body = Json.object().put("action", Json.text(request, "action"));
        ObjectNode resource = body.putObject("resource");
        for (String field : List.of("type", "id", "release", "from", "to", "attributes")) {
            JsonNode value = request.path("resource").path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                resource.set(field, value);
            }
        }
        return subject == null ? body : body.put("subject", subject);
    }

    /** An entry of the timeline. */
    static String entry(JsonNode entry) {
        String sentence = Json.text(entry, "sentence");
        if (!sentence.isEmpty()) {
            return sentence;
        }
        String actor = person(entry.path("actor"));
        String what = Json.text(entry, "type").replace('-', ' ').toLowerCase(Locale.ROOT);
        String note = Json.text(entry, "note");
        return (actor.isEmpty() ? "" : actor + " ") + what + (note.isEmpty() ? "" : ": " + note);
    }
}
