package io.countersign.client.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls whose answer takes a while, and which tell meanwhile how far they have come. */
public final class ProgressClient {

    /** Hears how much of all is done. */
    public interface Listener {
        void progress(long done, long total);
    }

    private final ServerClient server;

    public ProgressClient(ServerClient server) {
        this.server = server;
    }

    /**
     * Sends the call and waits for its result.
     *
     * @throws ServerRefusal when the server refuses, also when it does so half-way
     * @throws IOException when the connection ends before the result
     */
    public JsonNode send(Call call, Listener listener) throws IOException, InterruptedException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.eventsOf(call), StandardCharsets.UTF_8))) {
            String event = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    event = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring("data:".length()));
                } else if (line.isEmpty() && !data.isEmpty()) {
                    JsonNode told = read(data.toString());
                    data.setLength(0);
                    switch (event) {
                        case "progress" ->
                            listener.progress(
                                    told.path("done").asLong(0),
                                    told.path("total").asLong(0));
                        case "failed" ->
                            throw new ServerRefusal(
                                    ServerProblem.read(told.path("status").asInt(500), Json.bytes(told)));
                        case "result" -> {
                            return told;
                        }
                        default -> {} // a later server may tell more
                    }
                }
            }
            throw new IOException("the connection ended before the result");
        }
    }

    private static JsonNode read(String data) throws IOException {
        try {
            return Json.parse(data);
        } catch (JacksonException broken) {
            throw new IOException("an event that is no JSON", broken);
        }
    }
}
