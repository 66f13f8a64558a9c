package io.countersign.server.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events over real HTTP, as a browser's EventSource does. */
final class SseReader implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final InputStream body;
    private final Thread thread;
    private volatile @Nullable IOException failure;
    private volatile boolean closing;

    /** One event. */
    record Event(String id, JsonNode data) {}

    private SseReader(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode() + ": "
                    + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("text/event-stream")) {
            throw new AssertionError("content type " + type);
        }
        body = response.body();
        thread = Thread.ofVirtual().start(this::read);
    }

    static SseReader open(String url, String secret, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + secret);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new SseReader(request.build());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5));
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(id, JSON.readTree(data.toString())));
                    data.setLength(0);
                }
            }
        } catch (IOException e) {
            if (!closing) {
                failure = e;
            }
        }
    }

    /** The next events, exactly so many. */
    List<Event> take(int count, Duration within) {
        List<Event> taken = new ArrayList<>();
        long end = System.nanoTime() + within.toNanos();
        while (taken.size() < count) {
            Event event;
            try {
                event = events.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            if (event == null) {
                throw new AssertionError("only " + taken.size() + " of " + count + " events came: " + taken);
            }
            taken.add(event);
        }
        return taken;
    }

    /** The next event of this kind; those before it are passed by. */
    Event awaitType(String type, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (true) {
            Event event = take(1, Duration.ofNanos(Math.max(0, end - System.nanoTime())))
                    .getFirst();
            if (event.data().path("type").asString().equals(type)) {
                return event;
            }
        }
    }

    /** How many events have come that nobody has taken. */
    int waiting() {
        return events.size();
    }

    /** Whether the server has ended the stream in time. */
    boolean awaitEnd(Duration within) {
        try {
            return thread.join(within);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How it broke off, if it did not end in good order. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        closing = true;
        http.shutdownNow();
    }
}
