package io.countersign.server.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Under which key the server keeps secrets that it must be able to read again. */
@ConfigurationProperties("countersign.secrets")
record SecretsSettings(
        @Setting(
                "file with 64 hexadecimal digits, the same on every node: secrets in the database are encrypted with it;"
                        + " empty means secrets.key in the folder of the embedded database, drawn when it is missing")
        @DefaultValue("")
        String keyFile) {}
