package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.countersign.server.notify.Receiver;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Emergencies reach those who must know, by real mail and real webhooks, and nobody else. */
class EmergencyNewsTest {

    private static GreenMail mail;
    private static Receiver receiver;
    private static TestServer server;

    @BeforeAll
    static void start() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        receiver = new Receiver();
        server = TestServer.start(
                "--countersign.mail.host=127.0.0.1",
                "--countersign.mail.port=" + mail.getSmtp().getPort(),
                "--countersign.mail.security=none",
                "--countersign.mail.from=Countersign <gate@example.com>",
                "--countersign.webhooks.allowed-networks=127.0.0.0/8",
                "--countersign.webhooks.plain-http=true",
                "--countersign.server.public-url=https://gate.example.com");
    }

    @AfterAll
    static void stop() {
        server.close();
        receiver.close();
        mail.stop();
    }

    /** An organization in which ann may open sessions, with sam as its security manager. */
    private static Scene scene(String managersEmail) {
        Scene scene = Scene.on(server).developer("ann", "sre").developer("bob", "security");
        scene.gate("Production", Map.of("minApprovals", 1), "security");
        new Glass(scene).allow("ann");
        scene.create(
                "/api/v1/people",
                Map.of("handle", "sam", "name", "Sam", "email", managersEmail, "roles", List.of("security_manager")));
        return scene;
    }

    private static Answer add(Scene scene, String means, String name, String address) {
        return scene.create(
                "/api/v1/notification-destinations", Map.of("means", means, "name", name, "address", address));
    }

    private static List<MimeMessage> mailTo(String address) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> to(message).equals(address))
                .toList();
    }

    private static String to(MimeMessage message) {
        try {
            return message.getRecipients(Message.RecipientType.TO)[0].toString();
        } catch (Exception malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (Exception malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static MimeMessage awaitMail(String address, String subject) {
        eventually(() ->
                mailTo(address).stream().anyMatch(message -> subject(message).contains(subject)));
        return mailTo(address).stream()
                .filter(message -> subject(message).contains(subject))
                .findFirst()
                .orElseThrow();
    }

    private static void eventually(BooleanSupplier so) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void anOpeningAndAllThatFollowsIsToldByMailAndWebhook() throws Exception {
        Scene scene = scene("sam@one.example");
        Glass glass = new Glass(scene);
        add(scene, "email", "SOC", "soc@one.example");
        String secret = add(scene, "webhook", "SIEM", receiver.url("/one"))
                .body()
                .path("secret")
                .asString();
        long opening = System.nanoTime();
        String session = glass.open("ann");
        Receiver.Call opened = receiver.await("/one", "io.countersign.breakglass.opened");
        MimeMessage toSam = awaitMail("sam@one.example", "ann (@ann) opened break-glass session " + session);
        awaitMail("soc@one.example", "opened break-glass session " + session);
        assertThat(Duration.ofNanos(System.nanoTime() - opening)).isLessThan(Duration.ofSeconds(10));

        assertThat(opened.signedWith(secret)).isTrue();
        assertThat(opened.header("content-type")).isEqualTo("application/cloudevents+json");
        assertThat(opened.json().path("specversion").asString()).isEqualTo("1.0");
        assertThat(opened.json().path("subject").asString()).isEqualTo(session);
        assertThat(opened.json().path("data").path("link").asString())
                .isEqualTo("https://gate.example.com/breakglass/" + session);
        assertThat(opened.json().path("data").path("facts").path("incident").asString())
                .isEqualTo("INC-4711");
        assertThat(toSam.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(toSam.getHeader("Message-ID")[0]).matches("<ntf_[0-9a-z]{26}@example.com>");
        assertThat(GreenMailUtil.getBody(toSam))
                .contains("https://gate.example.com/breakglass/" + session, "INC-4711", "customers cannot pay");

        Map<String, Object> deploy = Scene.deploy("emergency");
        Answer asked = glass.ask("ann", session, deploy);
        Scene.expect(200, glass.redeem("ann", deploy, asked));
        Scene.expect(200, glass.revoke("ann", session));
        receiver.await("/one", "io.countersign.request.bypassed");
        receiver.await("/one", "io.countersign.grant.redeemed");
        receiver.await("/one", "io.countersign.breakglass.revoked");
        awaitMail("sam@one.example", "ann (@ann) ended break-glass session " + session);
        awaitMail("sam@one.example", "passed approvals in break-glass session " + session);

        eventually(() -> glass.entries("notification-delivered").stream()
                        .filter(entry ->
                                entry.path("entry").path("about").asString().equals("breakglass-opened"))
                        .count()
                == 3);
        assertThat(server.get("/api/v1/breakglass-sessions/" + session + "/timeline", scene.admin())
                        .text())
                .contains("notification-delivered");
    }

    @Test
    void anEmergencyWorkflowIsToldLikeASession() throws Exception {
        Scene scene = scene("sam@six.example");
        scene.create(
                "/api/v1/actions",
                Map.of(
                        "id",
                        "service.restore",
                        "title",
                        "Restore",
                        "risk",
                        "high",
                        "level",
                        "environment",
                        "emergency",
                        true));
        awaitMail("sam@six.example", "There is a new kind of emergency action: service.restore");
        scene.bind(
                scene.template("Emergency", Map.of("minApprovals", 1), Map.of(), "security"),
                "payments/production",
                "service.restore");
        Map<String, Object> restore = Scene.deploy("restore");
        restore.put("action", "service.restore");
        String number = scene.held("ann", restore);
        MimeMessage told = awaitMail("sam@six.example", "asks for an emergency change: service.restore");
        assertThat(GreenMailUtil.getBody(told))
                .contains("https://gate.example.com/approvals/" + number, "the customers wait for it");
        scene.approve("bob", number);
        awaitMail("sam@six.example", "The emergency change " + number + " was approved");
        Scene.expect(200, scene.redeem("ann", restore, scene.digest(number), Scene.executionId()));
        awaitMail("sam@six.example", "The emergency grant of " + number + " was used");
    }

    @Test
    void nobodyOutsideTheOrganizationIsTold() {
        Scene ours = scene("sam@two.example");
        Scene theirs = scene("eve@three.example");
        add(ours, "webhook", "SIEM", receiver.url("/two"));
        add(theirs, "webhook", "SIEM", receiver.url("/three"));
        new Glass(ours).open("ann");
        receiver.await("/two", "io.countersign.breakglass.opened");
        awaitMail("sam@two.example", "opened break-glass");
        assertThat(receiver.types("/three")).doesNotContain("io.countersign.breakglass.opened");
        assertThat(mailTo("eve@three.example"))
                .noneMatch(message -> subject(message).contains("opened break-glass"));
    }

    @Test
    void securityManagersAreToldWithNoDestinationAtAllAndHearWhatChanges() {
        Scene scene = scene("sam@four.example");
        String id = add(scene, "webhook", "SIEM", receiver.url("/four"))
                .body()
                .path("id")
                .asString();
        awaitMail("sam@four.example", "Emergencies are told to `SIEM` too");
        assertThat(server.call("DELETE", "/api/v1/notification-destinations/" + id, scene.admin(), null)
                        .status())
                .isEqualTo(204);
        awaitMail("sam@four.example", "Emergencies are told to `SIEM` no longer");
        String session = new Glass(scene).open("ann");
        awaitMail("sam@four.example", "opened break-glass session " + session);
        assertThat(receiver.types("/four")).doesNotContain("io.countersign.breakglass.opened");
    }

    @Test
    void whereNobodyIsToldTheLogSaysSo() {
        Scene scene = Scene.on(server).developer("ann", "sre");
        scene.gate("Production", Map.of("minApprovals", 1), "sre");
        Glass glass = new Glass(scene).allow("ann");
        assertThat(server.get("/api/v1/notification-audience", scene.admin())
                        .body()
                        .path("reached")
                        .asBoolean())
                .isFalse();
        glass.open("ann");
        eventually(() -> glass.entries("notification-unheard").size() == 1);
        assertThat(glass.entries("notification-unheard")
                        .getFirst()
                        .path("prominent")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void noSessionChangesWhoHearsOfIt() {
        Scene scene = scene("sam@five.example");
        Answer refused = server.call(
                "POST",
                "/api/v1/notification-destinations",
                scene.admin(),
                Map.of("means", "email", "name", "x", "address", "x@five.example"),
                "Idempotency-Key",
                "0123456789abcdef",
                "Countersign-Break-Glass",
                "BG-1");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("break-glass-not-here");
    }
}
