package io.countersign.client.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached.
 *
 * @param server its address, without a path and without a slash at the end
 * @param secret the bearer's secret, or none before the sign-in
 * @param agent how this program calls itself
 * @param pauses how long to wait before each further attempt
 * @param connectWithin how long a connection may take
 * @param answerWithin how long an answer may take, from the first byte sent; streams are not bounded by it
 * @param inFlight how many calls may be under way at once, at least 1; further ones wait their turn
 * @param http what else is to be set on the HTTP client, such as a proxy or whom it trusts
 */
public record WireSettings(
        URI server,
        @Nullable String secret,
        String agent,
        List<Duration> pauses,
        Duration connectWithin,
        Duration answerWithin,
        int inFlight,
        Consumer<HttpClient.Builder> http) {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int IN_FLIGHT = 64;

    public WireSettings {
        pauses = List.copyOf(pauses);
        if (inFlight < 1) {
            throw new IllegalArgumentException("at least one call must be allowed at once, not " + inFlight);
        }
    }

    /** The usual ones: 10 s for a connection, 60 s for an answer, 64 calls at once. */
    public static WireSettings of(URI server, @Nullable String secret, String agent, List<Duration> pauses) {
        return new WireSettings(server, secret, agent, pauses, CONNECT_WITHIN, ANSWER_WITHIN, IN_FLIGHT, _ -> {});
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "WireSettings[" + server + " as " + agent + "]";
    }
}
