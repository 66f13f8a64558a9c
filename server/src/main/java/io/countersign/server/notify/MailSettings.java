package io.countersign.server.notify;

import io.countersign.server.platform.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Which server takes the mail. */
@ConfigurationProperties("countersign.mail")
record MailSettings(
        @Setting("SMTP server that takes the mail; empty means that no mail is sent") @DefaultValue("")
        String host,

        @Setting("TCP port of the SMTP server: 587 for starttls, 465 for tls") @DefaultValue("587")
        int port,

        @Setting("starttls, tls, or none for a server on the same machine") @DefaultValue("starttls")
        String security,

        @Setting("user of the SMTP server; empty means without signing in") @DefaultValue("")
        String user,

        @Setting("password of that user; better in a file") @DefaultValue("")
        String password,

        @Setting("file that holds the password of that user") @DefaultValue("")
        String passwordFile,

        @Setting(
                "PEM file with the certificates that the SMTP server's own may rest on; empty means those the machine trusts")
        @DefaultValue("")
        String caFile,

        @Setting("sender of every mail, such as `Countersign <countersign@example.com>`") @DefaultValue("")
        String from) {

    /** Whether mail can be sent at all. */
    boolean given() {
        return !host.isBlank();
    }
}
