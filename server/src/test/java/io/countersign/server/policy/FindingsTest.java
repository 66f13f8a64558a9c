package io.countersign.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is weak is found, and is gone once it is mended. */
class FindingsTest {

    private final TestOrganization acme = TestOrganization.on(TestServer.shared());

    private JsonNode found(String code) {
        Answer answer = acme.get("/findings?code=" + code, acme.admin());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body().path("items");
    }

    private List<String> names(String code) {
        return found(code)
                .valueStream()
                .map(item -> item.path("thing").path("name").asString())
                .toList();
    }

    private String made(String path, Object body) {
        Answer answer = acme.post(path, acme.admin(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body().path("id").asString();
    }

    private void done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
    }

    private void production(String project) {
        made("/projects", Map.of("name", project));
        made("/environments", Map.of("projectId", project, "name", "production", "tier", "production"));
        made("/environments", Map.of("projectId", project, "name", "staging", "tier", "staging"));
    }

    private Map<String, Object> template(String name, int approvals, String... teams) {
        Map<String, Object> form = new HashMap<>();
        form.put("name", name);
        form.put("scope", List.of("organization", "project", "environment"));
        form.put("approvers", Map.of("teams", List.of(teams)));
        form.put("quorum", Map.of("minApprovals", approvals));
        return form;
    }

    private String bind(String template, String level, String target, String... actions) {
        Map<String, Object> form = new HashMap<>(Map.of("templateId", template, "level", level));
        if (!target.isEmpty()) {
            form.put("targetId", target);
        }
        if (actions.length > 0) {
            form.put("actions", List.of(actions));
        }
        return made("/bindings", form);
    }

    private void team(String handle, String... people) {
        List<String> members = new ArrayList<>();
        for (String person : people) {
            acme.person(person, "developer");
            members.add("@" + person);
        }
        acme.team(handle, members.toArray(String[]::new));
    }

    @Test
    void emergenciesThatNobodyHearsOf() {
        production("web");
        assertThat(found("emergencies-unheard")).isEmpty();
        acme.person("ann", "developer");
        made(
                "/permission-grants",
                Map.of(
                        "principalId",
                        "@ann",
                        "permission",
                        "breakglass-open",
                        "actions",
                        List.of("release.deploy"),
                        "resources",
                        List.of("web/production")));
        assertThat(found("emergencies-unheard").get(0).path("sentence").asString())
                .startsWith("nobody would be told of an emergency: no webhook is active, and the operator");
        made(
                "/notification-destinations",
                Map.of("means", "webhook", "name", "SIEM", "address", "https://siem.example.com/in"));
        assertThat(found("emergencies-unheard")).isEmpty();
    }

    @Test
    void anEmergencyActionThatNoPolicyIsBoundTo() {
        production("web");
        made(
                "/actions",
                Map.of(
                        "id",
                        "release.hotfix",
                        "title",
                        "Hotfix",
                        "risk",
                        "high",
                        "level",
                        "environment",
                        "deploying",
                        true,
                        "emergency",
                        true));
        team("sre", "ann", "bob", "cyd");
        String template = made("/templates", template("Gate", 1, "@sre"));
        bind(template, "project", "web", "release.deploy");
        assertThat(found("unusable-emergency").get(0).path("sentence").asString())
                .isEqualTo(
                        "no policy is bound to the emergency action `release.hotfix`, so that every ask for it is refused");
        assertThat(found("partly-uncovered-production").get(0).path("sentence").asString())
                .doesNotContain("release.hotfix");
        assertThat(found("emergencies-unheard")).isNotEmpty();
        bind(template, "environment", "web/production", "release.hotfix");
        assertThat(found("unusable-emergency")).isEmpty();
    }

    @Test
    void productionThatNoPolicyCovers() {
        production("web");
        assertThat(names("uncovered-production")).containsExactly("web/production");
        JsonNode finding = found("uncovered-production").get(0);
        assertThat(finding.path("severity").asString()).isEqualTo("high");
        assertThat(acme.server()
                        .get(finding.path("thing").path("link").asString(), acme.admin())
                        .status())
                .isEqualTo(200);
        team("sre", "ann", "bob", "cyd");
        String template = made("/templates", template("Gate", 1, "@sre"));
        bind(template, "project", "web", "release.deploy");
        assertThat(names("uncovered-production")).isEmpty();
        assertThat(found("partly-uncovered-production").get(0).path("sentence").asString())
                .contains("`rollback.execute`")
                .doesNotContain("release.deploy");
        bind(template, "environment", "web/production");
        assertThat(names("partly-uncovered-production")).isEmpty();
    }

    @Test
    void peopleNobodyCanStandInFor() {
        team("sre", "ann", "bob");
        team("security", "dan");
        Map<String, Object> form = template("Two teams", 2, "@sre", "@security");
        form.put("quorum", Map.of("minApprovals", 2, "minDistinctTeams", 2));
        bind(made("/templates", form), "organization", "");
        JsonNode found = found("single-point-of-failure");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("because").path("name").asString()).isEqualTo("Person dan");
        acme.person("eve", "developer");
        done(acme.put("/teams/@security/members/@eve", acme.admin()));
        assertThat(found("single-point-of-failure")).isEmpty();
        assertThat(acme.delete("/teams/@sre/members/@ann", acme.admin()).status())
                .isEqualTo(204);
        assertThat(found("single-point-of-failure")
                        .get(0)
                        .path("because")
                        .path("name")
                        .asString())
                .isEqualTo("Person bob");
    }

