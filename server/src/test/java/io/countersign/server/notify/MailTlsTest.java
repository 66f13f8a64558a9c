package io.countersign.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.notify.Attempt.Arrived;
import io.countersign.server.notify.Attempt.Missed;
import io.countersign.server.platform.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail over real TLS, after STARTTLS and from the first byte, to a server whose certificate is trusted, or not. */
class MailTlsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    @TempDir
    private Path folder;

    private SmtpCounterpart counterpart(String name, String security) {
        return new SmtpCounterpart(folder, name, security.equals("tls"));
    }

    private static Attempt send(SmtpCounterpart server, String security, String caFile) {
        MailSender sender = new MailSender(new MailSettings(
                "127.0.0.1",
                server.port(),
                security,
                "gate",
                "let me in",
                "",
                caFile,
                "Countersign <gate@example.com>"));
        return sender.send("sam@example.org", "ntf_1", "Ann opened a session", "customers cannot pay\n", NOW);
    }

    private String trusted() {
        return SmtpCounterpart.certificate(folder).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void arrivesEncryptedAndSignedIn(String security) {
        try (SmtpCounterpart server = counterpart("ip:127.0.0.1", security)) {
            assertThat(send(server, security, trusted())).isInstanceOf(Arrived.class);
            assertThat(server.taken()).singleElement().satisfies(mail -> {
                assertThat(mail.encrypted()).isTrue();
                assertThat(mail.signedIn()).isEqualTo("gate\u0000gate\u0000let me in");
                assertThat(mail.to()).contains("<sam@example.org>");
                assertThat(mail.text())
                        .contains("Subject: Ann opened a session", "Message-ID: <ntf_1@example.com>")
                        .contains("customers cannot pay");
            });
            assertThat(server.inTheOpen())
                    .as("before TLS nothing but the wish for it")
                    .allSatisfy(line -> assertThat(line).matches("EHLO .*|STARTTLS"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void sendsNothingToAStranger(String security) {
        try (SmtpCounterpart server = counterpart("ip:127.0.0.1", security)) {
            assertThat(send(server, security, "")).isInstanceOf(Missed.class);
            assertThat(server.taken()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void sendsNothingToAServerOfAnotherName(String security) {
        try (SmtpCounterpart server = counterpart("dns:mail.example.org", security)) {
            assertThat(send(server, security, trusted())).isInstanceOf(Missed.class);
            assertThat(server.taken()).isEmpty();
        }
    }

    @Test
    void refusesToStartWithAFileThatHoldsNoCertificate() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        for (Path file : new Path[] {empty, garbage, folder.resolve("missing.pem")}) {
            assertThatThrownBy(() -> new MailSender(
                            new MailSettings("127.0.0.1", 25, "tls", "", "", "", file.toString(), "gate@example.com")))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("countersign.mail.ca-file");
        }
    }
}
