package io.countersign.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The server process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CountersignServer {

    /** Starts the server and returns once it answers. */
    public static void main(String[] arguments) {
        SpringApplication.run(CountersignServer.class, arguments);
    }
}
