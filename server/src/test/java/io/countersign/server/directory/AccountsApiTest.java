package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccountsApiTest {

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);

    private Answer add(String handle, String owner, String... accountable) {
        Map<String, Object> body = new HashMap<>(
                Map.of("handle", handle, "name", handle, "kind", "service", "ownerId", owner, "roles", List.of()));
        if (accountable.length > 0) {
            body.put("accountableId", accountable[0]);
        }
        return acme.post("/accounts", acme.admin(), body);
    }

    @Test
    void givesEveryAccountOnePersonWhoAnswersForIt() {
        String ben = acme.person("ben");
        acme.team("ops", "@ben");
        assertThat(add("of-ben", "@ben").body().path("accountableId").asString())
                .isEqualTo(ben);
        assertThat(add("of-ops", "@ops", "@ben").body().path("accountableId").asString())
                .isEqualTo(ben);
        assertThat(add("of-ops-too", "@ops").body().path("accountableId").asString())
                .isEqualTo(acme.adminId());
        assertThat(add("of-account", "@of-ops").body().path("accountableId").asString())
                .isEqualTo(ben);
        JsonNode chain = acme.get("/accounts/@of-account", acme.admin()).body().path("owners");
        assertThat(chain.path(0).path("handle").asString()
                        + chain.path(0).path("kind").asString())
                .isEqualTo("@of-opsservice");
        assertThat(chain.path(1).path("handle").asString()
                        + chain.path(1).path("kind").asString())
                .isEqualTo("@opsteam");
        assertThat(chain).hasSize(2);
        assertThat(add("wrong", "@ben", "@admin").code()).isEqualTo("wrong-value");
        assertThat(add("wrong", "@nobody").code()).isEqualTo("owner-not-found");
        assertThat(add("wrong", "@bootstrap").code()).isEqualTo("owner-not-found");
        Answer byBootstrap = acme.post(
                "/accounts",
                acme.bootstrap(),
                Map.of("handle", "wrong", "name", "x", "kind", "agent", "ownerId", "@ops"));
        assertThat(byBootstrap.body().path("violations").path(0).path("field").asString())
                .isEqualTo("accountableId");
    }

    @Test
    void refusesAccountsThatOwnThemselves() {
        acme.person("ben");
        add("one", "@ben");
        add("two", "@one");
        Answer cycle = acme.patch("/accounts/@one", acme.admin(), Map.of("ownerId", "@two"));
        assertThat(cycle.status()).isEqualTo(409);
        assertThat(cycle.code()).isEqualTo("account-cycle");
        assertThat(acme.patch("/accounts/@one", acme.admin(), Map.of("ownerId", "@one"))
                        .code())
                .isEqualTo("account-cycle");
        assertThat(acme.patch("/accounts/@two", acme.admin(), Map.of("ownerId", "@ben"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void endsTheTokensOfADeactivatedAccount() {
        acme.person("ben");
        add("bot", "@ben");
        acme.put("/roles/developer/holders/@bot", acme.admin());
        String token = acme.post("/accounts/@bot/tokens", acme.admin(), Map.of("name", "t", "scopes", List.of("read")))
                .body()
                .path("token")
                .asString();
        assertThat(acme.get("/me", token).body().path("kind").asString()).isEqualTo("service");
        assertThat(acme.patch("/accounts/@bot", acme.admin(), Map.of("active", false))
                        .status())
                .isEqualTo(200);
        assertThat(acme.get("/me", token).status()).isEqualTo(401);
        acme.patch("/accounts/@bot", acme.admin(), Map.of("active", true));
        assertThat(acme.get("/me", token).status()).isEqualTo(401);
        assertThat(acme.delete("/accounts/@bot", acme.admin()).status()).isEqualTo(204);
        assertThat(acme.get("/accounts/@bot", acme.admin()).status()).isEqualTo(404);
    }

    @Test
    void carriesNoMoreThanWhoMadeItsToken() {
        String ben = acme.signedIn("ben", "developer");
        add("bot", "@ben");
        acme.put("/roles/admin/holders/@bot", acme.admin());
        Map<String, Object> wide = Map.of("name", "t", "scopes", List.of("read", "directory"));
        Answer refused = acme.post("/accounts/@bot/tokens", ben, wide);
        assertThat(refused.code()).isEqualTo("scope-too-wide");
        assertThat(refused.body().path("scopes").toString()).isEqualTo("[\"directory\"]");

        String eve = acme.signedIn("eve", "admin");
        String token = acme.post("/accounts/@bot/tokens", eve, wide)
                .body()
                .path("token")
                .asString();
        Map<String, Object> team = Map.of("handle", "ops", "name", "Ops");
        assertThat(acme.post("/teams", token, team).status()).isEqualTo(201);
        acme.put("/roles/developer/holders/@eve", acme.admin());
        acme.delete("/roles/admin/holders/@eve", acme.admin());
        assertThat(acme.post("/teams", token, Map.of("handle", "dev", "name", "Dev"))
                        .code())
                .isEqualTo("permission-missing");
        assertThat(acme.get("/teams", token).status()).isEqualTo(200);
        acme.patch("/people/@eve", acme.admin(), Map.of("active", false));
        assertThat(acme.get("/teams", token).code()).isEqualTo("permission-missing");
    }

    @Test
    void keepsWhatItsAccountWasGivenByName() {
        acme.person("ben");
        add("bot", "@ben");
        acme.put("/roles/developer/holders/@bot", acme.admin());
        acme.post(
                "/permission-grants",
                acme.admin(),
                Map.of(
                        "permission",
                        "ask-on-behalf",
                        "principalId",
                        "@bot",
                        "actions",
                        List.of("release.deploy"),
                        "resources",
                        List.of(acme.id())));
        assertThat(acme.post(
                                "/accounts/@bot/tokens",
                                acme.admin(),
                                Map.of("name", "t", "scopes", List.of("ask", "on-behalf")))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void leavesTheBootstrapAccountToTheServer() {
        assertThat(acme.patch("/accounts/@bootstrap", acme.admin(), Map.of("name", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(acme.delete("/accounts/@bootstrap", acme.admin()).status()).isEqualTo(404);
        assertThat(acme.put("/roles/admin/holders/@bootstrap", acme.admin()).status())
                .isEqualTo(404);
        assertThat(acme.post(
                                "/accounts/@bootstrap/tokens",
                                acme.admin(),
                                Map.of("name", "t", "scopes", List.of("read")))
                        .status())
                .isEqualTo(404);
    }
}
