package io.countersign.server.platform;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** How the server is reached. */
@ConfigurationProperties("countersign.server")
public record ServerSettings(
        @Setting("TCP port of the HTTP server; 0 takes a free one") @DefaultValue("7878")
        int port,

        @Setting("address to listen on; everything but a loopback address is reachable from other machines")
        @DefaultValue("127.0.0.1")
        String address,

        @Setting(
                "address under which people and enforcement points reach this server; empty means http, address and port")
        @DefaultValue("")
        String publicUrl,

        @Setting("network addresses, with commas, of proxies whose X-Forwarded-For is believed; nobody's when empty")
        @DefaultValue("")
        String trustedProxies,

        @Setting("largest request body; a payload is carried in one") @DefaultValue("24MB")
        DataSize bodyLimit,

        @Setting("how long calls in progress may take to end when the server stops") @DefaultValue("10s")
        Duration stopWithin) {}
