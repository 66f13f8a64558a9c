package io.countersign.server.gate;

import io.countersign.core.action.PrincipalKind;
import io.countersign.server.gate.AskForm.PayloadForm;
import io.countersign.server.gate.AskForm.ResourceForm;
import io.countersign.server.platform.Bounds;
import io.countersign.server.platform.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads evaluations as the OpenID AuthZEN Authorization API 1.0 has them, sections 5 and 6. Members it does not know are
 * ignored at the top and in {@code context}, as the standard demands; the properties of resource and action become attributes
 * of the resource, so that an approval is bound to all that was said about the thing.
 */
final class AuthzenReader {

    /** One question: the ask it comes to, what kind of subject was named, and who will execute. */
    record Question(
            AskForm form,
            String subjectId,
            PrincipalKind subjectKind,
            @Nullable String executionId) {}

    private static final Map<String, PrincipalKind> KINDS = Map.of(
            "user", PrincipalKind.PERSON,
            "person", PrincipalKind.PERSON,
            "service", PrincipalKind.SERVICE,
            "agent", PrincipalKind.AGENT);

    private final JsonNode defaults;
    private final JsonNode own;
    private final String where;

    private AuthzenReader(JsonNode defaults, JsonNode own, String where) {
        this.defaults = defaults;
        this.own = own;
        this.where = where;
    }

    /**
     * Refuses what is no body, and a text without an end, in one evaluation or in many; a payload has the organization's
     * limit.
     */
    static void demandBody(JsonNode body) {
        if (body.isMissingNode() || body.isNull()) {
            throw ProblemException.noBody();
        }
        Bounds.demandShort(
                body, path -> path.endsWith("context.payload.text") || path.endsWith("context.payload.base64"));
    }

    /** Reads a body with a single evaluation. */
    static Question single(JsonNode body) {
        return new AuthzenReader(object(body, "body"), body, "").question();
    }

    /** Reads one of many; what it does not say itself, the whole says for all. */
    static Question oneOf(JsonNode whole, JsonNode item, int index) {
        String where = "evaluations[" + index + "].";
        return new AuthzenReader(whole, object(item, where), where).question();
    }

    private Question question() {
        JsonNode subject = demanded("subject");
        JsonNode action = demanded("action");
        JsonNode resource = demanded("resource");
        JsonNode context = member("context");
        if (context != null && !context.isObject()) {
            throw wrong("context", "is an object");
        }
        String type = text(subject, "subject.", "type");
        PrincipalKind kind = KINDS.get(type);
        if (kind == null) {
            throw ProblemException.badField(
                    "unknown-subject-type",
                    where + "subject.type",
                    "`" + type + "` is none of user, person, service, agent");
        }
        String id = text(subject, "subject.", "id");
        AskForm form = new AskForm(
                text(action, "action.", "name"),
                resource(resource, action),
                id,
                optional(context, "reason"),
                payload(context),
                optional(context, "payloadDigest"),
                texts(context, "authors"),
                optional(context, "supersedes"),
                flag(context, "resubmit"),
                optional(context, "breakGlassSession"));
        return new Question(form, id, kind, optional(context, "executionId"));
    }

    private ResourceForm resource(JsonNode resource, JsonNode action) {
        Map<String, String> attributes = new TreeMap<>();
        JsonNode properties = properties(resource, "resource");
        attributes(attributes, "", properties);
        attributes(attributes, "action.", properties(action, "action"));
        return new ResourceForm(
                text(resource, "resource.", "type"),
                text(resource, "resource.", "id"),
                attributes.remove("release"),
                attributes.remove("from"),
                attributes.remove("to"),
                attributes);
    }

    private @Nullable JsonNode properties(JsonNode of, String name) {
        JsonNode properties = of.get("properties");
        if (properties != null && !properties.isObject()) {
            throw wrong(name + ".properties", "is an object");
        }
        return properties;
    }

    private static void attributes(Map<String, String> attributes, String prefix, @Nullable JsonNode properties) {
        if (properties != null) {
            properties
                    .properties()
                    .forEach(property -> attributes.put(
                            prefix + property.getKey(),
                            property.getValue().isString()
                                    ? property.getValue().asString()
                                    : property.getValue().toString()));
        }
    }

    private @Nullable PayloadForm payload(@Nullable JsonNode context) {
        JsonNode payload = context == null ? null : context.get("payload");
        if (payload == null) {
            return null;
        }
        if (!payload.isObject()) {
            throw wrong("context.payload", "is an object with text or base64");
        }
        return new PayloadForm(optional(payload, "mediaType"), optional(payload, "text"), optional(payload, "base64"));
    }

    private @Nullable JsonNode member(String name) {
        JsonNode mine = own.get(name);
        return mine == null ? defaults.get(name) : mine;
    }

    private JsonNode demanded(String name) {
        JsonNode member = member(name);
        if (member == null || !member.isObject()) {
            throw wrong(name, "is an object");
        }
        return member;
    }

    private String text(JsonNode of, String prefix, String name) {
        JsonNode value = of.get(name);
        if (value == null || !value.isString() || value.asString().isBlank()) {
            throw wrong(prefix + name, "is a text that is not blank");
        }
        return value.asString();
    }

    private @Nullable String optional(@Nullable JsonNode of, String name) {
        JsonNode value = of == null ? null : of.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw wrong("context." + name, "is a text");
        }
        return value.asString();
    }

    private @Nullable List<String> texts(@Nullable JsonNode of, String name) {
        JsonNode value = of == null ? null : of.get(name);
        if (value == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value.isArray() ? value : List.<JsonNode>of()) {
            texts.add(item.isString() ? item.asString() : "");
        }
        if (!value.isArray() || texts.contains("")) {
            throw wrong("context." + name, "is a list of texts");
        }
        return texts;
    }

    private @Nullable Boolean flag(@Nullable JsonNode of, String name) {
        JsonNode value = of == null ? null : of.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw wrong("context." + name, "is true or false");
        }
        return value.booleanValue();
    }

    private static JsonNode object(JsonNode node, String name) {
        if (!node.isObject()) {
            throw ProblemException.badField("wrong-type", name, name + " is an object");
        }
        return node;
    }

    private ProblemException wrong(String field, String is) {
        return ProblemException.badField("wrong-type", where + field, "`" + where + field + "` " + is);
    }
}
