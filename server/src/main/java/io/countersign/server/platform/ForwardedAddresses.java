package io.countersign.server.platform;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.Valve;
import org.apache.catalina.valves.RemoteIpValve;

/**
 * Whose word on where a call comes from is believed: of the proxies that the settings name, and of nobody else. Anybody can
 * write {@code X-Forwarded-For}; believed from everybody, it would lift the limit on failed sign-ins from one address.
 */
final class ForwardedAddresses {

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+");

    private ForwardedAddresses() {}

    /** What puts the forwarded address in the place of a proxy's; nothing where no proxy is named. */
    static Optional<Valve> valve(String trustedProxies) {
        String proxies = Arrays.stream(trustedProxies.split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(ForwardedAddresses::checked)
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        if (proxies.isEmpty()) {
            return Optional.empty();
        }
        RemoteIpValve valve = new RemoteIpValve();
        valve.setInternalProxies(proxies);
        valve.setRemoteIpHeader("X-Forwarded-For");
        valve.setProtocolHeader(null);
        return Optional.of(valve);
    }

    private static String checked(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new StartRefused("countersign.server.trusted-proxies: `" + address + "` is no network address");
        }
        return address;
    }
}
