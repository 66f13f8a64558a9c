package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.StoryTeller.Told;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every text, list and map of every body has a bound: what is longer is refused by its name, and nothing of it is kept. The
 * bodies are those of the examples, sent where their story stands, each with one field at a time made too long.
 */
class FieldBoundsTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    /** What may be as long as this, each with the reason. */
    private static final Map<String, String> LONG = Map.of(
            "payload.text", "what is to be executed; the organization's payload limit is its bound",
            "payload.base64", "the same bytes in base64",
            "context.payload.text", "the same in an AuthZEN body");

    /** Everything that a declared document says, where the document of the API does not tell what stands in it. */
    private static final String DECLARED = """
            [{"countersign": "v1", "people": [{"handle": "p", "name": "P", "email": "p@x.example"}],
              "teams": [{"handle": "t", "name": "T", "parent": "u", "members": ["p"]}, {"handle": "u", "name": "U"}],
              "roles": [{"id": "own", "name": "O", "holders": ["p"]}],
              "accounts": [{"handle": "a", "name": "A", "kind": "agent", "owner": "t", "accountable": "p"}],
              "clusters": [{"name": "c"}],
              "projects": [{"name": "w", "description": "d", "environments":
                [{"name": "production", "tier": "production", "cluster": "c"}]}],
              "templates": [{"name": "G", "description": "d", "scope": ["project"],
                "approvers": {"users": ["p"], "teams": ["t"], "orgRoles": ["own"]},
                "quorum": {"minApprovals": 1, "requiredUserIds": ["p"]},
                "conditions": {"environments": ["production"], "weekdays": ["monday"], "timezone": "UTC",
                  "schedules": [{"weekdays": ["sunday"]}]}, "voteReasonRequired": "never", "expiresAfter": "P1D",
                "grantValidFor": "PT1H", "escalation": {"approvers": {"teams": ["t"]}, "after": "PT1H"}}],
              "bindings": [{"template": "G", "to": "project:w", "actions": ["release.deploy"]}]}]
            """;

    private final List<String> wrong = new ArrayList<>();
    private final TreeSet<String> tried = new TreeSet<>();

    @Test
    void whatIsTooLongIsRefusedByItsNameAndNotKept() {
        try (TestServer server =
                TestServer.simulated(START, "--countersign.server.public-url=https://countersign.acme.example")) {
            JsonNode document = server.get("/openapi.json", null).body();
            ExampleStory story = new ExampleStory(server, START, document);
            StoryTeller teller = new StoryTeller(server, story);
            for (String line : StoryTeller.lines()) {
                teller.example(line).ifPresent(told -> lengthen(server, story, document, told));
                teller.happen(line);
            }
            assertThat(wrong).isEmpty();
            assertThat(tried).hasSizeGreaterThan(300);
        }
    }

    private void lengthen(TestServer server, ExampleStory story, JsonNode document, Told told) {
        ObjectNode call = story.example(told.operation(), told.name()).deepCopy();
        if (!(call.get("request") instanceof ObjectNode body)) {
            return;
        }
        if (told.operation().equals("compareDeclaration")) {
            body.set("documents", JsonMapper.shared().readTree(DECLARED));
        }
        Fingerprint before = Fingerprint.of(server.database());
        int known = tried.size();
        Overlong.in(document, told.operation(), body, (field, spoiled) -> {
            boolean isNew = tried.add(told.operation() + " " + field);
            if (isNew && !LONG.containsKey(field)) {
                ObjectNode sent = call.deepCopy();
                sent.set("request", spoiled);
                Answer answer = story.send(told.secret(), told.operation(), sent);
                if ((answer.status() != 400 && answer.status() != 413) || !names(answer, field)) {
                    wrong.add(told.operation() + " " + field + ": " + answer.status() + " " + start(answer.text()));
                }
            }
        });
        if (tried.size() > known) {
            before.differences(Fingerprint.of(server.database())).stream()
                    .filter(kept -> !kept.startsWith("notification")) // made later from what happened before
                    .forEach(kept -> wrong.add(told.operation() + " kept something: " + kept));
        }
    }

    /** Whether the answer names the field, or the list or map that it is a member of. */
    private static boolean names(Answer answer, String field) {
        String whole = field.replaceAll("\\[0]$", "");
        for (JsonNode violation : answer.body().path("violations")) {
            String named = violation.path("field").asString("");
            if (named.equals(whole) || named.startsWith(whole + ".") || named.startsWith(whole + "[")) {
                return true;
            }
        }
        return false;
    }

    private static String start(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "... (" + text.length() + ")" : text;
    }
}
