package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.directory.ReferringBodies.Referring;
import io.countersign.server.platform.Fingerprint;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** INVARIANT I5, in bodies: whatever a body can refer to, it cannot refer to another organization's. */
class ForeignIdsInBodiesTest {

    private static final TestServer SERVER = TestServer.shared();

    /** Fields that take an id, a name or a number of something there is. */
    private static final Set<String> REFERENCES = Set.of(
            "accountableId",
            "actionId",
            "authors",
            "breakGlassSession",
            "closureOwner",
            "clusterId",
            "grantId",
            "groups",
            "orgRoles",
            "owner",
            "ownerId",
            "parentId",
            "preventiveOwner",
            "principalId",
            "projectId",
            "release",
            "removedBindings",
            "request",
            "requiredOrgRoles",
            "requiredTeamIds",
            "requiredUserIds",
            "resource.id",
            "resources",
            "resources.id",
            "roles",
            "subject",
            "supersedes",
            "targetId",
            "teams",
            "templateId",
            "users");

    /**
     * Fields that take a text, a word of a list, or a name that is only made by it; {@code handle} and
     * {@code organization} are those of a sign-in besides, which is everybody's.
     */
    private static final Set<String> TEXTS = Set.of(
            "action",
            "actions",
            "address",
            "after",
            "artifacts",
            "attributes",
            "base64",
            "breakGlassBlocksNext",
            "confirmScope",
            "currentPassword",
            "cursor",
            "description",
            "duration",
            "email",
            "environmentName",
            "environmentPattern",
            "environments",
            "evidence",
            "examples",
            "executionId",
            "expected",
            "expiresAfter",
            "from",
            "grantValidFor",
            "handle",
            "incident",
            "kind",
            "level",
            "link",
            "means",
            "mediaType",
            "name",
            "newPassword",
            "note",
            "organization",
            "password",
            "payloadDigest",
            "permission",
            "preventiveAction",
            "preventiveDue",
            "reason",
            "reasonUsed",
            "remarks",
            "result",
            "risk",
            "riskAcknowledged",
            "scope",
            "scopes",
            "setUp",
            "sourceReference",
            "startPage",
            "summary",
            "text",
            "theme",
            "tier",
            "timezone",
            "title",
            "to",
            "transport",
            "type",
            "use",
            "verdict",
            "vote",
            "voteReasonRequired",
            "weekdays",
            "zone");

    /** A check names neither; it refuses both. */
    private static final Set<String> REFUSED =
            Set.of("POST /api/v1/checks supersedes", "POST /api/v1/checks breakGlassSession");

    private static FilledOrganization ours;
    private static FilledOrganization theirs;

    @BeforeAll
    static void fill() {
        ours = FilledOrganization.of(TestOrganization.on(SERVER));
        theirs = FilledOrganization.of(TestOrganization.on(SERVER));
    }

    @Test
    void everyTextInABodyIsKnownAsAReferenceOrNone() {
        Set<String> unknown = new TreeSet<>();
        OurRoutes.of(SERVER)
                .forEach((route, handler) -> OurRoutes.body(handler)
                        .ifPresent(type -> texts("", type).forEach(field -> {
                            if (!isReference(field) && !isText(field)) {
                                unknown.add(field);
                            }
                        })));
        assertThat(unknown)
                .as("say of each whether it takes an id; if it does, put it into a body of ReferringBodies")
                .isEmpty();
    }

    @Test
    void everyReferenceThatABodyCanHoldIsTried() {
        Map<String, Set<String>> tried = new TreeMap<>();
        ReferringBodies.all()
                .forEach(body -> tried.computeIfAbsent(body.route(), _ -> new TreeSet<>())
                        .addAll(body.fields()));
        List<String> untried = new ArrayList<>();
        OurRoutes.of(SERVER)
                .forEach((route, handler) -> OurRoutes.body(handler)
                        .ifPresent(type -> texts("", type).stream()
                                .filter(ForeignIdsInBodiesTest::isReference)
                                .filter(field ->
                                        !tried.getOrDefault(route, Set.of()).contains(field))
                                .map(field -> route + " " + field)
                                .filter(field -> !REFUSED.contains(field))
                                .forEach(untried::add)));
        assertThat(untried).isEmpty();
        assertThat(OurRoutes.of(SERVER)).containsKeys(tried.keySet().toArray(String[]::new));
    }

