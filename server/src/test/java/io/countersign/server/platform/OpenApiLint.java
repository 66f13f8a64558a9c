package io.countersign.server.platform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What an OpenAPI document of ours must be like: the rules of Spectral's recommended set that concern it, and our own. */
final class OpenApiLint {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Set<String> WITHOUT_BODY = Set.of("get", "delete");
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([^}]*)}");
    private static final Pattern OPERATION_ID = Pattern.compile("[a-z][A-Za-z]*");
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}|default");

    private final JsonNode document;
    private final SchemaCheck schemas;
    private final Set<String> operationIds = new HashSet<>();
    private final Set<String> tags = new TreeSet<>();
    private final Set<String> schemes = new TreeSet<>();
    private final List<String> complaints = new ArrayList<>();

    private OpenApiLint(JsonNode document) {
        this.document = document;
        this.schemas = new SchemaCheck(document);
    }

    /** Everything in the document that breaks a rule, one line each. */
    static List<String> complaints(JsonNode document) {
        OpenApiLint lint = new OpenApiLint(document);
        lint.head();
        lint.operations();
        lint.components();
        lint.references();
        return lint.complaints;
    }

    private void complain(boolean broken, String complaint) {
        if (broken) {
            complaints.add(complaint);
        }
    }

    private static boolean isBlank(JsonNode node, String field) {
        return node.path(field).asString("").isBlank();
    }

    private void head() {
        JsonNode info = document.path("info");
        for (String field : List.of("title", "version", "description")) {
            complain(isBlank(info, field), "info: no " + field);
        }
        complain(isBlank(info.path("contact"), "name"), "info: no contact");
        complain(isBlank(info.path("license"), "name"), "info: no license");
        complain(document.path("servers").isEmpty(), "no servers");
        for (JsonNode server : document.path("servers")) {
            String url = server.path("url").asString("");
            complain(!url.matches("https?://.*[^/]"), "server `" + url + "` is no address without a slash at its end");
        }
        for (JsonNode tag : document.path("tags")) {
            String name = tag.path("name").asString("");
            complain(!tags.add(name), "tag `" + name + "` is declared twice");
            complain(isBlank(tag, "description"), "tag `" + name + "`: no description");
        }
    }

    private void operations() {
        Set<String> shapes = new HashSet<>();
        Set<String> used = new TreeSet<>();
        document.path("paths").propertyStream().forEach(path -> {
            String address = path.getKey();
            complain(
                    !shapes.add(PATH_PARAMETER.matcher(address).replaceAll("{}")),
                    address + ": is there under another name");
            complain(address.length() > 1 && address.endsWith("/"), address + ": ends with a slash");
            complain(address.contains("?"), address + ": has a query");
            path.getValue()
                    .propertyStream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .forEach(entry -> {
                        operation(entry.getKey(), address, entry.getValue());
                        entry.getValue().path("tags").forEach(tag -> used.add(tag.asString()));
                    });
        });
        tags.stream()
                .filter(tag -> !used.contains(tag))
                .forEach(tag -> complaints.add("tag `" + tag + "` belongs to no operation"));
    }

    private void operation(String method, String address, JsonNode operation) {
        String where = method + " " + address;
        String id = operation.path("operationId").asString("");
        complain(id.isEmpty(), where + ": no operationId");
        complain(!id.isEmpty() && !operationIds.add(id), where + ": operationId `" + id + "` is not its own");
        complain(
                !id.isEmpty() && !OPERATION_ID.matcher(id).matches(),
                where + ": operationId `" + id + "` is no word in camel case");
        complain(isBlank(operation, "summary"), where + ": no summary");
        complain(operation.path("summary").asString("").endsWith("."), where + ": summary ends with a full stop");
        complain(operation.path("tags").isEmpty(), where + ": no tag");
        for (JsonNode tag : operation.path("tags")) {
            complain(!tags.contains(tag.asString()), where + ": tag `" + tag.asString() + "` is not declared");
        }
        complain(
                WITHOUT_BODY.contains(method) && operation.has("requestBody"),
                where + ": a " + method + " has no body");
        permission(where, operation);
        parameters(where, address, operation.path("parameters"));
        content(where + ": body", operation.path("requestBody").path("content"));
        responses(where, operation.path("responses"));
    }

    private void permission(String where, JsonNode operation) {
        String permission = operation.path("x-permission").asString("");
        complain(permission.isEmpty(), where + ": no permission");
        complain(
                !permission.isEmpty()
                        && Stream.of(Permission.values())
                                .noneMatch(known -> known.id().equals(permission)),
                where + ": no such permission `" + permission + "`");
        boolean open = permission.equals(Permission.PUBLIC.id());
        complain(!open && operation.path("security").isEmpty(), where + ": names no security scheme");
        complain(open && !operation.path("security").isEmpty(), where + ": needs no security scheme, and names one");
        operation
                .path("security")
                .valueStream()
                .flatMap(one -> one.propertyNames().stream())
                .forEach(scheme -> {
                    schemes.add(scheme);
                    complain(
                            !document.path("components").path("securitySchemes").has(scheme),
                            where + ": no such security scheme `" + scheme + "`");
                });
        complain(!open && !operation.path("responses").has("401"), where + ": no 401");
        complain(!open && !operation.path("responses").has("403"), where + ": no 403");
    }

    private void parameters(String where, String address, JsonNode parameters) {
        Set<String> inPath = PATH_PARAMETER
                .matcher(address)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> seen = new HashSet<>();
        for (JsonNode parameter : parameters) {
            String name = parameter.path("name").asString("");
            String in = parameter.path("in").asString("");
            complain(!seen.add(in + " " + name), where + ": parameter `" + name + "` is there twice");
            complain(isBlank(parameter, "description"), where + ": parameter `" + name + "` has no description");
            complain(!parameter.has("schema"), where + ": parameter `" + name + "` has no schema");
            complain(
                    parameter.at("/schema/$ref").isString(),
                    where + ": parameter `" + name + "` is an object nobody can send");
            if (in.equals("path")) {
                complain(!inPath.remove(name), where + ": parameter `" + name + "` is not in the path");
                complain(
                        !parameter.path("required").asBoolean(false),
                        where + ": parameter `" + name + "` of the path is not required");
            }
            if (parameter.has("example")) {
                example(where + ": parameter `" + name + "`", parameter.path("schema"), parameter.path("example"));
            }
        }
        inPath.forEach(name -> complaints.add(where + ": parameter `" + name + "` is not declared"));
    }

    private void responses(String where, JsonNode responses) {
        complain(
                responses.propertyNames().stream().noneMatch(status -> status.startsWith("2")),
                where + ": no answer of success");
        responses.propertyStream().forEach(entry -> {
            JsonNode response = resolve(entry.getValue());
            String place = where + ": answer " + entry.getKey();
            complain(!STATUS.matcher(entry.getKey()).matches(), place + " is no status");
            complain(isBlank(response, "description"), place + " has no description");
            boolean failed = entry.getKey().startsWith("4") || entry.getKey().startsWith("5");
            complain(
                    failed && !response.path("content").has(ProblemWriter.MEDIA_TYPE),
                    place + " is no problem document");
            content(place, entry.getValue().path("content"));
        });
        complain(
                !resolve(responses.path("default")).path("content").has(ProblemWriter.MEDIA_TYPE),
                where + ": no problem response");
    }

    private void content(String where, JsonNode content) {
        content.propertyStream().forEach(media -> {
            JsonNode schema = media.getValue().path("schema");
            complain(schema.isMissingNode(), where + " has no schema");
            media.getValue()
                    .path("examples")
                    .propertyStream()
                    .forEach(one -> example(
                            where + ", example `" + one.getKey() + "`",
                            schema,
                            one.getValue().path("value")));
            if (media.getValue().has("example")) {
                example(where + ", its example", schema, media.getValue().path("example"));
            }
        });
    }

    private void example(String where, JsonNode schema, JsonNode value) {
        schemas.faults(schema, value).forEach(fault -> complaints.add(where + ": " + fault));
    }

    private void components() {
        JsonNode components = document.path("components");
        components
                .path("schemas")
                .propertyStream()
                .forEach(entry -> schema("schema " + entry.getKey(), entry.getValue()));
        components.path("securitySchemes").propertyNames().stream()
                .filter(scheme -> !schemes.contains(scheme))
                .forEach(scheme -> complaints.add("security scheme `" + scheme + "` is not used"));
        components
                .path("responses")
                .propertyStream()
                .forEach(response -> content(
                        "response " + response.getKey(), response.getValue().path("content")));
    }

    private void schema(String where, JsonNode schema) {
        schema.path("required")
                .valueStream()
                .map(JsonNode::asString)
                .filter(field -> !schema.path("properties").has(field))
                .forEach(field -> complaints.add(where + ": requires `" + field + "`, which it does not have"));
        complain(
                schema.path("type").asString("").equals("array") && !schema.has("items"),
                where + ": a list of nobody knows what");
        Set<JsonNode> values = new HashSet<>();
        schema.path("enum")
                .forEach(value ->
                        complain(!values.add(value), where + ": `" + value.asString("") + "` is in the enum twice"));
        schema.path("properties").propertyStream().forEach(field -> {
            complain(isBlank(field.getValue(), "description"), where + ": `" + field.getKey() + "` has no description");
            schema(where + ", `" + field.getKey() + "`", field.getValue());
        });
        if (schema.has("items")) {
            schema(where + ", items", schema.path("items"));
        }
    }

    private void references() {
        Set<String> all = new TreeSet<>(document.findValuesAsString("$ref"));
        all.stream()
                .filter(reference ->
                        !reference.startsWith("#/") || resolve(reference).isMissingNode())
                .forEach(reference -> complaints.add("nothing at " + reference));
        for (String kind : List.of("schemas", "responses", "parameters", "requestBodies", "headers", "examples")) {
            document.path("components").path(kind).propertyNames().stream()
                    .map(name -> "#/components/" + kind + "/" + name)
                    .filter(place -> !all.contains(place))
                    .forEach(place -> complaints.add("nobody points to " + place));
        }
    }

    private JsonNode resolve(JsonNode node) {
        return node.path("$ref").isString() ? resolve(node.path("$ref").asString()) : node;
    }

    private JsonNode resolve(String reference) {
        return document.at(reference.substring(1));
    }
}
