package io.countersign.server.declaration;

import static io.countersign.server.declaration.Towns.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Declarations over HTTP: what they change, what they leave alone, and what is refused whole. */
class DeclarationsTest {

    private static final int TOWNS = Campaign.of(8, 200);

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);

    private Answer apply(TestOrganization organization, String secret, boolean prune, Object... documents) {
        return organization.post("/declarations", secret, Map.of("documents", List.of(documents), "prune", prune));
    }

    private Answer applied(boolean prune, Object... documents) {
        Answer answer = apply(acme, acme.admin(), prune, documents);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private Answer difference(boolean prune, Object... documents) {
        return acme.post(
                "/declarations/differences", acme.admin(), Map.of("documents", List.of(documents), "prune", prune));
    }

    private static List<String> changes(Answer difference) {
        assertThat(difference.status()).as(difference.text()).isEqualTo(200);
        List<String> changes = new ArrayList<>();
        difference
                .body()
                .path("changes")
                .forEach(change -> changes.add(change.path("change").asString() + " "
                        + change.path("kind").asString() + " "
                        + change.path("name").asString()));
        return changes;
    }

    private static Map<String, Object> document(String section, Object... things) {
        return thing("countersign", "v1", section, List.of(things));
    }

    private static Map<String, Object> person(String handle) {
        return thing("handle", handle, "name", "Person " + handle);
    }

    private String current() {
        return acme.get("/declarations/current", acme.admin()).text();
    }

    private long count(String query) {
        return Objects.requireNonNull(server.database()
                .owner()
                .sql(query)
                .param(acme.id())
                .query(Long.class)
                .single());
    }

    private long epoch() {
        return count("SELECT epoch FROM organization_epoch WHERE org_id = ?");
    }

    private List<String> entries(long after) {
        return server.database()
                .owner()
                .sql("SELECT type FROM audit_event WHERE org_id = ? AND event_id > ? ORDER BY event_id")
                .param(acme.id())
                .param(after)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private long lastEntry() {
        return count("SELECT coalesce(max(event_id), 0) FROM audit_event WHERE org_id = ?");
    }

    @Test
    void anExportAppliedAgainChangesNothing() {
        for (long seed = 0; seed < TOWNS; seed++) {
            TestOrganization town = TestOrganization.on(server);
            Answer made = apply(town, town.admin(), true, Towns.of(Campaign.seed() * 1_000 + seed));
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            Answer export = town.get("/declarations/current", town.admin());
            Answer again = town.post(
                    "/declarations/differences",
                    town.admin(),
                    Map.of("documents", List.of(export.body()), "prune", true));
            assertThat(again.body().path("changes")).as(again.text()).isEmpty();
            Answer other = town.post(
                    "/declarations/differences",
                    town.admin(),
                    Map.of("documents", List.of(Towns.of(Campaign.seed() * 1_000 + seed)), "prune", true));
            assertThat(other.body().path("changes")).as(other.text()).isEmpty();
        }
    }

    @Test
    void anExportMakesTheSameOrganizationAgainByteForByte() {
        for (long seed = 100; seed < 100 + TOWNS; seed++) {
            TestOrganization town = TestOrganization.on(server);
            assertThat(apply(town, town.admin(), true, Towns.of(seed)).status()).isEqualTo(200);
            Answer export = town.get("/declarations/current", town.admin());
            Answer wiped = apply(town, town.admin(), true, nothingButTheAdmin());
            assertThat(wiped.status()).as(wiped.text()).isEqualTo(200);
            assertThat(town.get("/declarations/current", town.admin()).text())
                    .isEqualTo("{\"countersign\":\"v1\",\"people\":[{\"handle\":\"admin\",\"name\":\"Ada Admin\"}],"
                            + "\"roles\":[{\"id\":\"admin\",\"holders\":[\"admin\"]}]}");
            Answer made = apply(town, town.admin(), true, export.body());
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            assertThat(town.get("/declarations/current", town.admin()).text()).isEqualTo(export.text());
        }
    }

    private static Map<String, Object> nothingButTheAdmin() {
        return thing(
                "countersign",
                "v1",
                "people",
                List.of(thing("handle", "admin", "name", "Ada Admin")),
                "teams",
                List.of(),
                "roles",
                List.of(
                        thing("id", "admin", "holders", List.of("admin")),
                        thing("id", "developer", "holders", List.of())),
                "accounts",
                List.of(),
                "clusters",
                List.of(),
                "projects",
                List.of(),
                "templates",
                List.of(),
                "bindings",
                List.of());
    }

    @Test
    void partialDocumentsLeaveAloneWhatTheyDoNotMention() {
        applied(true, Towns.of(7));
        String before = current();
        assertThat(changes(difference(true, document("teams", teams())))).isEmpty();
        assertThat(changes(difference(false, document("people", person("newcomer")))))
                .containsExactly("add person newcomer");
        applied(false, document("people", person("newcomer")));
        acme.delete("/people/@newcomer", acme.admin());
        assertThat(current()).isEqualTo(before);
    }

    /** The teams as they are, without their members. */
    private Object[] teams() {
        List<Object> teams = new ArrayList<>();
        for (JsonNode team :
                acme.get("/declarations/current", acme.admin()).body().path("teams")) {
            Map<String, Object> bare = thing(
                    "handle",
                    team.path("handle").asString(),
                    "name",
                    team.path("name").asString());
            if (team.has("parent")) {
                bare.put("parent", team.path("parent").asString());
            }
            if (team.has("countsAsDistinct")) {
                bare.put("countsAsDistinct", false);
            }
            teams.add(bare);
        }
        return teams.toArray();
    }

    @Test
    void whoIsNotMentionedStaysUntilPruned() {
        applied(false, document("people", person("ben"), person("eve")));
        Object[] without = {thing("handle", "admin", "name", "Ada Admin"), person("ben")};
        assertThat(changes(difference(false, document("people", without)))).isEmpty();
        assertThat(changes(difference(true, document("people", without)))).containsExactly("remove person eve");
        applied(true, document("people", without));
        assertThat(acme.get("/people/@eve", acme.admin()).status()).isEqualTo(404);
        assertThat(acme.get("/people/@ben", acme.admin()).status()).isEqualTo(200);
    }

    @Test
    void oneApplicationIsOneEpochAndOneEntryForEachThing() {
        long epoch = epoch();
        long last = lastEntry();
        applied(
                false,
                document("people", person("ben")),
                document("teams", thing("handle", "sre", "name", "SRE", "members", List.of("ben", "admin"))),
                document("roles", thing("id", "developer", "holders", List.of("ben"))),
                document("projects", thing("name", "shop")),
                document(
                        "templates",
                        thing("name", "One", "scope", List.of("project"), "approvers", thing("teams", List.of("sre")))),
                document("bindings", thing("template", "One", "to", "project:shop")));
        assertThat(epoch()).isEqualTo(epoch + 1);
        assertThat(entries(last))
                .containsExactly(
                        "project-created",
                        "person-created",
                        "team-created",
                        "team-member-added",
                        "team-member-added",
                        "role-given",
                        "template-created",
                        "binding-created",
                        "declaration-applied");
    }

    @Test
    void nothingToChangeIsNoChange() {
        long epoch = epoch();
        long last = lastEntry();
        assertThat(applied(true, acme.get("/declarations/current", acme.admin()).body())
                        .body()
                        .path("altered")
                        .asLong())
                .isZero();
        assertThat(epoch()).isEqualTo(epoch);
        assertThat(entries(last)).isEmpty();
    }

    @Test
    void aChangedTemplateIsANewVersionAndAnUnchangedOneIsNot() {
        Map<String, Object> one =
                thing("name", "One", "scope", List.of("project"), "approvers", thing("users", List.of("admin")));
        Map<String, Object> two =
                thing("name", "Two", "scope", List.of("project"), "approvers", thing("users", List.of("admin")));
        applied(false, document("templates", one, two));
        one.put("expiresAfter", "P1D");
        Answer difference = difference(false, document("templates", one, two));
        assertThat(changes(difference)).containsExactly("alter template One");
        assertThat(difference.body().path("changes").path(0).path("fields").toString())
                .isEqualTo("[{\"field\":\"expiresAfter\",\"after\":\"P1D\"}]");
        applied(false, document("templates", one, two));
        JsonNode templates = acme.get("/templates", acme.admin()).body().path("items");
        assertThat(templates.path(0).path("version").asInt()).isEqualTo(2);
        assertThat(templates.path(1).path("version").asInt()).isEqualTo(1);
    }

    @Test
    void aDifferenceThatIsNotTheOneShownIsNotApplied() {
        Map<String, Object> document = document("people", person("ben"), person("eve"));
        String shown = difference(false, document).body().path("digest").asString();
        applied(false, document("people", person("ben")));
        String before = current();
        Map<String, Object> body = Map.of("documents", List.of(document), "expected", shown);
        Answer stale = acme.post("/declarations", acme.admin(), body);
        assertThat(stale.status()).as(stale.text()).isEqualTo(409);
        assertThat(stale.code()).isEqualTo("difference-changed");
        assertThat(stale.body().path("remedy").asString()).contains("look at the difference again");
        assertThat(current()).isEqualTo(before);
    }

    @Test
    void anUnrelatedChangeDoesNotMakeADifferenceStale() {
        Map<String, Object> document = document("people", person("ben"));
        String shown = difference(false, document).body().path("digest").asString();
        acme.post("/projects", acme.admin(), Map.of("name", "elsewhere"));
        Answer answer =
                acme.post("/declarations", acme.admin(), Map.of("documents", List.of(document), "expected", shown));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void nobodyChangesByAFileWhatHeMayNotChangeByHand() {
        String policies = acme.signedIn("pol", "policy_manager");
        String viewer = acme.signedIn("vic", "viewer");
        Map<String, Object> template = document(
                "templates",
                thing("name", "One", "scope", List.of("project"), "approvers", thing("users", List.of("admin"))));
        Map<String, Object> people = document("people", person("ben"));
        assertThat(apply(acme, policies, false, people).code()).isEqualTo("permission-missing");
        assertThat(apply(acme, policies, false, template, people).code()).isEqualTo("permission-missing");
        assertThat(apply(acme, viewer, false, template)
                        .body()
                        .path("permission")
                        .asString())
                .isEqualTo("policy-write");
        String readingToken = acme.token(acme.admin(), "read");
        assertThat(apply(acme, readingToken, false, template).code()).isEqualTo("permission-missing");
        assertThat(acme.get("/templates", acme.admin()).body().path("items")).isEmpty();
        assertThat(apply(acme, policies, false, template).status()).isEqualTo(200);
        String token = acme.token(acme.admin(), "read", "directory");
        assertThat(apply(acme, token, false, people).status()).isEqualTo(200);
    }

    @Test
    void peopleByFileHaveNoPasswordUntilTheyOpenTheirLink() {
        applied(
                false,
                document("people", person("ben")),
                document("roles", thing("id", "developer", "holders", List.of("ben"))));
        assertThat(acme.signIn("ben").status()).isEqualTo(401);
        assertThat(acme.get("/people/@ben", acme.admin())
                        .body()
                        .path("credential")
                        .asString())
                .isEqualTo("none");
    }

    @Test
    void pruningThatWouldLeaveNobodyInChargeIsRefusedWhole() {
        String before = current();
        Answer answer = apply(acme, acme.admin(), true, document("people", person("ben")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("declaration-refused");
        assertThat(answer.body().path("violations").path(0).path("code").asString())
                .isEqualTo("last-admin");
        assertThat(current()).isEqualTo(before);
    }

    @Test
    void aTemplateThatNobodyCouldMeetRefusesEverythingBesideIt() {
        String before = current();
        Answer answer = apply(
                acme,
                acme.admin(),
                false,
                document("people", person("ben")),
                document(
                        "templates",
                        thing(
                                "name",
                                "Nine",
                                "scope",
                                List.of("project"),
                                "approvers",
                                thing("users", List.of("ben", "admin")),
                                "quorum",
                                thing("minApprovals", 9))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.body().path("violations").path(0).path("field").asString())
                .isEqualTo("documents[1].templates[0].quorum");
        assertThat(current()).isEqualTo(before);
    }

    @Test
    void warningsAreToldBeforeAndAfter() {
        Map<String, Object> document = document(
                "templates",
                thing(
                        "name",
                        "One",
                        "scope",
                        List.of("environment"),
                        "approvers",
                        thing("users", List.of("admin")),
                        "conditions",
                        thing("environments", List.of("productoin"))));
        for (Answer answer : List.of(difference(false, document), applied(false, document))) {
            assertThat(answer.body().path("warnings").path(0).path("code").asString())
                    .as(answer.text())
                    .isEqualTo("unknown-environment-name");
        }
        assertThat(acme.get("/templates", acme.admin())
                        .body()
                        .path("items")
                        .path(0)
                        .path("warnings"))
                .isNotEmpty();
    }

    @Test
    void anArchivedTemplateTakesItsBindingsWithIt() {
        applied(
                false,
                document("projects", thing("name", "shop")),
                document(
                        "templates",
                        thing(
                                "name",
                                "One",
                                "scope",
                                List.of("project"),
                                "approvers",
                                thing("users", List.of("admin")))),
                document("bindings", thing("template", "One", "to", "project:shop")));
        assertThat(changes(difference(true, document("templates"))))
                .containsExactly("remove template One", "remove binding One -> project:shop");
        applied(true, document("templates"));
        assertThat(acme.get("/bindings", acme.admin()).body().path("items")).isEmpty();
    }

    @Test
    void teamsMayChangePlaces() {
        applied(
                false,
                document(
                        "teams",
                        thing("handle", "low", "name", "L", "parent", "high"),
                        thing("handle", "high", "name", "H")));
        applied(
                false,
                document(
                        "teams",
                        thing("handle", "low", "name", "L"),
                        thing("handle", "high", "name", "H", "parent", "low")));
        assertThat(acme.get("/teams/@high", acme.admin()).body().path("parent").asString())
                .isEqualTo("@low");
        assertThat(apply(
                                acme,
                                acme.admin(),
                                false,
                                document("teams", thing("handle", "low", "name", "L", "parent", "high")))
                        .body()
                        .path("violations")
                        .path(0)
                        .path("code")
                        .asString())
                .isEqualTo("team-cycle");
    }

    @Test
    void aKeyRepeatsTheAnswerAndAppliesOnce() {
        Map<String, Object> body = Map.of("documents", List.of(document("people", person("ben"))));
        Answer first = server.call(
                "POST", "/api/v1/declarations", acme.admin(), body, "Idempotency-Key", "apply-" + acme.id());
        acme.delete("/people/@ben", acme.admin());
        Answer again = server.call(
                "POST", "/api/v1/declarations", acme.admin(), body, "Idempotency-Key", "apply-" + acme.id());
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(acme.get("/people/@ben", acme.admin()).status()).isEqualTo(404);
    }

    @Test
    void anApplicationThatRulesProtectIsHeldAndHappensOnceApproved() {
        String erin = acme.signedIn("erin", "policy_manager");
        String bob = acme.signedIn("bob", "admin");
        acme.signedIn("carl", "admin");
        applied(
                false,
                document(
                        "templates",
                        thing(
                                "name",
                                "Four eyes",
                                "scope",
                                List.of("organization"),
                                "approvers",
                                thing("orgRoles", List.of("admin")))),
                document(
                        "bindings",
                        thing("template", "Four eyes", "to", "organization", "actions", List.of("policy.change"))));
        Map<String, Object> change = document(
                "templates",
                thing("name", "New", "scope", List.of("project"), "approvers", thing("orgRoles", List.of("admin"))));
        Answer held = apply(acme, erin, false, change);
        assertThat(held.status()).as(held.text()).isEqualTo(202);
        JsonNode request = held.body().path("requests").path(0).path("request");
        String number = request.path("number").asString();
        Answer payload = acme.get("/requests/" + number + "/payload", bob);
        assertThat(payload.text()).contains("\"add\"", "\"New\"", "orgRoles");
        assertThat(current()).doesNotContain("\"New\"");
        Answer vote = acme.post(
                "/requests/" + number + "/votes",
                bob,
                Map.of(
                        "vote",
                        "approve",
                        "payloadDigest",
                        acme.get("/requests/" + number, bob)
                                .body()
                                .path("payloadDigest")
                                .asString()));
        assertThat(vote.status()).as(vote.text()).isLessThan(300);
        Answer done = apply(acme, erin, false, change);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(current()).contains("\"New\"");
    }
}
