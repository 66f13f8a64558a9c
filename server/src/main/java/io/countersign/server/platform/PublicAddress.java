package io.countersign.server.platform;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The address under which the server is reached; it is said once the server answers. */
@Component
public final class PublicAddress {

    private static final Logger LOG = LoggerFactory.getLogger(PublicAddress.class);

    private final ServerSettings settings;
    private final ServerClock clock;
    private final Environment environment;

    PublicAddress(ServerSettings settings, ServerClock clock, Environment environment) {
        this.settings = settings;
        this.clock = clock;
        this.environment = environment;
    }

    /** The address people and enforcement points use, without a slash at the end; known once the server answers. */
    public String url() {
        if (!settings.publicUrl().isBlank()) {
            return settings.publicUrl().replaceAll("/+$", "");
        }
        String host = settings.address().contains(":") ? "[" + settings.address() + "]" : settings.address();
        return "http://" + host + ":"
                + Optional.ofNullable(environment.getProperty("local.server.port"))
                        .orElse(Integer.toString(settings.port()));
    }

    @EventListener(ApplicationReadyEvent.class)
    void greet() {
        LOG.info("Countersign answers at {}", url());
        if (clock.simulated()) {
            LOG.warn("the clock is simulated: it is {}", clock.now());
        }
    }
}
