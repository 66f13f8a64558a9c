package io.countersign.server.notify;

import io.countersign.server.notify.Attempt.Arrived;
import io.countersign.server.notify.Attempt.Missed;
import io.countersign.server.notify.Attempt.Refused;
import io.countersign.server.platform.StartRefused;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hands plain texts to the SMTP server of the operator. */
@Component
class MailSender {

    private static final Set<String> SECURITY = Set.of("starttls", "tls", "none");
    private static final String CONNECT_MILLIS = "5000";
    private static final String ANSWER_MILLIS = "10000";

    private final MailSettings settings;
    private final @Nullable InternetAddress from;
    private final @Nullable Session session;

    MailSender(MailSettings settings) {
        this.settings = settings;
        if (settings.given()) {
            from = from(settings);
            session = session(settings);
        } else {
            from = null;
            session = null;
        }
    }

    /** Whether the operator has named an SMTP server. */
    boolean given() {
        return session != null;
    }

    /** Whether mail can be addressed to this text: one address, and nothing else. */
    static boolean isAddress(String text) {
        try {
            new InternetAddress(text, true);
            return text.chars()
                            .noneMatch(letter -> letter <= ' ' || letter == 0x7f || "<>,;:()\"\\".indexOf(letter) >= 0)
                    && text.indexOf('@') > 0;
        } catch (AddressException none) {
            return false;
        }
    }

    private static InternetAddress from(MailSettings settings) {
        if (!SECURITY.contains(settings.security())) {
            throw new StartRefused(
                    "countersign.mail.security is starttls, tls or none, not `" + settings.security() + "`");
        }
        try {
            return new InternetAddress(settings.from(), true);
        } catch (AddressException malformed) {
            throw new StartRefused(
                    "countersign.mail.from is the sender of mail, such as `countersign@example.com`, not `"
                            + settings.from() + "`",
                    malformed);
        }
    }

    private static Session session(MailSettings settings) {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", settings.host());
        properties.put("mail.smtp.port", Integer.toString(settings.port()));
        properties.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        properties.put("mail.smtp.timeout", ANSWER_MILLIS);
        properties.put("mail.smtp.writetimeout", ANSWER_MILLIS);
        properties.put("mail.smtp.allow8bitmime", "true");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put(
                "mail.smtp.ssl.enable", Boolean.toString(settings.security().equals("tls")));
        properties.put(
                "mail.smtp.starttls.enable",
                Boolean.toString(settings.security().equals("starttls")));
        properties.put(
                "mail.smtp.starttls.required",
                Boolean.toString(settings.security().equals("starttls")));
        if (!settings.caFile().isBlank()) {
            properties.put("mail.smtp.ssl.socketFactory", trusting(settings.caFile()));
        }
        if (settings.user().isBlank()) {
            return Session.getInstance(properties);
        }
        properties.put("mail.smtp.auth", "true");
        String password = password(settings);
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(settings.user(), password);
            }
        });
    }

    /** Sockets that trust what rests on a certificate of this PEM file, and nothing else. */
    private static SSLSocketFactory trusting(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("mail-" + count, certificate);
                count++;
            }
            if (count == 0) {
                throw new StartRefused("the file of countersign.mail.ca-file holds no certificate");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException failed) {
            throw new StartRefused("the file of countersign.mail.ca-file cannot be read: " + failed, failed);
        }
    }

    private static String password(MailSettings settings) {
        if (settings.passwordFile().isBlank()) {
            return settings.password();
        }
        try {
            return Files.readString(Path.of(settings.passwordFile())).strip();
        } catch (IOException failed) {
            throw new StartRefused("the file of countersign.mail.password-file cannot be read: " + failed, failed);
        }
    }

    /**
     * Sends it once.
     *
     * @param id the same at every attempt: it becomes the {@code Message-ID}
     * @param subject one line; line breaks in it become blanks
     */
    Attempt send(String to, String id, String subject, String text, Instant now) {
        if (session == null || from == null) {
            return Missed.because("this server is given no SMTP server");
        }
        if (!isAddress(to)) {
            return new Refused("no e-mail address");
        }
        try {
            Transport.send(message(session, from, to, id, subject, text, now));
            return new Arrived("taken by " + settings.host());
        } catch (SendFailedException failed) {
            return judge(failed);
        } catch (MessagingException failed) {
            return Missed.because("the SMTP server did not take it");
        }
    }

    private static Attempt judge(SendFailedException failed) {
        for (Exception cause = failed; cause != null; cause = next(cause)) {
            if (cause instanceof SMTPAddressFailedException address && address.getReturnCode() / 100 == 5) {
                return new Refused("the SMTP server refuses the address: " + address.getReturnCode());
            }
        }
        return Missed.because("the SMTP server did not take it");
    }

    private static @Nullable Exception next(Exception cause) {
        return cause instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    private static MimeMessage message(
            Session session, InternetAddress from, String to, String id, String subject, String text, Instant now)
            throws MessagingException {
        String host = from.getAddress().substring(from.getAddress().indexOf('@') + 1);
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + id + "@" + host + ">");
            }
        };
        message.setFrom(from);
        message.setRecipient(RecipientType.TO, new InternetAddress(to, true));
        message.setSubject(subject.replaceAll("\\p{Cntrl}+", " ").strip(), StandardCharsets.UTF_8.name());
        message.setText(text, StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(now));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        return message;
    }
}
