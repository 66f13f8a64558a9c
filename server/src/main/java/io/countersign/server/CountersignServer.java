package io.countersign.server;

import io.countersign.server.platform.StartRefused;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The server process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CountersignServer {

    private static final int REFUSED = 2;

    /** Starts the server and returns once it answers; a start that is refused ends the process with status 2. */
    public static void main(String[] arguments) {
        if (List.of(arguments).equals(List.of("--rehearse"))) {
            RehearsalClient.rehearse();
            return;
        }
        List<String> typed = List.of(arguments);
        boolean errand = !typed.isEmpty() && !typed.getFirst().startsWith("-");
        try {
            if (errand) {
                ErrandRun.of(typed);
            } else {
                SpringApplication.run(CountersignServer.class, keys(typed));
            }
        } catch (RuntimeException failed) {
            if (isRefusal(failed)) { // Spring Boot has told it
                System.exit(REFUSED);
            }
            throw failed;
        }
    }

    static String[] keys(List<String> arguments) {
        try {
            return ServeArguments.keys(arguments);
        } catch (StartRefused refused) {
            System.err.println("countersign: " + refused.getMessage());
            System.exit(REFUSED);
            throw refused;
        }
    }

    private static boolean isRefusal(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(StartRefused.class::isInstance);
    }
}
