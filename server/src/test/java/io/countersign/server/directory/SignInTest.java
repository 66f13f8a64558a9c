package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.ServerClock;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SignInTest {

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);

    @Test
    void letsAPersonInWithTheLinkThatWasMadeForHim() {
        String session = acme.signedIn("ben", "developer");
        Answer me = acme.get("/me", session);
        assertThat(me.body().path("handle").asString()).isEqualTo("ben");
        assertThat(me.body().path("roles").toString()).isEqualTo("[\"developer\"]");
        assertThat(me.body().path("organization").path("handle").asString()).isEqualTo(acme.handle());
    }

    @Test
    void letsAPersonInWithHandleAndPassword() {
        acme.signedIn("ben", "developer");
        Answer session = acme.signIn("@Ben");
        assertThat(session.status()).isEqualTo(201);
        assertThat(acme.get("/me", session.body().path("secret").asString()).status())
                .isEqualTo(200);
    }

    @Test
    void answersWrongPasswordsAndUnknownHandlesAlike() {
        acme.signedIn("ben", "developer");
        Answer wrong = acme.signIn("ben", "not the password");
        Answer unknown = acme.signIn("nobody-here", "not the password");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo(unknown.code()).isEqualTo("sign-in-failed");
        assertThat(wrong.body().path("detail")).isEqualTo(unknown.body().path("detail"));
    }

    @Test
    void makesAHandleWaitAfterTenFailures() {
        acme.signedIn("ben", "developer");
        for (int i = 0; i < 10; i++) {
            assertThat(acme.signIn("ben", "wrong password " + i).status()).isEqualTo(401);
        }
        Answer blocked = acme.signIn("ben");
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.code()).isEqualTo("too-many-attempts");
        assertThat(blocked.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(800L, 900L);
    }

    @Test
    void listsWhereAPersonIsSignedIn() {
        String first = acme.signedIn("ben", "developer");
        String second = acme.signIn("ben").body().path("secret").asString();
        Answer sessions = acme.get("/sessions", second);
        assertThat(sessions.body().path("items")).hasSize(2);
        assertThat(sessions.text()).containsOnlyOnce("\"current\":true").doesNotContain(second);
        acme.delete("/sessions/current", first);
        assertThat(acme.get("/sessions", second).body().path("items")).hasSize(1);
        assertThat(acme.get("/sessions", acme.token(second, "read")).code()).isEqualTo("session-required");
    }

    @Test
    void believesOnTheAddressOfACallOnlyTheProxiesThatAreNamed() {
        assertThat(failedFrom(acme)).isEqualTo("127.0.0.1");
        try (TestServer behindProxy = server.beside("--countersign.server.trusted-proxies=127.0.0.1,::1")) {
            assertThat(failedFrom(TestOrganization.on(behindProxy))).isEqualTo("203.0.113.7");
        }
    }

    private String failedFrom(TestOrganization organization) {
        Answer refused = organization.signIn(
                "nobody", "wrong password", "bearer", "X-Forwarded-For", "198.51.100.1, 203.0.113.7");
        assertThat(refused.status()).isEqualTo(401);
        return server.database()
                .owner()
                .sql("""
                        SELECT convert_from(body, 'UTF8')::jsonb #>> '{entry,address}' FROM audit_event
                         WHERE org_id = :org AND type = 'sign-in-failed'
                        """)
                .param("org", organization.id())
                .query((row, _) -> row.getString(1))
                .single();
    }

    @Test
    void forgetsSignInsAndLinksAMonthAfterTheyExpired() {
        String ben = acme.signedIn("ben", "developer");
        for (String table : List.of("sign_in_session", "one_time_link")) {
            server.database()
                    .owner()
                    .sql("UPDATE " + table + " SET expires_at = expires_at - interval '60 days' WHERE org_id = :org"
                            + " AND person_id <> :admin")
                    .param("org", acme.id())
                    .param("admin", acme.adminId())
                    .update();
        }
        Instant before = server.bean(ServerClock.class).now().minus(OldCredentialJob.KEPT);
        assertThat(server.bean(SessionStore.class).forget(before, 1000)).isPositive();
        assertThat(server.bean(LinkStore.class).forget(before, 1000)).isPositive();
        assertThat(acme.get("/me", ben).status()).isIn(200, 401);
        assertThat(acme.get("/me", acme.admin()).status()).isEqualTo(200);
        assertThat(acme.signIn("ben").status()).isEqualTo(201);
    }

    @Test
    void usesALinkUpOnce() {
        String ben = acme.person("ben", "developer");
        Answer link = acme.post("/people/" + ben + "/enrolment-links", acme.admin(), Map.of("kind", "enrolment"));
        String secret = link.body().path("link").asString();
        assertThat(link.body().path("url").asString()).endsWith("/enrol#" + secret);
        TestOrganization.open(server, secret);
        Answer again = server.call(
                "POST",
                "/api/v1/enrolments",
                null,
                Map.of("link", secret, "password", "another password", "transport", "bearer"));
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.code()).isEqualTo("link-not-found");
        assertThat(acme.signIn("ben").status()).isEqualTo(201);
    }

    @Test
    void keepsTheSecretOfACookieSessionOutOfTheAnswer() {
        acme.signedIn("ben", "developer");
        Answer session = cookieSession("ben");
        assertThat(session.body().has("secret")).isFalse();
        List<String> cookies = session.headers().allValues("Set-Cookie");
        assertThat(cookies)
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("countersign_session=cs_s_")
                        .contains("HttpOnly")
                        .contains("SameSite=Strict"));
        assertThat(acme.get("/me", null).status()).isEqualTo(401);
        assertThat(withCookies("GET", "/me", session, false).status()).isEqualTo(200);
    }

    @Test
    void demandsTheTokenAgainstForeignSitesForEveryChangeByCookie() {
        acme.signedIn("ben", "developer");
        Answer session = cookieSession("ben");
        Answer foreign = withCookies("DELETE", "/sessions/current", session, false);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.code()).isEqualTo("csrf-token-missing");
        assertThat(withCookies("GET", "/me", session, false).status()).isEqualTo(200);
        assertThat(withCookies("DELETE", "/sessions/current", session, true).status())
                .isEqualTo(204);
        assertThat(withCookies("GET", "/me", session, false).status()).isEqualTo(401);
    }

    private Answer cookieSession(String who) {
        return acme.signIn(who, TestOrganization.PASSWORD, "cookie");
    }

    @Test
    void endsTheSessionThatTheSameBrowserHadBefore() {
        acme.signedIn("ben", "developer");
        Answer first = cookieSession("ben");
        Answer again = withCookies(
                "POST",
                "/sessions",
                first,
                true,
                Map.of(
                        "organization",
                        acme.handle(),
                        "handle",
                        "ben",
                        "password",
                        TestOrganization.PASSWORD,
                        "transport",
                        "cookie"));
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(withCookies("GET", "/me", first, false).status()).isEqualTo(401);
        assertThat(withCookies("GET", "/me", again, false).status()).isEqualTo(200);
    }

    @Test
    void keepsTheFormerSessionWhenSigningInAgainFails() {
        acme.signedIn("ben", "developer");
        Answer first = cookieSession("ben");
        Answer again = withCookies(
                "POST",
                "/sessions",
                first,
                true,
                Map.of(
                        "organization",
                        acme.handle(),
                        "handle",
                        "ben",
                        "password",
                        "not the password",
                        "transport",
                        "cookie"));
        assertThat(again.status()).isEqualTo(401);
        assertThat(withCookies("GET", "/me", first, false).status()).isEqualTo(200);
    }

    @Test
    void tellsTheConsoleWhatItNeeds() {
        String ben = acme.signedIn("ben", "developer");
        JsonNode me = acme.get("/me", ben).body();
        assertThat(me.at("/organization/zone").asString()).isEqualTo("UTC");
        assertThat(me.at("/organization/staleAfter").asString()).isEqualTo("PT24H");
        assertThat(me.at("/clock/simulated").asBoolean()).isFalse();
        assertThat(me.at("/clock/recentSignIn").asString()).isEqualTo("PT10M");
    }

    @Test
    void keepsWhatAPersonPrefersAndGoesBackToWhatIsUsual() {
        String ben = acme.signedIn("ben", "developer");
        assertThat(acme.get("/me/preferences", ben).body().path("theme").asString())
                .isEqualTo("system");
        Map<String, Object> dark =
                Map.of("theme", "dark", "singleKeys", false, "startPage", "home", "zone", "Asia/Tokyo");
        assertThat(server.call("PUT", "/api/v1/me/preferences", ben, dark).status())
                .isEqualTo(200);
        JsonNode kept = acme.get("/me/preferences", ben).body();
        assertThat(kept.path("theme").asString()).isEqualTo("dark");
        assertThat(kept.path("singleKeys").asBoolean()).isFalse();
        assertThat(kept.path("zone").asString()).isEqualTo("Asia/Tokyo");
        assertThat(server.call("PUT", "/api/v1/me/preferences", ben, Map.of()).status())
                .isEqualTo(200);
        assertThat(acme.get("/me/preferences", ben).body().has("zone")).isFalse();
    }

    private Answer withCookies(String method, String path, Answer session, boolean token) {
        return withCookies(method, path, session, token, null);
    }

    private Answer withCookies(String method, String path, Answer session, boolean token, @Nullable Object body) {
        String cookies = session.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
        String csrf = cookies.substring(cookies.indexOf("XSRF-TOKEN=") + "XSRF-TOKEN=".length());
        return token
                ? server.call(method, "/api/v1" + path, null, body, "Cookie", cookies, "X-XSRF-TOKEN", csrf)
                : server.call(method, "/api/v1" + path, null, body, "Cookie", cookies);
    }

    @Test
    void endsOneSessionOrAll() {
        String first = acme.signedIn("ben", "developer");
        String second = acme.signIn("ben").body().path("secret").asString();
        String third = acme.signIn("ben").body().path("secret").asString();
        assertThat(acme.delete("/sessions/current", first).status()).isEqualTo(204);
        assertThat(acme.get("/me", first).status()).isEqualTo(401);
        assertThat(acme.get("/me", second).status()).isEqualTo(200);
        assertThat(acme.delete("/sessions", second).status()).isEqualTo(204);
        assertThat(acme.get("/me", second).status()).isEqualTo(401);
        assertThat(acme.get("/me", third).status()).isEqualTo(401);
    }

    @Test
    void refusesPasswordsThatAreShortOrTheFirstToBeTried() {
        String ben = acme.person("benjamin-the-first", "developer");
        Answer link = acme.post("/people/" + ben + "/enrolment-links", acme.admin(), Map.of("kind", "enrolment"));
        String secret = link.body().path("link").asString();
        assertThat(enrol(secret, "elevenchars").code()).isEqualTo("password-too-short");
        assertThat(enrol(secret, "x".repeat(257)).code()).isEqualTo("password-too-long");
        Answer guessable = enrol(secret, "Benjamin-The-First");
        assertThat(guessable.status()).isEqualTo(400);
        assertThat(guessable.code()).isEqualTo("password-guessable");
        assertThat(guessable.body().path("violations").path(0).path("field").asString())
                .isEqualTo("password");
        assertThat(enrol(secret, "twelve chars").status()).isEqualTo(201);
    }

    private Answer enrol(String link, String password) {
        return server.call(
                "POST", "/api/v1/enrolments", null, Map.of("link", link, "password", password, "transport", "bearer"));
    }

    @Test
    void resetsAPasswordByALinkAndEndsEverySession() {
        String before = acme.signedIn("ben", "developer");
        Answer early = acme.post("/people/@ben/enrolment-links", acme.admin(), Map.of("kind", "enrolment"));
        assertThat(early.code()).isEqualTo("enrolled-already");
        Answer link = acme.post("/people/@ben/enrolment-links", acme.admin(), Map.of("kind", "reset"));
        assertThat(enrol(link.body().path("link").asString(), "a new long password")
                        .status())
                .isEqualTo(201);
        assertThat(acme.get("/me", before).status()).isEqualTo(401);
        assertThat(acme.signIn("ben").status()).isEqualTo(401);
        assertThat(acme.signIn("ben", "a new long password").status()).isEqualTo(201);
    }

    @Test
    void opensOnlyTheNewestLink() {
        acme.person("ben", "developer");
        Answer first = acme.post("/people/@ben/enrolment-links", acme.admin(), Map.of("kind", "enrolment"));
        Answer second = acme.post("/people/@ben/enrolment-links", acme.admin(), Map.of("kind", "enrolment"));
        assertThat(enrol(first.body().path("link").asString(), TestOrganization.PASSWORD)
                        .status())
                .isEqualTo(404);
        assertThat(enrol(second.body().path("link").asString(), TestOrganization.PASSWORD)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void makesLinksForOthersOnlyAndInASessionOnly() {
        assertThat(acme.post("/people/@admin/enrolment-links", acme.admin(), Map.of("kind", "reset"))
                        .code())
                .isEqualTo("own-link");
        acme.person("ben", "developer");
        String token = acme.token(acme.admin(), "directory", "read");
        assertThat(acme.post("/people/@ben/enrolment-links", token, Map.of("kind", "enrolment"))
                        .code())
                .isEqualTo("session-required");
        assertThat(acme.post("/people/@ben/enrolment-links", acme.bootstrap(), Map.of("kind", "enrolment"))
                        .status())
                .isEqualTo(201);
        assertThat(acme.post(
                                "/people/@ben/enrolment-links",
                                acme.signedIn("eve", "developer"),
                                Map.of("kind", "enrolment"))
                        .code())
                .isEqualTo("permission-missing");
    }

    @Test
    void showsALinkOnceEvenWhenTheCallIsTriedAgain() {
        acme.person("ben", "developer");
        String path = "/api/v1/people/@ben/enrolment-links";
        Answer first = server.call("POST", path, acme.admin(), Map.of("kind", "enrolment"), "Idempotency-Key", "k-1");
        Answer again = server.call("POST", path, acme.admin(), Map.of("kind", "enrolment"), "Idempotency-Key", "k-1");
        assertThat(again.body().path("id")).isEqualTo(first.body().path("id"));
        assertThat(again.body().has("link")).isFalse();
        assertThat(again.body().path("notice").asString()).isEqualTo("secret-already-shown");
    }

    @Test
    void changesAPasswordByItsOwnersHand() {
        String session = acme.signedIn("ben", "developer");
        String other = acme.signIn("ben").body().path("secret").asString();
        Answer wrong = acme.post(
                "/me/password",
                session,
                Map.of("currentPassword", "not this one", "newPassword", "my own new password"));
        assertThat(wrong.code()).isEqualTo("wrong-password");
        Answer changed = acme.post(
                "/me/password",
                session,
                Map.of("currentPassword", TestOrganization.PASSWORD, "newPassword", "my own new password"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(204);
        assertThat(acme.get("/me", session).status()).isEqualTo(200);
        assertThat(acme.get("/me", other).status()).isEqualTo(401);
        assertThat(acme.signIn("ben", "my own new password").status()).isEqualTo(201);
        assertThat(acme.get("/people/@ben", acme.admin())
                        .body()
                        .path("credential")
                        .asString())
                .isEqualTo("unconfirmed");
    }

    @Test
    void confirmsACredentialByWhoIsIndependentOfItsMaker() {
        String security = acme.signedIn("sec", "security_manager");
        String ben = acme.signedIn("ben", "admin");
        acme.signedIn("eve", "developer");
        assertThat(confirm(acme.admin()).code()).isEqualTo("not-independent");
        assertThat(confirm(acme.signedIn("dev", "developer")).code()).isEqualTo("permission-missing");
        Answer confirmed = confirm(security);
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        assertThat(confirmed.body().path("credential").asString()).isEqualTo("confirmed");
        assertThat(acme.post("/people/@ben/credential-confirmation", ben, Map.of())
                        .code())
                .isEqualTo("not-independent");
    }

    private Answer confirm(String secret) {
        return acme.post("/people/@eve/credential-confirmation", secret, Map.of());
    }
}
