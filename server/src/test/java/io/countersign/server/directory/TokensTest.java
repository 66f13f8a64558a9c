package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Authenticator;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokensTest {

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);
    private final Authenticator authenticator = server.bean(Authenticator.class);

    private Answer make(String secret, Object body) {
        return acme.post("/tokens", secret, body);
    }

    private Caller caller(String secret) {
        return authenticator.authenticate(secret).orElseThrow();
    }

    @Test
    void neverReachesFurtherThanScopeAndRoleTogether() {
        for (String role :
                List.of("admin", "policy_manager", "compliance_officer", "security_manager", "developer", "viewer")) {
            String session = acme.signedIn("a-" + role, role);
            Caller person = caller(session);
            for (String scope : Scopes.ALL) {
                Answer made = make(session, Map.of("name", "t", "scopes", List.of(scope)));
                if (made.status() != 201) {
                    assertThat(made.code()).as(role + " " + scope).isIn("scope-too-wide", "permission-missing");
                    continue;
                }
                Caller token = caller(made.body().path("token").asString());
                for (Permission permission : Permission.values()) {
                    boolean may = authenticator.allows(token, permission);
                    boolean open = permission == Permission.PUBLIC || permission == Permission.SIGNED_IN;
                    boolean expected =
                            open || (permission.scopes().contains(scope) && authenticator.allows(person, permission));
                    assertThat(may).as(role + " " + scope + " " + permission).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void tellsWhenATokenWasLastUsedAndThoseOfOnePrincipal() {
        String ben = acme.signedIn("ben", "developer");
        String secret = acme.token(ben, "read");
        acme.token(acme.admin(), "read");
        JsonNode before =
                acme.get("/tokens?principal=@ben", acme.admin()).body().path("items");
        assertThat(before).hasSize(1);
        assertThat(before.at("/0/lastUsedAt").isString()).isFalse();
        assertThat(acme.get("/me", secret).status()).isEqualTo(200);
        assertThat(acme.get("/tokens?principal=@ben", ben)
                        .body()
                        .at("/items/0/lastUsedAt")
                        .isString())
                .isTrue();
        assertThat(acme.get("/tokens?principal=@admin", ben).body().path("items"))
                .isEmpty();
    }

    @Test
    void losesWhatItsMakerLoses() {
        String ben = acme.signedIn("ben", "policy_manager", "developer");
        String token = acme.token(ben, "policy", "read");
        assertThat(authenticator.allows(caller(token), Permission.POLICY_WRITE)).isTrue();
        assertThat(acme.delete("/roles/policy_manager/holders/@ben", acme.admin())
                        .status())
                .isEqualTo(204);
        assertThat(authenticator.allows(caller(token), Permission.POLICY_WRITE)).isFalse();
        assertThat(authenticator.allows(caller(token), Permission.POLICY_READ)).isTrue();
    }

    @Test
    void isRefusedWhereItWouldBeWiderThanItsMaker() {
        String ben = acme.signedIn("ben", "developer");
        Answer wide = make(ben, Map.of("name", "t", "scopes", List.of("read", "policy", "directory")));
        assertThat(wide.status()).isEqualTo(403);
        assertThat(wide.code()).isEqualTo("scope-too-wide");
        assertThat(wide.body().path("scopes").toString()).isEqualTo("[\"directory\",\"policy\"]");
        assertThat(make(ben, Map.of("name", "t", "scopes", List.of("on-behalf")))
                        .code())
                .isEqualTo("scope-too-wide");
    }

    @Test
    void isMadeInASessionOnly() {
        String ben = acme.signedIn("ben", "admin");
        String token = acme.token(ben, "read", "directory", "vote", "ask");
        assertThat(make(token, Map.of("name", "t", "scopes", List.of("read"))).status())
                .isEqualTo(403);
        assertThat(make(acme.bootstrap(), Map.of("name", "t", "scopes", List.of("read")))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void lastsThirtyDaysUnlessSaidOtherwise() {
        String ben = acme.signedIn("ben", "developer");
        Answer usual = make(ben, Map.of("name", "t", "scopes", List.of("read")));
        Instant expires = Instant.parse(usual.body().path("expiresAt").asString());
        Instant made = Instant.parse(usual.body().path("madeAt").asString());
        assertThat(Duration.between(made, expires)).isEqualTo(Duration.ofDays(30));
        assertThat(make(ben, Map.of("name", "t", "scopes", List.of("read"), "expiresIn", "P365D"))
                        .status())
                .isEqualTo(201);
        assertThat(make(ben, Map.of("name", "t", "scopes", List.of("read"), "expiresIn", "P366D"))
                        .status())
                .isEqualTo(400);
        assertThat(make(ben, Map.of("name", "t", "scopes", List.of("vote"), "expiresIn", "P30D"))
                        .status())
                .isEqualTo(201);
        Answer tooLong = make(ben, Map.of("name", "t", "scopes", List.of("vote"), "expiresIn", "P31D"));
        assertThat(tooLong.body().path("violations").path(0).path("field").asString())
                .isEqualTo("expiresIn");
    }

    @Test
    void refusesScopesThatAreNoneAndNoScopeAtAll() {
        String ben = acme.signedIn("ben", "developer");
        assertThat(make(ben, Map.of("name", "t", "scopes", List.of("everything")))
                        .status())
                .isEqualTo(400);
        assertThat(make(ben, Map.of("name", "t", "scopes", List.of())).status()).isEqualTo(400);
        assertThat(make(ben, Map.of("name", "t", "scopes", List.of("breakglass")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void endsWithItsTime() {
        try (TestServer simulated = TestServer.simulated(Instant.parse("2026-03-02T09:00:00Z"))) {
            TestOrganization there = TestOrganization.on(simulated);
            String ben = there.signedIn("ben", "developer");
            String token = there.post(
                            "/tokens", ben, Map.of("name", "t", "scopes", List.of("read"), "expiresIn", "PT1H"))
                    .body()
                    .path("token")
                    .asString();
            assertThat(there.get("/me", token).status()).isEqualTo(200);
            move(there, "2026-03-02T10:30:00Z");
            assertThat(there.get("/me", token).status()).isEqualTo(401);
            assertThat(there.get("/me", ben).status()).isEqualTo(200);
            // Nobody used the session for four hours.
            move(there, "2026-03-02T14:31:00Z");
            assertThat(there.get("/me", ben).status()).isEqualTo(401);
        }
    }

    private static void move(TestOrganization there, String to) {
        assertThat(there.post("/clock", there.bootstrap(), Map.of("to", to)).status())
                .isEqualTo(200);
    }

    @Test
    void isMadeForAnAccountByWhoAnswersForItOrAnAdministrator() {
        String ben = acme.signedIn("ben", "developer");
        String eve = acme.signedIn("eve", "developer");
        acme.team("ops", "@ben", "@eve");
        Answer account = acme.post(
                "/accounts",
                acme.admin(),
                Map.of(
                        "handle",
                        "bot",
                        "name",
                        "Bot",
                        "kind",
                        "service",
                        "ownerId",
                        "@ops",
                        "accountableId",
                        "@ben",
                        "roles",
                        List.of("developer")));
        assertThat(account.status()).as(account.text()).isEqualTo(201);
        Map<String, Object> wish = Map.of("name", "t", "scopes", List.of("ask", "redeem"));
        assertThat(acme.post("/accounts/@bot/tokens", eve, wish).code()).isEqualTo("not-accountable");
        assertThat(acme.post("/accounts/@bot/tokens", acme.admin(), wish).status())
                .isEqualTo(201);
        Answer made = acme.post("/accounts/@bot/tokens", ben, wish);
        assertThat(made.status()).isEqualTo(201);
        Caller bot = caller(made.body().path("token").asString());
        assertThat(bot.principalId()).isEqualTo(account.body().path("id").asString());
        assertThat(bot.credential().maker()).isEqualTo(caller(ben).principalId());
        assertThat(authenticator.allows(bot, Permission.ASK)).isTrue();
        assertThat(acme.post("/accounts/@bot/tokens", ben, Map.of("name", "t", "scopes", List.of("vote")))
                        .code())
                .isEqualTo("scope-too-wide");
        assertThat(acme.post("/accounts/@bot/tokens", ben, Map.of("name", "t", "scopes", List.of("policy")))
                        .code())
                .isEqualTo("scope-too-wide");
        assertThat(acme.post("/accounts/@admin/tokens", ben, wish).status()).isEqualTo(404);
    }

    @Test
    void isRevokedByItsOwnerByWhoMayRevokeAndByItself() {
        String ben = acme.signedIn("ben", "developer");
        String eve = acme.signedIn("eve", "developer");
        String security = acme.signedIn("sec", "security_manager");
        Answer one = make(ben, Map.of("name", "one", "scopes", List.of("read")));
        Answer two = make(ben, Map.of("name", "two", "scopes", List.of("read")));
        Answer three = make(ben, Map.of("name", "three", "scopes", List.of("read")));
        assertThat(revoke(one, eve).status()).isEqualTo(404);
        assertThat(revoke(one, two.body().path("token").asString()).status()).isEqualTo(404);
        assertThat(revoke(one, ben).body().path("state").asString()).isEqualTo("revoked");
        assertThat(revoke(two, two.body().path("token").asString()).status()).isEqualTo(200);
        assertThat(revoke(three, security).status()).isEqualTo(200);
        assertThat(revoke(three, security).status()).isEqualTo(200);
        for (Answer made : List.of(one, two, three)) {
            assertThat(acme.get("/me", made.body().path("token").asString()).status())
                    .isEqualTo(401);
        }
    }

    private Answer revoke(Answer token, String by) {
        return acme.post(
                "/tokens/" + token.body().path("id").asString() + "/revocation", by, Map.of("compromised", false));
    }

    @Test
    void isListedToItsOwnerAndToAdministrators() {
        String ben = acme.signedIn("ben", "developer");
        String eve = acme.signedIn("eve", "developer");
        acme.token(ben, "read");
        assertThat(acme.get("/tokens", eve).body().path("items").size()).isZero();
        assertThat(acme.get("/tokens", ben).body().path("items").size()).isEqualTo(1);
        assertThat(acme.get("/tokens", acme.admin()).body().path("items").size())
                .isEqualTo(1);
        assertThat(acme.get("/tokens", ben).text()).doesNotContain("cs_t_");
    }

    @Test
    void showsItsSecretOnceEvenWhenTheCallIsTriedAgain() {
        String ben = acme.signedIn("ben", "developer");
        Map<String, Object> wish = Map.of("name", "t", "scopes", List.of("read"));
        Answer first = server.call("POST", "/api/v1/tokens", ben, wish, "Idempotency-Key", "same");
        Answer again = server.call("POST", "/api/v1/tokens", ben, wish, "Idempotency-Key", "same");
        assertThat(first.body().path("token").asString()).startsWith("cs_t_");
        assertThat(again.body().has("token")).isFalse();
        assertThat(again.body().path("id")).isEqualTo(first.body().path("id"));
        assertThat(again.body().path("notice").asString()).isEqualTo("secret-already-shown");
    }

    @Test
    void keepsOnlyHashesOfSecrets() {
        String ben = acme.signedIn("ben", "developer");
        acme.token(ben, "read");
        for (String table : List.of("api_token", "sign_in_session", "one_time_link", "password")) {
            List<String> rows = server.database()
                    .sql()
                    .sql("SELECT row_to_json(t)::text FROM " + table + " t WHERE org_id = :org")
                    .param("org", acme.id())
                    .query((row, _) -> row.getString(1))
                    .list();
            assertThat(rows)
                    .isNotEmpty()
                    .noneMatch(row -> row.contains("cs_") || row.contains(TestOrganization.PASSWORD));
        }
    }
}
