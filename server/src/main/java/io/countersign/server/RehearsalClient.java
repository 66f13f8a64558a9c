package io.countersign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A start that is made to be watched: the JVM writes down what it loads while a server starts, answers some calls and
 * stops, so that every later start is faster.
 */
final class RehearsalClient {

    private static final List<String> ADDRESSES = List.of(
            "/health/ready", "/api/v1/me", "/api/v1/actions", "/api/v1/requests", "/api/v1/nowhere", "/metrics");
    private static final int ROUNDS = 20;

    private RehearsalClient() {}

    /** Runs once in a folder of its own beneath the present one. */
    static void rehearse() {
        String[] settings = {"--countersign.home=" + Path.of("rehearsal"), "--countersign.server.port=0"};
        try (ConfigurableApplicationContext server = SpringApplication.run(CountersignServer.class, settings);
                HttpClient http = HttpClient.newHttpClient()) {
            String address = "http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port");
            for (int round = 0; round < ROUNDS; round++) {
                for (String path : ADDRESSES) {
                    call(
                            http,
                            HttpRequest.newBuilder(URI.create(address + path)).build());
                }
                call(
                        http,
                        HttpRequest.newBuilder(URI.create(address + "/api/v1/checks"))
                                .header("Authorization", "Bearer nobody")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}"))
                                .build());
            }
        }
    }

    private static void call(HttpClient http, HttpRequest request) {
        try {
            http.send(request, BodyHandlers.discarding());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
