package io.countersign.server.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * The problems in the OpenAPI document: what each status means, which codes there are, and which of them each operation can
 * end with. What follows from how a route is declared is derived here; what its rooms refuse stands in {@code errors.json},
 * which a test derives from the sources.
 */
final class OpenApiProblems {

    /** The extension that lists codes: by status on an operation, all of them on the schema of a problem. */
    static final String CODES = "x-problem-codes";

    static final String SCHEMA = "Problem";

    private static final int REQUEST_ID = 26;

    /** Statuses whose codes differ from one operation to the next, and are told in words as well. */
    private static final Set<Integer> TOLD_APART = Set.of(403, 404, 409, 422, 429);

    /**
     * A status that problems have.
     *
     * @param name of its response among the document's components
     */
    private record Kind(int status, String name, String description, String example) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(400, "BadRequest", "The request is malformed; `violations` name the fields.", "unknown-field"),
            new Kind(401, "Unauthorized", "No credential, or one that is not valid.", "credential-unknown"),
            new Kind(403, "Forbidden", "The caller may not do this.", "permission-missing"),
            new Kind(404, "NotFound", "There is no such thing in the caller's organization.", "request-not-found"),
            new Kind(409, "Conflict", "It stands against what has happened meanwhile.", "already-redeemed"),
            new Kind(412, "PreconditionFailed", "It was changed since it was read.", "version-changed"),
            new Kind(413, "ContentTooLarge", "More was sent than is taken.", "body-too-large"),
            new Kind(415, "UnsupportedMediaType", "The body is no JSON.", "media-type-not-supported"),
            new Kind(422, "Unprocessable", "Well-formed, and refused by the rules.", "policy-violations"),
            new Kind(428, "PreconditionRequired", "An edit names the version it changes.", "if-match-required"),
            new Kind(429, "TooManyRequests", "Too much at once; `Retry-After` says when.", "too-many-requests"),
            new Kind(503, "Unavailable", "Nothing was decided; try the same call again.", "database-away"));

    private final JsonNode errors = OpenApiFiles.read("errors.json");
    private final JsonNode problems = OpenApiFiles.read("problems.json");

    /** What each operation can end with. */
    void describe(Operation operation, HandlerMethod method, Permission permission) {
        Map<Integer, TreeSet<String>> codes = new TreeMap<>();
        declared(method, permission)
                .forEach((status, known) ->
                        codes.computeIfAbsent(status, _ -> new TreeSet<>()).addAll(known));
        errors.path(operation.getOperationId()).properties().forEach(entry -> {
            TreeSet<String> known = codes.computeIfAbsent(Integer.valueOf(entry.getKey()), _ -> new TreeSet<>());
            entry.getValue().forEach(code -> known.add(code.asText()));
        });
        Map<String, List<String>> told = new LinkedHashMap<>();
        for (Kind kind : KINDS) {
            TreeSet<String> known = codes.get(kind.status());
            if (known != null) {
                told.put(Integer.toString(kind.status()), List.copyOf(known));
                ApiResponse response = new ApiResponse().$ref("#/components/responses/" + kind.name());
                if (TOLD_APART.contains(kind.status())) {
                    response.description(String.join(", ", known));
                }
                operation.getResponses().addApiResponse(Integer.toString(kind.status()), response);
            }
        }
        operation.addExtension(CODES, told);
        operation.getResponses().addApiResponse("default", new ApiResponse().$ref("#/components/responses/" + SCHEMA));
    }

    private static Map<Integer, List<String>> declared(HandlerMethod method, Permission permission) {
        Map<Integer, List<String>> codes = new TreeMap<>();
        List<String> malformed =
                new ArrayList<>(List.of("authorization-twice", "invalid-utf-8", "malformed-request", "wrong-value"));
        List<String> forbidden = new ArrayList<>(List.of("permission-missing"));
        if (!method.hasMethodAnnotation(GetMapping.class)) {
            forbidden.add("csrf-token-missing");
        }
        for (var parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                malformed.addAll(List.of(
                        "body-required",
                        "duplicate-field",
                        "field-required",
                        "json-too-large",
                        "malformed-json",
                        "unknown-field",
                        "wrong-type"));
                codes.put(413, List.of("body-too-large"));
                codes.put(415, List.of("media-type-not-supported"));
            } else if (parameter.getParameterType() == Paging.class) {
                malformed.add("bad-cursor");
            } else if (parameter.getParameterType() == IdempotencyKey.class) {
                codes.put(422, List.of("idempotency-key-reused"));
                if (!parameter.isOptional()) {
                    malformed.add("idempotency-key-required");
                }
            }
        }
        codes.put(400, malformed);
        if (permission != Permission.PUBLIC) {
            codes.put(401, List.of("credential-unknown", "sign-in-required"));
            codes.put(403, forbidden);
        }
        codes.put(503, List.of("database-away"));
        return codes;
    }

    /** The responses that operations point to, and what each code means. */
    void describe(Components components) {
        for (Kind kind : KINDS) {
            components.addResponses(kind.name(), response(kind));
        }
        components.addResponses(
                SCHEMA, response("Any other problem; its `code` says which.", example(500, "internal-error")));
        Schema<?> problem = Objects.requireNonNull(components.getSchemas().get(SCHEMA));
        problem.description("What ended a call, as RFC 9457 tells it. `" + CODES + "` lists every `code` with the"
                + " statuses it comes with, none where it stands in `violations` only.");
        problem.addExtension(CODES, problems);
    }

    private ApiResponse response(Kind kind) {
        ApiResponse response = response(kind.description(), example(kind.status(), kind.example()));
        if (kind.status() == 429 || kind.status() == 503) {
            Schema<Object> seconds = new Schema<>();
            seconds.addType("integer");
            response.addHeaderObject(
                    "Retry-After",
                    new Header()
                            .description("Seconds to wait, where it is known.")
                            .schema(seconds));
        }
        return response;
    }

    private static ApiResponse response(String description, Object example) {
        return new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                ProblemWriter.MEDIA_TYPE,
                                new MediaType()
                                        .schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA))
                                        .example(example)));
    }

    private Object example(int status, String code) {
        Problem problem =
                Problem.of(status, code, problems.path(code).path("says").asText());
        return OpenApiFiles.read(ProblemWriter.bytes(problem, "call_" + "0".repeat(REQUEST_ID)));
    }
}