    @Test
    void noBodyReachesIntoAnotherOrganization() {
        Fingerprint before =
                Fingerprint.settled(SERVER.database(), theirs.organization().id());
        assertThat(before.tables().get("request")).startsWith("7 rows");
        List<String> reached = new ArrayList<>();
        for (Referring body : ReferringBodies.all()) {
            for (int i = 0; i < body.references(); i++) {
                String foreign = theirs.one(body.kind(i));
                Answer answer = call(body, body.with(i, foreign, ours.ids()));
                if (!isRefused(answer)) {
                    reached.add(body.route() + " <" + body.kind(i) + "> " + answer.status() + " " + answer.text());
                }
            }
        }
        assertThat(reached).isEmpty();
        assertThat(before.differences(
                        Fingerprint.of(SERVER.database(), theirs.organization().id())))
                .isEmpty();
        List<String> wrong = new ArrayList<>();
        for (Referring body : ReferringBodies.all()) {
            Answer answer = call(body, body.own(ours.ids()));
            if (isRefused(answer)) {
                wrong.add(body.route() + " " + body.fields() + " " + answer.text());
            }
        }
        assertThat(wrong).as("with all of one's own each of these is taken").isEmpty();
    }

    private static Answer call(Referring body, String text) {
        String method = body.route().substring(0, body.route().indexOf(' '));
        String path = body.path(ours.ids());
        String secret = ours.secret(body.who());
        String version = method.equals("POST")
                ? "\"1\""
                : SERVER.get(path, secret).headers().firstValue("ETag").orElseThrow();
        String key = UUID.randomUUID().toString();
        Answer answer = SERVER.call(method, path, secret, text, "Idempotency-Key", key, "If-Match", version);
        // A busy machine may not prove its picture fresh in time; that says nothing about the body.
        return answer.status() == 503
                ? SERVER.call(method, path, secret, text, "Idempotency-Key", key, "If-Match", version)
                : answer;
    }

    /** By its status, by a decision that denies, or, where there are several answers, by every one of them. */
    private static boolean isRefused(Answer answer) {
        JsonNode body = answer.body();
        List<JsonNode> parts = Stream.of(body.path("items"), body.path("evaluations"))
                .flatMap(JsonNode::valueStream)
                .toList();
        return answer.status() >= 400
                || isDenied(body)
                || (!parts.isEmpty() && parts.stream().allMatch(ForeignIdsInBodiesTest::isDenied));
    }

    private static boolean isDenied(JsonNode part) {
        String reason = part.path("context").path("reason").asString("");
        return part.path("decision").asString("").equals("deny")
                || part.path("status").asInt(0) >= 400
                || (part.has("decision") && reason.startsWith("unknown-"));
    }

    private static boolean isReference(String field) {
        return REFERENCES.contains(last(field)) || REFERENCES.contains(lastTwo(field));
    }

    /** An {@code id} on top is that of a role or an action which is made by it. */
    private static boolean isText(String field) {
        return TEXTS.contains(last(field)) || field.equals("id");
    }

    private static String last(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }

    private static String lastTwo(String field) {
        int behind = field.lastIndexOf('.', field.lastIndexOf('.') - 1);
        return field.substring(behind + 1);
    }

    /** The texts, and lists of texts, that a body of this type holds, however deep. */
    private static List<String> texts(String path, Type type) {
        if (type == String.class) {
            return List.of(path);
        }
        if (type instanceof ParameterizedType many) {
            return texts(path, many.getActualTypeArguments()[many.getActualTypeArguments().length - 1]);
        }
        List<String> texts = new ArrayList<>();
        if (type instanceof Class<?> plain && plain.isRecord()) {
            for (RecordComponent component : plain.getRecordComponents()) {
                String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
                texts.addAll(texts(name, component.getGenericType()));
            }
        }
        return texts;
    }
}
