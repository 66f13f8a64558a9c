package io.countersign.client;

import io.countersign.client.wire.Json;
import io.countersign.client.wire.PayloadBytes;
import io.countersign.client.wire.ServerProblem;
import io.countersign.client.wire.ServerRefusal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is sent and what is answered, between the values of this package and JSON. */
final class WireForms {

    /** Refusals that are an answer of the gate and no mistake of the caller's. */
    private static final Set<String> DENIALS = Set.of("policy-violations", "denied", "expired", "executing");

    private WireForms() {}

    static ObjectNode ask(Intent intent, boolean check) {
        ObjectNode body = named(intent);
        PayloadBytes payload = intent.payload();
        if (payload != null && !check) {
            body.set("payload", payload.json());
        } else if (payload != null || intent.digest() != null) {
            body.put("payloadDigest", intent.payloadDigest().value());
        }
        if (!intent.authors().isEmpty()) {
            body.set("authors", Json.array(intent.authors()));
        }
        put(body, "supersedes", check ? null : intent.supersedes());
        return body;
    }

    static ObjectNode redemption(Intent intent, String executionId) {
        return named(intent)
                .put("payloadDigest", intent.payloadDigest().value())
                .put("executionId", executionId);
    }

    static ObjectNode report(ExecutionReport report) {
        ObjectNode body = Json.object().put("result", report.result());
        put(body, "text", report.text());
        put(body, "link", report.link());
        if (!report.artifacts().isEmpty()) {
            body.set("artifacts", Json.array(report.artifacts()));
        }
        return body;
    }

    private static ObjectNode named(Intent intent) {
        ObjectNode body = Json.object().put("action", intent.action());
        body.set("resource", resource(intent.resource()));
        put(body, "subject", intent.subject());
        put(body, "reason", intent.reason());
        return body;
    }

    private static ObjectNode resource(ResourceName resource) {
        ObjectNode body = Json.object().put("type", resource.level().name().toLowerCase(Locale.ROOT));
        put(body, "id", resource.id());
        put(body, "release", resource.release());
        put(body, "from", resource.from());
        put(body, "to", resource.to());
        if (!resource.attributes().isEmpty()) {
            body.set("attributes", Json.tree(resource.attributes()));
        }
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    /** Anything but a clear permit, hold or deny is a refusal of this client's: it never guesses in favour. */
    static Verdict verdict(JsonNode answer) {
        return switch (Json.text(answer, "decision")) {
            case "permit" ->
                new Verdict.Permit(Json.text(answer, "basis"), request(answer), grant(answer), executionId(answer));
            case "hold" ->
                new Verdict.Hold(
                        request(answer),
                        Json.list(answer, "requirements").stream()
                                .map(one -> new Verdict.Requirement(
                                        Json.text(one, "name"), (int) Json.number(one, "minApprovals")))
                                .toList());
            case "deny" -> {
                List<Verdict.Violation> violations = violations(answer);
                yield new Verdict.Deny(
                        violations.isEmpty() ? "denied" : "policy-violations",
                        violations.isEmpty()
                                ? "it is denied"
                                : violations.getFirst().message(),
                        violations,
                        violations.isEmpty() ? "" : violations.getFirst().remedy());
            }
            default -> throw new IllegalStateException("the gate answered neither permit, hold nor deny");
        };
    }

    /** The gate's no, or the refusal again where it is none. */
    static Verdict.Deny denial(ServerRefusal refusal) {
        ServerProblem problem = refusal.problem();
        if (!DENIALS.contains(problem.code())) {
            throw refusal;
        }
        return new Verdict.Deny(
                problem.code(),
                problem.detail(),
                problem.violations().stream()
                        .map(one -> new Verdict.Violation(one.code(), one.message(), one.remedy()))
                        .toList(),
                problem.remedy());
    }

    static RequestStatus status(JsonNode request) {
        return new RequestStatus(
                Json.text(request, "number"),
                RequestStatus.Stage.of(Json.text(request, "state")),
                Json.instant(request, "deadline").orElse(Instant.MAX),
                Json.text(request, "payloadDigest"),
                grant(request));
    }

    private static Optional<Verdict.RequestReference> request(JsonNode answer) {
        return Json.text(answer, "request", "number").isEmpty()
                ? Optional.empty()
                : Optional.of(new Verdict.RequestReference(
                        Json.text(answer, "request", "id"),
                        Json.text(answer, "request", "number"),
                        Json.instant(answer, "request", "deadline").orElse(Instant.MAX),
                        Json.text(answer, "request", "link")));
    }

    private static Optional<Verdict.GrantReference> grant(JsonNode answer) {
        return Json.text(answer, "grant", "id").isEmpty()
                ? Optional.empty()
                : Optional.of(new Verdict.GrantReference(
                        Json.text(answer, "grant", "id"),
                        Json.instant(answer, "grant", "expiresAt").orElse(Instant.MIN),
                        Json.instant(answer, "grant", "usableUntil").orElse(Instant.MIN)));
    }

    private static List<Verdict.Violation> violations(JsonNode answer) {
        return Json.list(answer, "violations").stream()
                .map(one -> new Verdict.Violation(
                        Json.text(one, "code"), Json.text(one, "message"), Json.text(one, "remedy")))
                .toList();
    }

    private static Optional<String> executionId(JsonNode answer) {
        return Optional.of(Json.text(answer, "executionId")).filter(id -> !id.isEmpty());
    }
}
