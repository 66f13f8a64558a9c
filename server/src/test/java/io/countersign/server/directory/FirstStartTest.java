package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.StartRefused;
import io.countersign.server.platform.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FirstStartTest {

    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/enrol#(cs_l_[a-z0-9]{52})");

    /** What a server's start prints, and the server. */
    private record Started(TestServer server, String printed) {}

    private static Started printed(Supplier<TestServer> start) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            return new Started(start.get(), bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void invitesTheFirstAdministratorOnceByAPrintedLink() {
        Started first = printed(() -> TestServer.start(
                "--COUNTERSIGN_ADMIN_TOKEN=",
                "--countersign.organization.handle=acme",
                "--countersign.organization.name=Acme",
                "--countersign.organization.admin-handle=ada"));
        try (TestServer server = first.server()) {
            Matcher link = LINK.matcher(first.printed());
            assertThat(link.find()).as(first.printed()).isTrue();
            assertThat(link.find()).isFalse();
            assertThat(first.printed()).contains("@ada");
            Started second = printed(() -> server.beside("--COUNTERSIGN_ADMIN_TOKEN="));
            second.server().close();
            assertThat(second.printed()).doesNotContain("cs_l_");

            Matcher again = LINK.matcher(first.printed());
            assertThat(again.find()).isTrue();
            String session = TestOrganization.open(server, again.group(1));
            var me = server.get("/api/v1/me", session).body();
            assertThat(me.path("organization").path("handle").asString()).isEqualTo("acme");
            assertThat(me.path("organization").path("setUp").path("active").asBoolean())
                    .isTrue();
            assertThat(me.path("roles").path(0).asString()).isEqualTo("admin");
        }
    }

    @Test
    void leavesTheSettingUpToTheAdministrationTokenWhereThereIsOne() {
        Started started = printed(TestServer::start);
        try (TestServer server = started.server()) {
            assertThat(started.printed()).doesNotContain("cs_l_");
            var me = server.get("/api/v1/me", TestServer.ADMIN_TOKEN).body();
            assertThat(me.path("kind").asString()).isEqualTo("bootstrap");
            assertThat(me.path("permissions").toString())
                    .contains("directory-write", "policy-write", "organizations-create")
                    .doesNotContain("\"vote\"", "\"ask\"", "tokens-own");
        }
    }

    @Test
    void refusesAnAdministrationTokenThatCouldBeGuessed() {
        assertThatThrownBy(() -> TestServer.start("--COUNTERSIGN_ADMIN_TOKEN=short"))
                .hasRootCauseInstanceOf(StartRefused.class)
                .rootCause()
                .hasMessageContaining("at least 32 characters");
    }
}
