package io.countersign.server.platform;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the server keeps its files. */
@ConfigurationProperties("countersign")
record HomeSettings(
        @Setting("folder of the embedded database and its secrets; made when it is missing")
        @DefaultValue("~/.countersign")
        String home) {

    /** The folder, absolute, with a leading tilde replaced by the home of the user. */
    Path folder() {
        String text =
                home.equals("~") || home.startsWith("~/") ? System.getProperty("user.home") + home.substring(1) : home;
        return Path.of(text).toAbsolutePath().normalize();
    }
}
