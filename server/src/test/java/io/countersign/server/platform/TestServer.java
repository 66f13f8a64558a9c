package io.countersign.server.platform;

import io.countersign.server.CountersignServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A whole server on a free port and a fresh database, called over real HTTP. */
public final class TestServer implements AutoCloseable {

    private static final String ADMIN_TOKEN_SETTING = "--COUNTERSIGN_ADMIN_TOKEN=";

    /** What {@code COUNTERSIGN_ADMIN_TOKEN} is set to in every test server that says nothing else. */
    public static final String ADMIN_TOKEN = "admin-token-of-the-tests-0123456789abcdef";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestDatabase database;
    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private final boolean alone;

    private TestServer(TestDatabase database, boolean alone, List<String> arguments) {
        this.database = database;
        this.alone = alone;
        this.context = SpringApplication.run(CountersignServer.class, arguments.toArray(String[]::new));
    }

    /** One server with the real clock that lives as long as the JVM; tests in it take an organization each. */
    public static TestServer shared() {
        return Shared.SERVER;
    }

    /** A server of one's own with the real clock; further arguments are settings such as {@code --key=value}. */
    public static TestServer start(String... settings) {
        return on(TestDatabase.fresh(), settings);
    }

    /** A server of one's own whose clock starts at the instant and is moved by {@code POST /api/v1/clock}. */
    public static TestServer simulated(Instant start, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--countersign.clock.simulated=" + start);
        return on(TestDatabase.simulated(start), all.toArray(String[]::new));
    }

    /** A server on this database, which is closed with it. */
    public static TestServer on(TestDatabase database, String... settings) {
        return on(database, true, settings);
    }

    /** Another node on the same database, to be closed before this one. */
    public TestServer beside(String... settings) {
        return on(database, false, settings);
    }

    private static TestServer on(TestDatabase database, boolean alone, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--countersign.server.port=0",
                "--countersign.database.url=" + database.url(),
                "--countersign.database.user=" + database.user(),
                "--countersign.database.password=" + database.password(),
                "--countersign.database.owner-user=" + database.ownerUser(),
                "--countersign.database.owner-password=" + database.ownerPassword(),
                "--countersign.database.pool-size=8"));
        if (Stream.of(settings).noneMatch(setting -> setting.startsWith(ADMIN_TOKEN_SETTING))) {
            arguments.add(ADMIN_TOKEN_SETTING + ADMIN_TOKEN);
        }
        arguments.addAll(List.of(settings));
        return new TestServer(database, alone, arguments);
    }

    /** Where it answers, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** A bean of the running server. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public TestDatabase database() {
        return database;
    }

    /** An answer with its body read as JSON; a body that is none is a missing node. */
    public record Answer(int status, JsonNode body, String text, HttpHeaders headers) {

        /** The member {@code code} of a problem document, or an empty text. */
        public String code() {
            return body.path("code").asString("");
        }
    }

    /** A call with a bearer secret, or none; the body is written as JSON unless it is a text, which is sent as it is. */
    public Answer call(String method, String path, @Nullable String secret, @Nullable Object body, String... headers) {
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

    public Answer get(String path, @Nullable String secret) {
        return call("GET", path, secret, null);
    }

    /** A POST with an {@code Idempotency-Key} of its own. */
    public Answer post(String path, @Nullable String secret, @Nullable Object body) {
        return call(
                "POST", path, secret, body, "Idempotency-Key", UUID.randomUUID().toString());
    }

    /** Sends a request that was put together by hand. */
    public Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
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

    @Override
    public void close() {
        context.close();
        http.close();
        if (alone) {
            database.close();
        }
    }

    /** Made when first asked for, closed with the JVM by Spring's own shutdown hook. */
    private static final class Shared {
        private static final TestServer SERVER = start();
    }
}
