package io.countersign.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the server one call at a time; whatever is not a success ends the program. */
final class TownClient {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TownClient(String url) {
        this.url = url;
    }

    JsonNode post(String path, @Nullable String secret, Object body) {
        return call("POST", path, secret, body);
    }

    JsonNode get(String path, String secret) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).GET(), secret);
    }

    JsonNode call(String method, String path, @Nullable String secret, Object body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request, secret);
    }

    private JsonNode send(HttpRequest.Builder builder, @Nullable String secret) {
        if (secret != null) {
            builder.header("Authorization", "Bearer " + secret);
        }
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300 || answer.statusCode() == 202) { // 202: held, and not done
                throw new IllegalStateException(request.method() + " "
                        + request.uri().getPath() + ": " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
