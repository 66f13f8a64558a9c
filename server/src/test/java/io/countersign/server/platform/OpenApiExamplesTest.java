package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The examples of the OpenAPI document are one story, and this is its order. What the server answers is written to
 * {@code target/openapi-examples}: whoever has changed an answer copies it from there.
 */
class OpenApiExamplesTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
    private static final Path WRITTEN = Path.of("target", "openapi-examples");

    private final Map<String, String> secrets = new HashMap<>();

    @Test
    void everyExampleIsTakenAndAnsweredAsTheDocumentShows() throws IOException {
        try (TestServer server =
                TestServer.simulated(START, "--countersign.server.public-url=https://countersign.acme.example")) {
            JsonNode document = server.get("/openapi.json", null).body();
            ExampleStory story = new ExampleStory(server, START, document);
            secrets.put("bootstrap", ServerCalls.ADMIN_TOKEN);
            try {
                settle(server, story);
                writeRules(story);
                ask(story);
                decide(story);
                execute(story);
                speakAuthzen(story);
                breakTheGlass(story);
                changeItself(story);
                lookBack(story);
            } finally {
                story.write(WRITTEN);
            }
            assertThat(story.untold()).as("examples that nobody sends").isEmpty();
            assertThat(story.wrong())
                    .as("examples that are not true; the true ones are in " + WRITTEN)
                    .isEmpty();
        }
    }

    private JsonNode tell(ExampleStory story, @Nullable String who, String operation, String name) {
        return story.tell(who == null ? null : secrets.get(who), operation, name);
    }

    private void settle(TestServer server, ExampleStory story) {
        tell(story, "bootstrap", "makeOrganization", "acme");
        secrets.put(
                "olivia", tell(story, null, "openLink", "enrol").path("secret").asString());
        tell(story, "olivia", "addTeam", "sre");
        create(server, "/teams", Map.of("handle", "security", "name", "Security"));
        create(server, "/teams", Map.of("handle", "payments-team", "name", "Payments"));
        String ann = tell(story, "olivia", "addPerson", "developer").path("id").asString();
        tell(story, "olivia", "makeLink", "enrolment");
        enrol(server, "ann", ann);
        person(server, "bob", "Bob Berger", "sre", "developer");
        person(server, "carol", "Carol Costa", "security", "compliance_officer");
        person(server, "dave", "Dave Duarte", "security", "security_manager");
        tell(story, null, "signIn", "bearer");
        tell(story, "ann", "readMe", "ann");
        tell(story, "olivia", "createCluster", "prod-eu");
        tell(story, "olivia", "createProject", "payments");
        tell(story, "olivia", "createEnvironment", "production");
        create(server, "/environments", Map.of("projectId", "payments", "name", "staging", "tier", "staging"));
        tell(story, "olivia", "addAccount", "agent");
        tell(story, "ann", "makeToken", "pipeline");
        tell(story, "ann", "makeAccountToken", "agent");
    }

    private void writeRules(ExampleStory story) {
        tell(story, "olivia", "previewTemplate", "two-teams");
        tell(story, "olivia", "createTemplate", "two-teams");
        tell(story, "olivia", "updateTemplate", "reason");
        tell(story, "olivia", "createBinding", "organization");
        tell(story, "olivia", "getTemplate", "by-name");
        tell(story, "olivia", "listBindings", "first");
    }

    private void ask(ExampleStory story) {
        tell(story, "ann", "check", "held");
        tell(story, "ann", "check", "permitted");
        tell(story, "ann", "ask", "held");
        tell(story, "ann", "ask", "permitted");
        tell(story, "ann", "explain", "held");
    }

    private void decide(ExampleStory story) {
        tell(story, "bob", "listRequests", "mine");
        tell(story, "bob", "countRequests", "all");
        tell(story, "bob", "getRequest", "pending");
        tell(story, "bob", "getPayload", "text");
        tell(story, "bob", "getChange", "text");
        tell(story, "bob", "readStanding", "eligible");
        tell(story, "bob", "vote", "approve");
        tell(story, "bob", "withdrawVote", "bob");
        tell(story, "bob", "vote", "again");
        tell(story, "carol", "vote", "last");
    }

    private void execute(ExampleStory story) {
        tell(story, "ann", "redeem", "permitted");
        tell(story, "ann", "reportOutcome", "succeeded");
        tell(story, "ann", "ask", "another");
        tell(story, "bob", "vote", "deny");
        tell(story, "ann", "resubmitRequest", "reason");
        tell(story, "bob", "vote", "third");
        tell(story, "carol", "voteInBulk", "approve");
        tell(story, "ann", "getRequest", "approved");
        tell(story, "ann", "revokeGrant", "unspent");
        tell(story, "ann", "ask", "third");
        tell(story, "ann", "cancelRequest", "own");
    }

    private void speakAuthzen(ExampleStory story) {
        tell(story, null, "getAuthzenConfiguration", "here");
        tell(story, "ann", "evaluate", "held");
        tell(story, "ann", "evaluateAll", "two");
    }

    private void breakTheGlass(ExampleStory story) {
        tell(story, "olivia", "givePermission", "breakglass");
        tell(story, "bob", "previewBreakglassSession", "production");
        tell(story, "bob", "openBreakglassSession", "active");
        tell(story, "bob", "breakglassBanner", "active");
        tell(story, "bob", "ask", "emergency");
        tell(story, "bob", "redeem", "emergency");
        tell(story, "bob", "reportOutcome", "emergency");
        tell(story, "bob", "revokeBreakglassSession", "done");
        tell(story, "bob", "closeBreakglassSession", "filed");
        tell(story, "bob", "getBreakglassSession", "closed");
        tell(story, "dave", "reviewBreakglassSession", "justified");
        tell(story, "dave", "listBreakglassSessions", "one");
    }

    private void changeItself(ExampleStory story) {
        tell(story, "olivia", "freezeEnvironment", "held");
        tell(story, "olivia", "editPerson", "email");
        tell(story, "olivia", "editOrganization", "zone");
        tell(story, "olivia", "compareDeclaration", "team");
        tell(story, "olivia", "applyDeclaration", "team");
        tell(story, "olivia", "addNotificationDestination", "email");
    }

    private void lookBack(ExampleStory story) {
        tell(story, "olivia", "readOrganization", "acme");
        tell(story, "olivia", "listPeople", "first");
        tell(story, "olivia", "listTeams", "first");
        tell(story, "olivia", "listEnvironments", "payments");
        tell(story, "olivia", "listNames", "ann");
        tell(story, "olivia", "listFindings", "first");
        tell(story, "ann", "getTimeline", "executed");
        tell(story, "olivia", "listAuditEntries", "withdrawn");
        tell(story, "ann", "listTokens", "own");
        tell(story, "ann", "revokeToken", "lost");
        tell(story, "ann", "readClock", "simulated");
        tell(story, null, "readLiveness", "live");
        tell(story, "ann", "signOut", "ann");
    }

    private void person(TestServer server, String handle, String name, String team, String role) {
        Answer made = create(
                server,
                "/people",
                Map.of("handle", handle, "name", name, "roles", List.of(role), "teams", List.of("@" + team)));
        enrol(server, handle, made.body().path("id").asString());
    }

    private void enrol(TestServer server, String handle, String id) {
        Answer link = create(server, "/people/" + id + "/enrolment-links", Map.of("kind", "enrolment"));
        Answer session = server.post(
                "/api/v1/enrolments",
                null,
                Map.of(
                        "link",
                        link.body().path("link").asString(),
                        "password",
                        "correct horse battery",
                        "transport",
                        "bearer"));
        assertThat(session.status()).as(session.text()).isEqualTo(201);
        secrets.put(handle, session.body().path("secret").asString());
    }

    private Answer create(TestServer server, String path, Object body) {
        Answer made = server.post("/api/v1" + path, secrets.get("olivia"), body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }
}
