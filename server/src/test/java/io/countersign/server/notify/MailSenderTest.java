package io.countersign.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.countersign.server.notify.Attempt.Arrived;
import io.countersign.server.notify.Attempt.Missed;
import io.countersign.server.notify.Attempt.Refused;
import io.countersign.server.platform.StartRefused;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail over real SMTP: what is sent, and what nobody can smuggle into it. */
class MailSenderTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private GreenMail mail;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    private MailSender sender(String security, String user, String password, String passwordFile) {
        return to(mail.getSmtp().getPort(), security, user, password, passwordFile);
    }

    private static MailSender to(int port, String security, String user, String password, String passwordFile) {
        return new MailSender(new MailSettings(
                "127.0.0.1", port, security, user, password, passwordFile, "", "Countersign <gate@example.com>"));
    }

    private static Attempt send(MailSender sender, String to, String subject) {
        return sender.send(to, "ntf_1", subject, "Zeile eins: \u00e4\u00f6\u00fc\n.\nafter the dot\n", NOW);
    }

    @Test
    void sendsPlainTextWithAStableIdAndAsAutomatic() throws Exception {
        assertThat(send(sender("none", "", "", ""), "sam@example.org", "Schl\u00fcssel"))
                .isInstanceOf(Arrived.class);
        MimeMessage message = mail.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("Schl\u00fcssel");
        assertThat(message.getFrom()[0]).hasToString("Countersign <gate@example.com>");
        assertThat(message.getHeader("Message-ID")).containsExactly("<ntf_1@example.com>");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getContentType()).startsWith("text/plain");
        assertThat(message.getSentDate()).isEqualTo(NOW);
        assertThat(message.getContent().toString()).contains("\u00e4\u00f6\u00fc", "after the dot");
    }

    @Test
    void noSubjectAddsAHeader() throws Exception {
        send(sender("none", "", "", ""), "sam@example.org", "one\r\nBcc: eve@example.org\r\n\r\nbody");
        MimeMessage message = mail.getReceivedMessages()[0];
        assertThat(mail.getReceivedMessages()).hasSize(1);
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getSubject()).isEqualTo("one Bcc: eve@example.org body");
        assertThat(GreenMailUtil.getHeaders(message)).doesNotContain("\nBcc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.org,b@example.org",
                "a@example.org\r\nBcc: b@example.org",
                "Sam <sam@example.org>",
                "sam",
                "sam@",
                "@example.org",
                "a b@example.org",
                "\"a b\"@example.org",
                "a@b>x",
                ""
            })
    void sendsToOneAddressAndNothingElse(String to) {
        assertThat(send(sender("none", "", "", ""), to, "x")).isInstanceOf(Refused.class);
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void signsInWithThePasswordOfAFile() throws IOException {
        mail.setUser("gate", "let me in");
        Path file = Files.writeString(folder.resolve("password"), "let me in\n");
        assertThat(send(sender("none", "gate", "", file.toString()), "sam@example.org", "x"))
                .isInstanceOf(Arrived.class);
        Attempt refused = send(sender("none", "gate", "wrong", ""), "sam@example.org", "x");
        assertThat(refused).isInstanceOf(Missed.class);
        assertThat(refused.result()).doesNotContain("wrong");
    }

    @Test
    void sendsNothingInTheOpenWhereTlsIsWanted() {
        assertThat(send(sender("starttls", "", "", ""), "sam@example.org", "x")).isInstanceOf(Missed.class);
        assertThat(send(sender("tls", "", "", ""), "sam@example.org", "x")).isInstanceOf(Missed.class);
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void trustsNoCertificateOfAStranger() {
        GreenMail stranger = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        stranger.start();
        try {
            int port = stranger.getSmtps().getPort();
            assertThat(send(to(port, "tls", "", "", ""), "sam@example.org", "x"))
                    .isInstanceOf(Missed.class);
            assertThat(stranger.getReceivedMessages()).isEmpty();
        } finally {
            stranger.stop();
        }
    }

    @Test
    void givesUpOnAnAddressThatIsRefusedForGoodAndTriesAgainOtherwise() {
        assertThat(send(to(answering("550 no such user"), "none", "", "", ""), "sam@example.org", "x"))
                .isInstanceOf(Refused.class);
        assertThat(send(to(answering("450 later"), "none", "", "", ""), "sam@example.org", "x"))
                .isInstanceOf(Missed.class);
        MailSender unanswered = sender("none", "", "", "");
        mail.stop();
        assertThat(send(unanswered, "sam@example.org", "x")).isInstanceOf(Missed.class);
    }

    @Test
    void refusesToStartWithHalfASetting() {
        assertThatThrownBy(() -> new MailSender(new MailSettings("mail.example", 25, "none", "", "", "", "", "")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("countersign.mail.from");
        assertThatThrownBy(() -> sender("ssl", "", "", "")).hasMessageContaining("countersign.mail.security");
        assertThatThrownBy(() ->
                        sender("none", "gate", "", folder.resolve("missing").toString()))
                .hasMessageContaining("countersign.mail.password-file");
        assertThat(new MailSender(new MailSettings("", 25, "none", "", "", "", "", "")).given())
                .isFalse();
    }

    /** A server of one call that answers every recipient with this. */
    private static int answering(String recipient) {
        try {
            ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            Thread.startVirtualThread(() -> {
                try (listening;
                        Socket socket = listening.accept();
                        BufferedReader in = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
                    say(socket, "220 ready");
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        say(socket, line.startsWith("RCPT") ? recipient : "250 fine");
                    }
                } catch (IOException over) {
                    throw new UncheckedIOException(over);
                }
            });
            return listening.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
