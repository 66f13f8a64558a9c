package io.countersign.cli.command;

import io.countersign.client.wire.ServerClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the server and the credential that belongs to it, and to no other. */
final class Connection {

    private static final String STANDARD_URL = "http://127.0.0.1:7878";
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofMillis(800));

    private final Surroundings surroundings;

    Connection(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    ServerClient signedIn(@Nullable String url) {
        Optional<SignIn> kept = kept();
        URI server = server(url, kept);
        String token = surroundings.variable("COUNTERSIGN_TOKEN");
        if (!token.isEmpty()) {
            return client(server, token);
        }
        String secret = kept.filter(signIn -> signIn.server().equals(server))
                .map(SignIn::secret)
                .orElse(null);
        if (secret == null) {
            throw new CommandFailure(
                    ExitCode.LOGIN_NEEDED,
                    "you are not signed in at " + server,
                    "`countersign login`, or set COUNTERSIGN_TOKEN");
        }
        return client(server, secret);
    }

    ServerClient anonymous(@Nullable String url) {
        return client(server(url, kept()), null);
    }

    private Optional<SignIn> kept() {
        try {
            return SignInFile.below(surroundings.configuration()).read();
        } catch (IllegalStateException unsafe) {
            throw new CommandFailure(ExitCode.ERROR, String.valueOf(unsafe.getMessage()), "");
        }
    }

    private URI server(@Nullable String url, Optional<SignIn> kept) {
        String variable = surroundings.variable("COUNTERSIGN_URL");
        String chosen = url != null && !url.isEmpty()
                ? url
                : !variable.isEmpty()
                        ? variable
                        : kept.map(signIn -> signIn.server().toString()).orElse(STANDARD_URL);
        return address(chosen);
    }

    /** The address without a trailing slash; plain HTTP is for this machine only, unless it is allowed in so many words. */
    private URI address(String text) {
        URI address;
        try {
            address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException unreadable) {
            throw notAnAddress(text);
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        String host = address.getHost();
        if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw notAnAddress(text);
        }
        boolean plain = scheme.equals("http") && !THIS_MACHINE.contains(host);
        if (plain && !surroundings.variable("COUNTERSIGN_ALLOW_PLAIN_HTTP").equals("1")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "secrets would travel to " + host + " for everybody to read",
                    "use https, or set COUNTERSIGN_ALLOW_PLAIN_HTTP=1 inside a network you trust");
        }
        return address;
    }

    private static CommandFailure notAnAddress(String text) {
        return new CommandFailure(
                ExitCode.USAGE,
                "`" + text + "` is no address of a server",
                "write it like https://countersign.example");
    }

    static ServerClient client(URI server, @Nullable String secret) {
        String version = Connection.class.getPackage().getImplementationVersion();
        return new ServerClient(server, secret, "countersign-cli/" + (version == null ? "dev" : version), PAUSES);
    }
}
