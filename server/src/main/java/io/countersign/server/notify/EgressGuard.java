package io.countersign.server.notify;

import io.countersign.server.platform.StartRefused;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Keeps webhooks out of the networks this server stands in: whoever configures one must not reach with it what only the
 * server reaches. Names are resolved anew for each connection, every address a name has must be a public one, and the
 * connection goes to the very address that was looked at.
 */
@Component
class EgressGuard {

    private static final int LONGEST = 2_000;

    /** A host that some programs read as an address, each as another one, and the one spelling all read alike. */
    private static final Pattern NUMBER = Pattern.compile("(?i)[0-9.]+|0x[0-9a-fx.]*");

    private static final Pattern QUAD = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    /** What is no public unicast address, by the registries of IANA (RFC 6890 and its successors). */
    private static final List<AddressRange> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20")
            .map(AddressRange::of)
            .toList();

    private static final AddressRange PUBLIC_IPV6 = AddressRange.of("2000::/3");
    private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.of("2002::/16");

    /** How a name becomes addresses. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** An address that may be connected to, and the name it was found under. */
    record Way(boolean tls, String host, InetAddress address, int port, String path) {

        /** The name and, where it is not the usual one, the port, as the header {@code Host} has it. */
        String authority() {
            String name = host.contains(":") ? "[" + host + "]" : host;
            return port == (tls ? 443 : 80) ? name : name + ":" + port;
        }
    }

    /** A URL that nothing is sent to, and why, in a short phrase. */
    static final class NoWay extends Exception {

        private static final long serialVersionUID = 1L;

        NoWay(String why) {
            super(why, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    private final List<AddressRange> allowed;
    private final boolean plainHttp;
    private final Resolver resolver;

    @Autowired
    EgressGuard(WebhookSettings settings) {
        this(settings, InetAddress::getAllByName);
    }

    EgressGuard(WebhookSettings settings, Resolver resolver) {
        this.allowed = Stream.of(settings.allowedNetworks().split(",", -1))
                .filter(text -> !text.isBlank())
                .map(EgressGuard::range)
                .toList();
        this.plainHttp = settings.plainHttp();
        this.resolver = resolver;
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text)
                .orElseThrow(() -> new StartRefused("countersign.webhooks.allowed-networks lists networks such as"
                        + " `10.1.2.0/24`, and `" + text.strip() + "` is none"));
    }

    /**
     * The URL read, if its form is one that something may be sent to; no name is resolved.
     *
     * @throws NoWay for another scheme, a user in it, a fragment, or no host
     */
    URI checked(String url) throws NoWay {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            throw new NoWay("it is no URL");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(plainHttp && scheme.equals("http"))) {
            throw new NoWay(
                    plainHttp ? "it begins with neither https:// nor http://" : "it does not begin with https://");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new NoWay("it has a host, and neither user nor fragment");
        }
        if (url.length() > LONGEST || !url.chars().allMatch(letter -> letter > ' ' && letter < 0x7f)) {
            throw new NoWay("it is at most " + LONGEST + " characters of ASCII");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new NoWay("its port is from 1 to 65535");
        }
        return uri;
    }

    /** Resolves the host of a URL now, and answers where to connect to. */
    Way way(String url) throws NoWay {
        URI uri = checked(url);
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        String host = host(uri);
        InetAddress[] found;
        try {
            found = resolver.resolve(host);
        } catch (UnknownHostException unknown) {
            throw new NoWay("its host has no address");
        }
        if (found.length == 0) {
            throw new NoWay("its host has no address");
        }
        for (InetAddress address : found) {
            if (!mayReach(address)) {
                throw new NoWay("its host is in a network that webhooks may not reach");
            }
        }
        int port = uri.getPort() == -1 ? (tls ? 443 : 80) : uri.getPort();
        String path = Optional.ofNullable(uri.getRawPath())
                .filter(text -> !text.isEmpty())
                .orElse("/");
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Way(tls, host, found[0], port, path + query);
    }

    private static String host(URI uri) throws NoWay {
        String host = uri.getHost();
        if (host.startsWith("[")) {
            return host.substring(1, host.length() - 1);
        }
        if (NUMBER.matcher(host).matches() && !QUAD.matcher(host).matches()) {
            throw new NoWay("its host is an address in another spelling than 192.0.2.1");
        }
        try {
            String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        } catch (IllegalArgumentException noName) {
            throw new NoWay("its host is no name");
        }
    }

    /** Whether an address is a public one, or in a network that the operator has allowed. */
    boolean mayReach(InetAddress address) {
        return allowed.stream().anyMatch(range -> range.contains(address)) || isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (SPECIAL.stream().anyMatch(range -> range.contains(address))) {
            return false;
        }
        if (bytes.length == 4) {
            return true;
        }
        if (NAT64.contains(address)) {
            return isPublic(AddressRange.embedded(bytes, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublic(AddressRange.embedded(bytes, 2));
        }
        return PUBLIC_IPV6.contains(address);
    }
}
