package io.countersign.client.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Follows the server's live events (the HTML standard's server-sent events), resuming where it stopped. */
public final class EventsClient {

    private final ServerClient server;
    private final String path;
    private String lastEventId;

    /** Follows from after the event named; an empty name means from now on. */
    public EventsClient(ServerClient server, String lastEventId) {
        this(server, "", lastEventId);
    }

    /** The same in another format that the server knows, such as {@code cloudevents}. */
    public EventsClient(ServerClient server, String format, String lastEventId) {
        this.server = server;
        this.path = Call.query("/events", "format", format);
        this.lastEventId = lastEventId;
    }

    /** Where to resume: the id of the last event seen, empty before the first. */
    public String lastEventId() {
        return lastEventId;
    }

    /**
     * Hands over events until the receiver has had enough or the connection ends.
     *
     * @return whether the receiver had enough
     */
    public boolean follow(Predicate<JsonNode> enough) throws IOException, InterruptedException {
        return follow(() -> {}, enough);
    }

    /** The same; says when the stream has opened, so that from then on nothing is missed. */
    public boolean follow(Runnable opened, Predicate<JsonNode> enough) throws IOException, InterruptedException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.events(path, lastEventId), StandardCharsets.UTF_8))) {
            opened.run();
            StringBuilder data = new StringBuilder();
            String id = lastEventId;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    lastEventId = id;
                    if (!data.isEmpty() && enough.test(event(data.toString()))) {
                        return true;
                    }
                    data.setLength(0);
                } else if (line.startsWith("data:")) {
                    data.append(data.isEmpty() ? "" : "\n").append(value(line));
                } else if (line.startsWith("id:")) {
                    id = value(line);
                }
            }
            return false;
        }
    }

    private static JsonNode event(String data) throws IOException {
        try {
            return Json.parse(data);
        } catch (JacksonException broken) {
            throw new IOException("an event that is no JSON", broken);
        }
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
