package io.countersign.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person can approve is told with what it rests on. */
class ApprovablesApiTest {

    private final TestOrganization acme = TestOrganization.on(TestServer.shared());

    private void inForce(String name, Map<String, Object> approvers, Map<String, Object> more) {
        Map<String, Object> form = new HashMap<>(more);
        form.put("name", name);
        form.put("scope", List.of("organization"));
        form.put("approvers", approvers);
        form.putIfAbsent("quorum", Map.of("minApprovals", 1));
        String id = made("/templates", form);
        made("/bindings", Map.of("templateId", id, "level", "organization", "actions", List.of("release.deploy")));
    }

    private String made(String path, Object body) {
        Answer answer = acme.post(path, acme.admin(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body().path("id").asString();
    }

    private List<String> told(String person) {
        Answer answer = acme.get("/people/" + person + "/approvable-policies", acme.admin());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body()
                .path("items")
                .valueStream()
                .map(one -> one.path("name").asString() + " "
                        + one.path("through")
                                .valueStream()
                                .map(way -> way.path("kind").asString() + ":"
                                        + way.path("name").asString())
                                .toList()
                        + (one.path("counts").asBoolean() ? "" : " does not count")
                        + (one.path("onlyEscalated").asBoolean() ? " when escalated" : ""))
                .toList();
    }

    @Test
    void namesThePeopleTeamsAndRolesItRestsOn() {
        acme.person("ben", "developer", "policy_manager");
        acme.person("vera", "viewer");
        acme.team("sre", "@ben", "@vera");
        inForce("A by name", Map.of("users", List.of("@ben")), Map.of());
        inForce("B by team", Map.of("teams", List.of("@sre")), Map.of());
        inForce("C by role", Map.of("orgRoles", List.of("policy_manager")), Map.of());
        inForce(
                "D late",
                Map.of("users", List.of("@admin")),
                Map.of("escalation", Map.of("after", "PT1H", "approvers", Map.of("teams", List.of("@sre")))));
        inForce("E not", Map.of("users", List.of("@admin")), Map.of());

        assertThat(told("@ben"))
                .containsExactly(
                        "A by name [person:Person ben]",
                        "B by team [team:Team sre]",
                        "C by role [role:Policy manager]",
                        "D late [team:Team sre] when escalated");
        assertThat(told("@vera"))
                .containsExactly(
                        "B by team [team:Team sre] does not count",
                        "D late [team:Team sre] does not count when escalated");
        assertThat(acme.get("/people/@nobody/approvable-policies", acme.admin()).status())
                .isEqualTo(404);
    }
}
