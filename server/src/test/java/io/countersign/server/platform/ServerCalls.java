package io.countersign.server.platform;

import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls a server over real HTTP, whether it runs in this process or in one of its own. */
public abstract class ServerCalls {

    /** What {@code COUNTERSIGN_ADMIN_TOKEN} is set to in every server of the tests. */
    public static final String ADMIN_TOKEN = "admin-token-of-the-tests-0123456789abcdef";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Where it answers, without a slash at the end. */
    public abstract String url();

    /** A call with a bearer secret, or none; the body is written as JSON unless it is a text, which is sent as it is. */
    public final Answer call(
            String method, String path, @Nullable String secret, @Nullable Object body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
        if (secret != null) {
            request.header("Authorization", "Bearer " + secret);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            String text = body instanceof String raw ? raw : JSON.writeValueAsString(body);
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(text));
        }
        return send(request.build());
    }

    public final Answer get(String path, @Nullable String secret) {
        return call("GET", path, secret, null);
    }

    /** A POST with an {@code Idempotency-Key} of its own. */
    public final Answer post(String path, @Nullable String secret, @Nullable Object body) {
        return call(
                "POST", path, secret, body, "Idempotency-Key", UUID.randomUUID().toString());
    }

    /** Sends a request that was put together by hand; one that gets no answer is an {@link UncheckedIOException}. */
    public final Answer send(HttpRequest request) {
        try {
            HttpRequest bounded = request.timeout().isPresent()
                    ? request
                    : HttpRequest.newBuilder(request, (_, _) -> true)
                            .timeout(LONGEST)
                            .build();
            HttpResponse<byte[]> response = http.send(bounded, BodyHandlers.ofByteArray());
            String text = new String(response.body(), StandardCharsets.UTF_8);
            return new Answer(response.statusCode(), json(text), text, response.headers());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (tools.jackson.core.JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** Lets the connections go. */
    protected final void hangUp() {
        http.shutdownNow();
    }
}