    @Test
    void policiesThatNobodyCouldMeet() {
        team("sre", "ann", "bob");
        bind(made("/templates", template("Two of sre", 2, "@sre")), "organization", "");
        assertThat(names("cannot-be-met")).isEmpty();
        done(acme.delete("/teams/@sre/members/@ann", acme.admin()));
        assertThat(names("cannot-be-met")).containsExactly("Two of sre");
        assertThat(found("single-point-of-failure")).isEmpty();
        done(acme.put("/teams/@sre/members/@ann", acme.admin()));
        assertThat(names("cannot-be-met")).isEmpty();
    }

    @Test
    void policiesThatLetTheAskingPersonApprove() {
        production("web");
        team("sre", "ann", "bob", "cyd");
        Map<String, Object> form = template("Relaxed", 1, "@sre");
        form.put("requesterCanApprove", true);
        String id = made("/templates", form);
        assertThat(names("self-approval")).isEmpty();
        bind(id, "project", "web");
        assertThat(names("self-approval")).containsExactly("Relaxed");
        form.put("requesterCanApprove", false);
        done(acme.server().call("PUT", "/api/v1/templates/" + id, acme.admin(), form, "If-Match", "\"1\""));
        assertThat(names("self-approval")).isEmpty();
    }

    @Test
    void teamsWithoutMembersButNotThoseWithMembersBelowThem() {
        acme.team("parent");
        acme.person("ann", "developer");
        assertThat(names("empty-team")).containsExactly("Team parent");
        made("/teams", Map.of("handle", "child", "name", "Team child", "parentId", "@parent"));
        assertThat(names("empty-team")).containsExactly("Team child", "Team parent");
        done(acme.put("/teams/@child/members/@ann", acme.admin()));
        assertThat(names("empty-team")).isEmpty();
    }

    @Test
    void accountsThatNobodyAnswersFor() {
        acme.person("ann", "developer");
        made(
                "/accounts",
                Map.of(
                        "handle",
                        "robot",
                        "name",
                        "Robot",
                        "kind",
                        "service",
                        "ownerId",
                        "@ann",
                        "roles",
                        List.of("developer")));
        assertThat(names("ownerless-account")).isEmpty();
        done(acme.patch("/people/@ann", acme.admin(), Map.of("active", false)));
        assertThat(names("ownerless-account")).containsExactly("Robot");
        done(acme.patch("/people/@ann", acme.admin(), Map.of("active", true)));
        assertThat(names("ownerless-account")).isEmpty();
    }

    @Test
    void templatesBoundToNothingAndBindingsThatNeverApply() {
        production("web");
        team("sre", "ann", "bob", "cyd");
        Map<String, Object> form = template("Narrow", 1, "@sre");
        form.put("conditions", Map.of("environments", List.of("moon")));
        String id = made("/templates", form);
        assertThat(names("unbound-template")).containsExactly("Narrow");
        String binding = bind(id, "project", "web");
        assertThat(names("unbound-template")).isEmpty();
        assertThat(names("never-applies")).containsExactly("Narrow");
        made("/environments", Map.of("projectId", "web", "name", "moon", "tier", "staging"));
        assertThat(names("never-applies")).isEmpty();
        done(acme.delete("/bindings/" + binding, acme.admin()));
        assertThat(names("unbound-template")).containsExactly("Narrow");
        done(acme.post("/templates/" + id + "/archival", acme.admin(), Map.of()));
        assertThat(names("unbound-template")).isEmpty();
    }

    @Test
    void permissionsGivenForEverythingThereIs() {
        production("web");
        acme.person("ann", "developer");
        String wide = made(
                "/permission-grants",
                Map.of(
                        "principalId",
                        "@ann",
                        "permission",
                        "redeem-for-others",
                        "actions",
                        List.of("release.deploy"),
                        "resources",
                        List.of(acme.id())));
        assertThat(names("wide-permission")).containsExactly("Person ann");
        done(acme.delete("/permission-grants/" + wide, acme.admin()));
        made(
                "/permission-grants",
                Map.of(
                        "principalId",
                        "@ann",
                        "permission",
                        "redeem-for-others",
                        "actions",
                        List.of("release.deploy"),
                        "resources",
                        List.of("web/production")));
        assertThat(names("wide-permission")).isEmpty();
    }

    @Test
    void comeInOneOrderPageByPage() {
        production("web");
        production("api");
        acme.team("nobody");
        team("sre", "ann", "bob", "cyd");
        made("/templates", template("Loose", 1, "@sre"));
        List<String> all = codes(acme.get("/findings", acme.admin()).body());
        assertThat(all)
                .containsExactly("uncovered-production", "uncovered-production", "empty-team", "unbound-template");
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = acme.get("/findings?limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor), acme.admin())
                    .body();
            paged.addAll(codes(page));
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(paged).isEqualTo(all);
        assertThat(acme.get("/findings?code=everything", acme.admin()).code()).isEqualTo("wrong-value");
    }

    private static List<String> codes(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path("code").asString())
                .toList();
    }
}
