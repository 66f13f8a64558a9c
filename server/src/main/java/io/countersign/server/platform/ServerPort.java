package io.countersign.server.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Makes Tomcat listen where the settings say. */
@Component
final class ServerPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ServerSettings settings;

    ServerPort(ServerSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        try {
            factory.setAddress(InetAddress.getByName(settings.address()));
        } catch (UnknownHostException unknown) {
            throw new StartRefused(
                    "countersign.server.address `" + settings.address() + "` is no address of this machine", unknown);
        }
        factory.setPort(settings.port());
    }
}
