package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The owner of a session is reminded by real mail to end it, by a clock that the test moves. */
class ReminderMailTest {

    private static GreenMail mail;
    private static TestServer server;

    @BeforeAll
    static void start() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        server = TestServer.simulated(
                Instant.parse("2026-03-02T09:00:00Z"),
                "--countersign.mail.host=127.0.0.1",
                "--countersign.mail.port=" + mail.getSmtp().getPort(),
                "--countersign.mail.security=none",
                "--countersign.mail.from=gate@example.com",
                "--countersign.server.public-url=https://gate.example.com");
    }

    @AfterAll
    static void stop() {
        server.close();
        mail.stop();
    }

    @Test
    void theOwnerAloneIsRemindedWhenItIsIdleAndBeforeItEnds() throws Exception {
        Scene scene = Scene.on(server).developer("ann", "sre").developer("bob", "security");
        scene.gate("Production", Map.of("minApprovals", 1), "security");
        address(scene, "ann", "ann@example.com");
        address(scene, "bob", "bob@example.com");
        Glass glass = new Glass(scene).allow("ann");
        String session = glass.open("ann", Glass.form("PT1H", List.of("release.deploy"), "payments/production"));

        scene.pass(Duration.ofMinutes(14));
        scene.pass(Duration.ofMinutes(1));
        MimeMessage idle = await("Break-glass session " + session + " is idle: end it if the incident is contained");
        assertThat(GreenMailUtil.getBody(idle))
                .contains("https://gate.example.com/breakglass/" + session, "INC-4711", "2026-03-02T10:0");
        assertThat(to(idle)).isEqualTo("ann@example.com");

        scene.pass(Duration.ofMinutes(35));
        MimeMessage soon = await("Break-glass session " + session + " ends soon: end it if the incident is contained");
        assertThat(to(soon)).isEqualTo("ann@example.com");
        assertThat(soon.getHeader("Auto-Submitted")).containsExactly("auto-generated");

        scene.pass(Duration.ofMinutes(11));
        glass.entries("breakglass-ended");
        assertThat(mail.getReceivedMessages())
                .as("nothing is told twice, and nothing to who neither owns it nor manages security")
                .hasSize(2);
    }

    /** Gives a person an e-mail address. */
    private static void address(Scene scene, String handle, String email) {
        Answer person = Scene.expect(200, server.get("/api/v1/people/@" + handle, scene.admin()));
        Scene.expect(
                200,
                server.call(
                        "PATCH",
                        "/api/v1/people/@" + handle,
                        scene.admin(),
                        Map.of("email", email),
                        "If-Match",
                        "\"" + person.body().path("version").asLong() + "\""));
    }

    private static MimeMessage await(String subject) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < until) {
            for (MimeMessage message : mail.getReceivedMessages()) {
                if (message.getSubject().equals("[Countersign] " + subject)) {
                    return message;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("no such mail: "
                + Arrays.stream(mail.getReceivedMessages())
                        .map(ReminderMailTest::subject)
                        .toList());
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (Exception malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static String to(MimeMessage message) throws Exception {
        return message.getRecipients(Message.RecipientType.TO)[0].toString();
    }
}
