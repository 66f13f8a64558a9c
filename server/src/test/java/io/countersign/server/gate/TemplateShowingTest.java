package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Lists and editors are told what rules mean: names, where they are bound, in how many ways they can be met, what they held. */
class TemplateShowingTest {

    private final TestOrganization acme = TestOrganization.on(TestServer.shared());
    private String gate = "";

    @BeforeEach
    void aGateOnProduction() {
        made("/projects", Map.of("name", "web"));
        made("/environments", Map.of("projectId", "web", "name", "production", "tier", "production"));
        for (String person : List.of("ann", "bob", "cyd")) {
            acme.person(person, "developer");
        }
        acme.person("vic", "viewer");
        acme.team("sre", "@ann", "@bob", "@cyd", "@vic");
        gate = made("/templates", template("Gate", 2));
        made("/bindings", Map.of("templateId", gate, "level", "project", "targetId", "web"));
    }

    private String made(String path, Object body) {
        Answer answer = acme.post(path, acme.admin(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body().path("id").asString();
    }

    private static Map<String, Object> template(String name, int approvals) {
        Map<String, Object> form = new HashMap<>();
        form.put("name", name);
        form.put("description", "Somebody awake looks at it");
        form.put("scope", List.of("organization", "project"));
        form.put("approvers", Map.of("teams", List.of("@sre")));
        form.put("quorum", Map.of("minApprovals", approvals));
        return form;
    }

    private JsonNode got(String path) {
        Answer answer = acme.get(path, acme.admin());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode posted(String path, Object body) {
        Answer answer = acme.post(path, acme.admin(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void aRowSaysWhereItIsBoundAndInHowManyWaysItCanBeMet() {
        JsonNode row = got("/templates").path("items").get(0);
        assertThat(row.path("names")
                        .path(row.path("approvers").path("teams").get(0).asString())
                        .asString())
                .isEqualTo("Team sre");
        assertThat(row.path("boundTo").get(0).path("targetName").asString()).isEqualTo("web");
        assertThat(row.path("chances").path("possible").asBoolean()).isTrue();
        assertThat(row.path("chances").path("ways").asInt()).isEqualTo(3);
        assertThat(row.path("chances").has("groups")).isFalse();
        assertThat(row.has("calendar")).isFalse();
        assertThat(acme.delete("/teams/@sre/members/@ann", acme.admin()).status())
                .isEqualTo(204);
        JsonNode chances = got("/templates").path("items").get(0).path("chances");
        assertThat(chances.path("ways").asInt()).isEqualTo(1);
        assertThat(chances.path("restsOn")).hasSize(2);
    }

    @Test
    void aSearchFindsNamesAndDescriptions() {
        made("/templates", template("Percent 100%", 1));
        assertThat(got("/templates?q=GATE").path("items")).hasSize(1);
        assertThat(got("/templates?q=awake").path("items")).hasSize(2);
        assertThat(got("/templates?q=%25").path("items")).hasSize(1);
        assertThat(got("/templates?q=nothing").path("items")).isEmpty();
    }

    @Test
    void aTemplateNamesWhoCountsAndWhoDoesNot() {
        JsonNode team = got("/templates/" + gate).path("chances").path("groups").get(0);
        assertThat(team.path("counting").asInt()).isEqualTo(3);
        assertThat(team.path("size").asInt()).isEqualTo(4);
        JsonNode last = team.path("members").get(3);
        assertThat(last.path("handle").asString()).isEqualTo("vic");
        assertThat(last.path("why").asString()).isEqualTo("holds no role other than viewer");
        assertThat(got("/templates/" + gate + "/versions").at("/items/0/names").isEmpty())
                .isFalse();
    }

    @Test
    void aPreviewTellsWhatNobodyCouldMeetAndRefusesWhatIsWrong() {
        JsonNode preview = posted("/previews", Map.of("template", template("Too many", 4)));
        assertThat(preview.path("refusals").get(0).path("code").asString()).isEqualTo("cannot-be-met");
        assertThat(preview.path("chances").path("possible").asBoolean()).isFalse();
        assertThat(preview.path("chances")
                        .path("groups")
                        .get(0)
                        .path("counting")
                        .asInt())
                .isEqualTo(3);
        assertThat(preview.has("fewestApprovals")).isFalse();
        Answer wrong = acme.post("/previews", acme.admin(), Map.of("template", template("", 1)));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(posted("/previews", Map.of("template", template("Enough", 3)))
                        .path("refusals"))
                .isEmpty();
    }

    @Test
    void anExplanationSaysWhoCouldApproveAndWhoCouldNotAndWhy() {
        Map<String, Object> form = new HashMap<>(
                Map.of("action", "release.deploy", "resource", Map.of("type", "environment", "id", "web/production")));
        form.put("subject", "@ann");
        JsonNode demand = posted("/explanations", form).path("demands").get(0);
        assertThat(demand.path("name").asString()).isEqualTo("Gate");
        assertThat(demand.path("eligible").asInt()).isEqualTo(2);
        assertThat(demand.path("fewestApprovals").asInt()).isEqualTo(2);
        assertThat(demand.path("excluded").get(0).path("handle").asString()).isEqualTo("ann");
        assertThat(demand.path("excluded").get(0).path("why").asString()).isEqualTo("asked for this");
        assertThat(acme.delete("/teams/@sre/members/@bob", acme.admin()).status())
                .isEqualTo(204);
        assertThat(posted("/explanations", form).path("demands").get(0).has("fewestApprovals"))
                .isFalse();
        assertThat(acme.post(
                                "/explanations",
                                acme.admin(),
                                Map.of(
                                        "action", "release.deploy",
                                        "resource", Map.of("type", "environment", "id", "web/production"),
                                        "subject", "@nobody"))
                        .code())
                .isEqualTo("unknown-subject");
    }

    @Test
    void whatATemplateHeldAndHoldsIsTold() {
        assertThat(got("/template-uses").path("items")).isEmpty();
        Answer asked = acme.post(
                "/asks",
                acme.signedIn("dora", "developer"),
                Map.of(
                        "action", "release.deploy",
                        "resource", Map.of("type", "environment", "id", "web/production", "to", "v2"),
                        "reason", "because"));
        assertThat(asked.status()).as(asked.text()).isEqualTo(201);
        JsonNode use = got("/template-uses").path("items").get(0);
        assertThat(use.path("templateId").asString()).isEqualTo(gate);
        assertThat(use.path("held").asInt()).isEqualTo(1);
        assertThat(use.path("lastHeldAt").isMissingNode()).isFalse();
        JsonNode held =
                got("/template-uses/" + gate + "/requests").path("items").get(0);
        assertThat(held.path("number").asString())
                .isEqualTo(asked.body().path("request").path("number").asString());
        assertThat(held.path("resource").asString()).isEqualTo("web/production");
        assertThat(acme.get("/template-uses/tpl_other/requests", acme.admin()).code())
                .isEqualTo("template-not-found");
    }
}
