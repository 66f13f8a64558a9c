package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PeopleApiTest {

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);

    @Test
    void addsAPersonWithRolesAndTeams() {
        acme.team("payments");
        Answer made = acme.post(
                "/people",
                acme.admin(),
                Map.of(
                        "handle",
                        "@Ben.B",
                        "name",
                        "  Ben Brook ",
                        "email",
                        "ben@example.com",
                        "roles",
                        List.of("developer", "viewer"),
                        "teams",
                        List.of("@payments")));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode ben = acme.get("/people/@ben.b", acme.admin()).body();
        assertThat(ben.path("name").asString()).isEqualTo("Ben Brook");
        assertThat(ben.path("roles").toString()).isEqualTo("[\"developer\",\"viewer\"]");
        assertThat(ben.path("teams").toString()).isEqualTo("[\"@payments\"]");
        assertThat(ben.path("credential").asString()).isEqualTo("none");
        assertThat(ben.path("createdBy").asString()).isEqualTo(acme.adminId());
    }

    @Test
    void tellsWhoGaveEachRoleAndTeamAndWhereAPersonIsSignedIn() {
        String ben = acme.person("ben", "developer");
        acme.team("payments", "@ben");
        JsonNode belongings = acme.get("/people/@ben/memberships", acme.admin()).body();
        assertThat(belongings.at("/roles/0/id").asString()).isEqualTo("developer");
        assertThat(belongings.at("/teams/0/handle").asString()).isEqualTo("payments");
        assertThat(belongings.at("/teams/0/grantedBy").asString()).isEqualTo(acme.adminId());
        assertThat(acme.get("/people/@ben/sessions", acme.admin()).body().path("items"))
                .isEmpty();
        acme.enrol(acme.admin(), ben);
        assertThat(acme.get("/people/@ben/sessions", acme.admin()).body().path("items"))
                .hasSize(1);
        assertThat(acme.get("/people/@nobody/memberships", acme.admin()).status())
                .isEqualTo(404);
    }

    @Test
    void namesWhatIdsStandForAndWhatIsGone() {
        String ben = acme.person("ben");
        String team = acme.team("payments");
        String query = "/names?id=" + ben + "&id=" + team + "&id=developer&id=per_unknown";
        List<String> told = new ArrayList<>();
        acme.delete("/people/@ben", acme.admin());
        acme.get(query, acme.admin())
                .body()
                .path("items")
                .forEach(one -> told.add(one.path("kind").asString() + " "
                        + one.path("name").asString() + " " + one.path("gone").asBoolean()));
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "person Person ben true", "team Team payments false", "role Developer false");
        TestOrganization other = TestOrganization.on(server);
        assertThat(other.get("/names?id=" + ben, other.admin()).body().path("items"))
                .isEmpty();
    }

    @Test
    void keepsHandlesUniqueAmongPeopleTeamsAndAccounts() {
        acme.person("ben");
        acme.team("payments");
        for (String taken : List.of("ben", "BEN", "payments", "bootstrap", "admin")) {
            Answer refused = acme.post("/people", acme.admin(), Map.of("handle", taken, "name", "x"));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("handle-taken");
        }
        assertThat(acme.post("/teams", acme.admin(), Map.of("handle", "ben", "name", "x"))
                        .code())
                .isEqualTo("handle-taken");
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        Answer refused = acme.post(
                "/people",
                acme.admin(),
                Map.of("handle", "no spaces", "name", "\u202Ehidden", "email", "not an address"));
        assertThat(refused.status()).isEqualTo(400);
        List<String> fields = new ArrayList<>();
        refused.body()
                .path("violations")
                .forEach(fault -> fields.add(fault.path("field").asString()));
        assertThat(fields).containsExactly("handle", "name", "email");
    }

    @Test
    void refusesRolesTeamsAndFieldsThatDoNotExistAndLeavesNothingBehind() {
        assertThat(acme.post(
                                "/people",
                                acme.admin(),
                                Map.of("handle", "ben", "name", "Ben", "roles", List.of("developer", "emperor")))
                        .code())
                .isEqualTo("role-not-found");
        assertThat(acme.post(
                                "/people",
                                acme.admin(),
                                Map.of("handle", "ben", "name", "Ben", "teams", List.of("@nowhere")))
                        .code())
                .isEqualTo("team-not-found");
        assertThat(acme.post("/people", acme.admin(), Map.of("handle", "ben", "name", "Ben", "createdBy", "somebody"))
                        .code())
                .isEqualTo("unknown-field");
        assertThat(acme.get("/people/@ben", acme.admin()).status()).isEqualTo(404);
    }

    @Test
    void addsAPersonOnceForOneKey() {
        Map<String, Object> ben = Map.of("handle", "ben", "name", "Ben");
        Answer first = server.call("POST", "/api/v1/people", acme.admin(), ben, "Idempotency-Key", "one");
        Answer again = server.call("POST", "/api/v1/people", acme.admin(), ben, "Idempotency-Key", "one");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        Answer other = server.call(
                "POST",
                "/api/v1/people",
                acme.admin(),
                Map.of("handle", "eve", "name", "Eve"),
                "Idempotency-Key",
                "one");
        assertThat(other.status()).isEqualTo(422);
        assertThat(server.call("POST", "/api/v1/people", acme.admin(), ben).code())
                .isEqualTo("idempotency-key-required");
    }

    @Test
    void editsOnlyTheVersionThatWasRead() {
        acme.person("ben");
        String path = "/api/v1/people/@ben";
        Answer read = server.get(path, acme.admin());
        String version = read.headers().firstValue("ETag").orElseThrow();
        assertThat(server.call("PATCH", path, acme.admin(), Map.of("name", "B")).status())
                .isEqualTo(428);
        assertThat(server.call("PATCH", path, acme.admin(), Map.of("name", "B"), "If-Match", "soon")
                        .status())
                .isEqualTo(400);
        Answer edited = server.call("PATCH", path, acme.admin(), Map.of("name", "Benjamin"), "If-Match", version);
        assertThat(edited.body().path("name").asString()).isEqualTo("Benjamin");
        assertThat(edited.headers().firstValue("ETag"))
                .isNotEqualTo(read.headers().firstValue("ETag"));
        Answer late = server.call("PATCH", path, acme.admin(), Map.of("name", "Late"), "If-Match", version);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("version-changed");
    }

    @Test
    void pagesThroughPeopleByHandle() {
        for (int i = 0; i < 7; i++) {
            acme.person("p" + i);
        }
        List<String> handles = new ArrayList<>();
        String next = "/people?limit=3";
        while (!next.isEmpty()) {
            Answer page = acme.get(next, acme.admin());
            assertThat(page.body().path("limit").asInt()).isEqualTo(3);
            page.body()
                    .path("items")
                    .forEach(person -> handles.add(person.path("handle").asString()));
            String cursor = page.body().path("nextCursor").asString("");
            next = cursor.isEmpty() ? "" : "/people?limit=3&cursor=" + cursor;
        }
        assertThat(handles).containsExactly("admin", "p0", "p1", "p2", "p3", "p4", "p5", "p6");
        assertThat(acme.get("/people?limit=201", acme.admin()).status()).isEqualTo(400);
        assertThat(acme.get("/people?limit=0", acme.admin()).status()).isEqualTo(400);
        assertThat(acme.get("/people?cursor=*", acme.admin()).status()).isEqualTo(400);
        assertThat(acme.get("/people?q=P3", acme.admin()).body().path("items").size())
                .isEqualTo(1);
        assertThat(acme.get("/people?q=%25", acme.admin()).body().path("items").size())
                .isZero();
    }

    @Test
    void neverLosesTheLastAdministrator() {
        String self = "/people/@admin";
        assertThat(acme.patch(self, acme.admin(), Map.of("active", false)).code())
                .isEqualTo("last-admin");
        assertThat(acme.delete(self, acme.admin()).code()).isEqualTo("last-admin");
        assertThat(acme.delete("/roles/admin/holders/@admin", acme.admin()).code())
                .isEqualTo("last-admin");
        acme.person("ben", "admin");
        assertThat(acme.delete("/roles/admin/holders/@admin", acme.admin()).status())
                .isEqualTo(204);
        assertThat(acme.get("/people", acme.admin()).status()).isEqualTo(403);
    }

    @Test
    void removesAPersonForGoodAndFreesTheHandle() {
        String session = acme.signedIn("ben", "developer");
        acme.team("payments", "@ben");
        assertThat(acme.delete("/people/@ben", acme.admin()).status()).isEqualTo(204);
        assertThat(acme.get("/me", session).status()).isEqualTo(401);
        assertThat(acme.get("/people/@ben", acme.admin()).status()).isEqualTo(404);
        assertThat(acme.get("/teams/@payments/members", acme.admin())
                        .body()
                        .path("items")
                        .size())
                .isZero();
        assertThat(acme.signIn("ben").status()).isEqualTo(401);
        acme.person("ben");
        assertThat(acme.get("/people/@ben", acme.admin()).body().path("roles").size())
                .isZero();
    }

    @Test
    void tellsTheLogWhatWasDoneAndByWhom() throws InterruptedException {
        acme.person("ben", "developer");
        acme.delete("/people/@ben", acme.admin());
        List<String> types = new ArrayList<>();
        for (int i = 0; i < 100 && !types.contains("person-deleted"); i++) {
            Thread.sleep(50);
            types.clear();
            acme.get("/audit-entries?limit=200", acme.admin())
                    .body()
                    .path("items")
                    .forEach(entry -> types.add(entry.path("type").asString()));
        }
        assertThat(types)
                .contains("organization-created", "person-created", "role-given", "link-made", "link-opened")
                .contains("signed-in", "person-deleted");
    }
}
