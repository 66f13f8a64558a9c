package io.countersign.server.gate;

import io.countersign.server.platform.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Follows the live events from the beginning of the log; when a node ends the stream, it goes on at the other one. */
final class FollowedEvents implements Runnable {

    private final AtomicReferenceArray<ServerProcess> nodes;
    private final String secret;
    private final List<Long> places = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean over;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    FollowedEvents(AtomicReferenceArray<ServerProcess> nodes, String secret) {
        this.nodes = nodes;
        this.secret = secret;
    }

    @Override
    public void run() {
        for (int node = 0; !over; node++) {
            try {
                follow(nodes.get(node % 2));
            } catch (IOException | IllegalStateException gone) {
                ProvingGround.pause(Duration.ofMillis(50));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void follow(ServerProcess node) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/api/v1/events?after=-1"))
                .header("Authorization", "Bearer " + secret)
                .header(
                        "Last-Event-ID",
                        places.isEmpty() ? "-1" : places.getLast().toString())
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            connections.incrementAndGet();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    places.add(Long.valueOf(line.substring(3).strip()));
                }
            }
        }
    }

    /** The places of the events that came, in the order they came in. */
    List<Long> places() {
        return List.copyOf(places);
    }

    int count() {
        return places.size();
    }

    /** How many streams were opened. */
    int connections() {
        return connections.get();
    }

    void stop() {
        over = true;
        http.shutdownNow();
    }
}
