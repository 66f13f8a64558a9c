package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An organization of a test's own on a running server, set up through the API like everybody's. */
public final class TestOrganization {

    public static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer server;
    private final String handle;
    private final String id;
    private final String adminId;
    private final String admin;

    private TestOrganization(TestServer server, String handle, Answer made) {
        this.server = server;
        this.handle = handle;
        this.id = made.body().path("id").asString();
        this.adminId = made.body().path("adminId").asString();
        this.admin = open(server, made.body().path("adminLink").path("link").asString());
    }

    /** A new one on this server, with the administrator {@code @admin} signed in. */
    public static TestOrganization on(TestServer server) {
        String handle = "org-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        Answer made = server.post(
                "/api/v1/organizations",
                TestServer.ADMIN_TOKEN,
                Map.of("handle", handle, "name", "Acme", "admin", Map.of("handle", "admin", "name", "Ada Admin")));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return new TestOrganization(server, handle, made);
    }

    /** Opens a one-time link with the usual password; answers the secret of the session. */
    public static String open(TestServer server, String link) {
        Answer session = server.call(
                "POST", "/api/v1/enrolments", null, Map.of("link", link, "password", PASSWORD, "transport", "bearer"));
        assertThat(session.status()).as(session.text()).isEqualTo(201);
        return session.body().path("secret").asString();
    }

    public String id() {
        return id;
    }

    public TestServer server() {
        return server;
    }

    public String handle() {
        return handle;
    }

    public String adminId() {
        return adminId;
    }

    /** The secret of the administrator's session. */
    public String admin() {
        return admin;
    }

    /** The secret of the server's administration token, to act in this organization. */
    public String bootstrap() {
        return TestServer.ADMIN_TOKEN + "@" + handle;
    }

    /** Adds a person with these roles; answers the id. */
    public String person(String handle, String... roles) {
        Answer made =
                post("/people", admin, Map.of("handle", handle, "name", "Person " + handle, "roles", List.of(roles)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.body().path("id").asString();
    }

    /** Adds a person, enrolled and signed in; answers the secret of the session. */
    public String signedIn(String handle, String... roles) {
        return enrol(admin, person(handle, roles));
    }

    /** Makes a link with this secret and opens it; answers the secret of the session. */
    public String enrol(String secret, String personId) {
        Answer link = post("/people/" + personId + "/enrolment-links", secret, Map.of("kind", "enrolment"));
        assertThat(link.status()).as(link.text()).isEqualTo(201);
        return open(server, link.body().path("link").asString());
    }

    /** Makes a token in a session; answers its secret. */
    public String token(String session, String... scopes) {
        Answer made = post("/tokens", session, Map.of("name", "test", "scopes", List.of(scopes)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.body().path("token").asString();
    }

    /** Adds a team; answers its id. */
    public String team(String handle, String... members) {
        Answer made = post("/teams", admin, Map.of("handle", handle, "name", "Team " + handle));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        for (String member : members) {
            assertThat(put("/teams/@" + handle + "/members/" + member, admin).status())
                    .isEqualTo(204);
        }
        return made.body().path("id").asString();
    }

    public Answer get(String path, @Nullable String secret) {
        return server.get("/api/v1" + path, secret);
    }

    public Answer post(String path, @Nullable String secret, @Nullable Object body) {
        return server.post("/api/v1" + path, secret, body);
    }

    public Answer put(String path, @Nullable String secret) {
        return server.call("PUT", "/api/v1" + path, secret, null);
    }

    public Answer delete(String path, @Nullable String secret) {
        return server.call("DELETE", "/api/v1" + path, secret, null);
    }

    /** Edits the version that is there now. */
    public Answer patch(String path, @Nullable String secret, Object body) {
        String version = get(path, secret).headers().firstValue("ETag").orElse("\"0\"");
        return server.call("PATCH", "/api/v1" + path, secret, body, "If-Match", version);
    }

    /** Signs in with the usual password. */
    public Answer signIn(String handle) {
        return signIn(handle, PASSWORD);
    }

    public Answer signIn(String who, String password) {
        return signIn(who, password, "bearer");
    }

    /**
     * Signs in.
     *
     * @param transport how the secret is to come back: {@code bearer} or {@code cookie}
     * @param headers names and values in turn
     */
    public Answer signIn(String who, String password, String transport, String... headers) {
        return server.call(
                "POST",
                "/api/v1/sessions",
                null,
                Map.of("organization", handle, "handle", who, "password", password, "transport", transport),
                headers);
    }
}
