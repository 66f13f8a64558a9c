package io.countersign.server.platform;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JsonNode;

/** Writes into the OpenAPI document what every route has in common: permission, credential, key, and errors. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String HELD = "HeldCall";
    private static final String BEARER = "bearer";

    private static final String JSON = "application/json";

    private static final String ABOUT = """
            The approval layer for production.

            **Credentials.** `Authorization: Bearer` and a token, or the `secret` of a session that was made with \
            `transport: bearer`. Each route names its permission in `x-permission`, and the scopes of a token that carry it \
            in `x-token-scopes`.

            **Asking.** `POST /api/v1/asks` says what is to be done and to what, with the payload: exactly the bytes that \
            people approve. It answers `permit`, or `hold` with the request to wait for; what the rules forbid is refused. When \
            the request is `approved`, `POST /api/v1/redemptions` with the same action, resource and payload digest, and with an \
            `executionId` that you draw at random: only `permit` means go. The same `executionId` repeats the answer, so that \
            trying again is harmless; another one is refused with `already-redeemed`. How it ended goes to \
            `POST /api/v1/executions/{executionId}/outcome`.

            **Payload digest.** `sha256:` and, in lower-case hexadecimal digits, the SHA-256 of these bytes one behind the \
            other: `countersign/payload/v1` and a line feed; the payload's length as eight bytes, the highest first; the \
            payload.

            **Names.** Ids everywhere; people, accounts and teams by `@handle`, environments by `project/environment`, \
            projects and clusters by name as well. In a path, `project~environment` stands for `project/environment`.

            **Writing.** What makes something new wants an `Idempotency-Key`, other acts heed one where it is given; what \
            changes something wants the `ETag` it was read with, its version in quotes, in `If-Match`. What Countersign does \
            itself is gated by the same policies: such a call may answer 202 and do nothing yet.

            **Lists** come in pages: `nextCursor` of one is the `cursor` of the next.

            **Errors** are problem documents (RFC 9457); programs go by `code`, people by `detail` and `remedy`. Each \
            operation lists its codes by status in `x-problem-codes`, the schema `Problem` says what each means. Unknown \
            fields are refused. A text has at most 10,000 characters and a list at most 10,000 entries, a payload what the \
            organization allows; most fields take less, and say so when they refuse.

            **Examples** are one story, with the ids, secrets and times of one run: an organization, its rule for \
            production, and what comes of it.
            """;

    private static final SchemaNames NAMES = new SchemaNames();

    private final Map<String, Schema<?>> answered = new ConcurrentHashMap<>();

    static {
        ModelConverters.getInstance(true).addConverter(new ModelResolver(Json31.mapper(), NAMES).openapi31(true));
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        Caller.class, IdempotencyKey.class, Origin.class, OwnCall.class, Paging.class)
                .replaceWithSchema(JsonNode.class, new Schema<>().additionalProperties(true));
    }

    /** A problem document, described for readers of the OpenAPI document; {@link Problem} is what it is made from. */
    record ProblemDocument(
            String type,
            String title,
            int status,
            String detail,
            String code,
            List<Fault> violations,
            String requestId,
            @Nullable String remedy) {}

    /** Read when the document is asked for, and not at the start. */
    private static final class Published {
        private static final OpenApiProblems PROBLEMS = new OpenApiProblems();
        private static final OpenApiExamples EXAMPLES = new OpenApiExamples();
        private static final OpenApiWords WORDS = new OpenApiWords();
    }

    @Bean
    OpenAPI openApi() {
        Components components = new Components()
                .addSecuritySchemes(
                        BEARER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("A token, or the `secret` of a session"));
        return new OpenAPI()
                .info(new Info()
                        .title("Countersign")
                        .version("v1")
                        .description(ABOUT)
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0"))
                        .contact(new Contact().name("The people of Countersign")))
                .components(components);
    }

    @Bean
    GlobalOperationCustomizer commonParts() {
        return (operation, method) -> {
            Routes.permission(method).ifPresent(permission -> describe(operation, method, permission));
            AnswersWith answers = method.getMethodAnnotation(AnswersWith.class);
            if (answers != null) {
                answer(operation.getResponses(), answers);
            } else if (answersAnyObject(method)) {
                operation.getResponses().remove("200");
                operation.getResponses().addApiResponse("204", new ApiResponse().description("No Content"));
            }
            Routes.permission(method)
                    .ifPresent(permission -> Published.PROBLEMS.describe(operation, method, permission));
            Published.WORDS.describe(operation);
            Published.EXAMPLES.describe(operation);
            return operation;
        };
    }

    /**
     * What belongs to no operation; of fields it is written down from the records themselves what {@link StrictJson} demands
     * of a body, and what is never left out of an answer.
     */
    @Bean
    GlobalOpenApiCustomizer wholeDocument(PublicAddress address) {
        return openApi -> {
            openApi.setServers(List.of(new Server().url(address.url()).description("This server")));
            describeProblems(openApi.getComponents());
            Published.PROBLEMS.describe(openApi.getComponents());
            answered.forEach(
                    (name, schema) -> openApi.getComponents().getSchemas().putIfAbsent(name, schema));
            Set<String> bodies = new SentSchemas(openApi).names();
            Published.WORDS.describe(openApi, bodies, NAMES);
            SentBounds.describe(openApi, bodies, NAMES);
            openApi.getComponents().getSchemas().forEach((name, raw) -> {
                Schema<?> schema = raw;
                List<String> fields = bodies.contains(name) ? NAMES.demanded(name) : NAMES.alwaysThere(name);
                Map<String, ?> properties = schema.getProperties();
                fields.stream()
                        .filter(field -> properties != null && properties.containsKey(field))
                        .forEach(schema::addRequiredItem);
            });
        };
    }

    private static void describeProblems(Components components) {
        ModelConverters.getInstance(true)
                .readAll(ProblemDocument.class)
                .forEach((name, schema) -> components.addSchemas(
                        name.endsWith(ProblemDocument.class.getSimpleName()) ? OpenApiProblems.SCHEMA : name, schema));
        components.addSchemas(HELD, held());
    }

    private static boolean answersAnyObject(HandlerMethod method) {
        return method.getMethod()
                .getGenericReturnType()
                .getTypeName()
                .equals(ResponseEntity.class.getName() + "<java.lang.Object>");
    }

    private void answer(ApiResponses responses, AnswersWith answers) {
        ResolvedSchema resolved = ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(answers.value()).resolveAsRef(true));
        resolved.referencedSchemas.forEach(answered::put);
        responses.remove("200");
        responses.addApiResponse(
                Integer.toString(answers.status()),
                new ApiResponse()
                        .description(answers.status() == 201 ? "Created" : "OK")
                        .content(new Content().addMediaType(JSON, new MediaType().schema(resolved.schema))));
    }

    private static void describe(Operation operation, HandlerMethod method, Permission permission) {
        operation.addExtension("x-permission", permission.id());
        if (!permission.scopes().isEmpty()) {
            operation.addExtension("x-token-scopes", permission.scopes());
        }
        if (permission == Permission.PUBLIC) {
            operation.setSecurity(List.of());
        } else {
            operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
        }
        if (takes(method, Paging.class)) {
            operation.addParametersItem(new QueryParameter()
                    .name("limit")
                    .description("How many items, 1 to " + Paging.MOST + "; " + Paging.DEFAULT + " when not given.")
                    .schema(typed("integer").minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(Paging.MOST))));
            operation.addParametersItem(new QueryParameter()
                    .name("cursor")
                    .description("The `nextCursor` of the page before.")
                    .schema(typed("string")));
        }
        taken(method, IdempotencyKey.class)
                .ifPresent(key -> operation.addParametersItem(new HeaderParameter()
                        .name(IdempotencyKey.HEADER)
                        .required(!key.isOptional())
                        .description("A random key drawn for this act; the same key again repeats the answer, with"
                                + " another body it is refused.")
                        .schema(typed("string").maxLength(128))));
        if (takes(method, OwnCall.class) && !method.getBeanType().isAnnotationPresent(NeverHeld.class)) {
            describeHold(operation);
            if (changesSomethingThere(method)) {
                operation.addParametersItem(new HeaderParameter()
                        .name(HttpHeaders.IF_MATCH)
                        .description("The `ETag` that was read with what is changed; part of what people approve.")
                        .schema(typed("string")));
            }
        }
    }

    private static boolean changesSomethingThere(HandlerMethod method) {
        return method.hasMethodAnnotation(PutMapping.class)
                || method.hasMethodAnnotation(PatchMapping.class)
                || method.hasMethodAnnotation(DeleteMapping.class);
    }

    private static void describeHold(Operation operation) {
        operation.addParametersItem(new HeaderParameter()
                .name(OwnCall.REASON)
                .description("Why, for policies that demand a reason, where the body has none: percent-encoded UTF-8.")
                .schema(typed("string")));
        operation.addParametersItem(new HeaderParameter()
                .name(OwnCall.BREAK_GLASS)
                .description("Your break-glass session by which it is to pass, by id or number.")
                .schema(typed("string")));
        if (!operation.getResponses().containsKey("202")) {
            operation
                    .getResponses()
                    .addApiResponse(
                            "202",
                            new ApiResponse()
                                    .description("Nothing was done: people must approve it first. Send exactly the same"
                                            + " call again once its requests are approved.")
                                    .content(new Content()
                                            .addMediaType(
                                                    JSON,
                                                    new MediaType()
                                                            .schema(new Schema<>()
                                                                    .$ref("#/components/schemas/" + HELD)))));
        }
    }

    /** What a held call is answered, beside the answers of the gate that {@code GateAnswer} describes. */
    private static Schema<?> held() {
        Schema<?> requests = typed("array");
        requests.setItems(new Schema<>().$ref("#/components/schemas/GateAnswer"));
        Schema<?> held = typed("object");
        held.addProperty("decision", typed("string"));
        held.addProperty("requests", requests);
        held.addProperty("remedy", typed("string"));
        held.setRequired(List.of("decision", "requests", "remedy"));
        return held;
    }

    private static Schema<?> typed(String type) {
        Schema<Object> schema = new Schema<>();
        schema.addType(type);
        return schema;
    }

    private static boolean takes(HandlerMethod method, Class<?> type) {
        return taken(method, type).isPresent();
    }

    private static Optional<MethodParameter> taken(HandlerMethod method, Class<?> type) {
        return Stream.of(method.getMethodParameters())
                .filter(parameter -> parameter.getParameterType() == type)
                .findFirst();
    }
}
