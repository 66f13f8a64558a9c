package io.countersign.client.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Talks to one Countersign server. Redirects are never followed, since they would carry the secret elsewhere; a lost
 * connection is tried again only where sending twice does what sending once does.
 */
public final class ServerClient implements AutoCloseable {

    private static final String BASE = "/api/v1";
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final int SERVER_SAYS_NO = 400;
    private static final int PAGE = 200;

    private final WireSettings settings;
    private final @Nullable String reason;
    private final Semaphore turns;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable HttpClient http;

    /**
     * A client that connects when it is first used.
     *
     * @param secret the bearer's secret, or none before the sign-in
     * @param agent how this program calls itself
     * @param pauses how long to wait before each further attempt
     */
    public ServerClient(URI server, @Nullable String secret, String agent, List<Duration> pauses) {
        this(WireSettings.of(server, secret, agent, pauses));
    }

    /** A client that connects when it is first used, for as many threads as there are. */
    public ServerClient(WireSettings settings) {
        this(settings, null);
    }

    private ServerClient(WireSettings settings, @Nullable String reason) {
        this.settings = settings;
        this.reason = reason;
        this.turns = new Semaphore(settings.inFlight());
    }

    /** The address asked, without a path. */
    public URI server() {
        return settings.server();
    }

    /** Whether the calls say who makes them. */
    public boolean signedIn() {
        return settings.secret() != null;
    }

    /** The same client that says why with every call that changes something, where the rules demand a reason. */
    public ServerClient because(@Nullable String why) {
        return new ServerClient(settings, why);
    }

    /**
     * Sends the call; throws {@link ServerRefusal} on a no, {@link CallOnHold} where people must approve it first,
     * {@link UnreachableException} without any answer.
     */
    public Answer send(Call call) {
        HttpResponse<byte[]> response = exchange(call, BodyHandlers.ofByteArray());
        refuse(response.statusCode(), response.body());
        JsonNode body = tree(response.body(), response.statusCode());
        if (CallOnHold.isOne(response.statusCode(), body)) {
            throw new CallOnHold(body);
        }
        return new Answer(
                response.statusCode(), response.headers().firstValue("ETag").orElse(""), body);
    }

    /** What is at this path, as JSON. */
    public JsonNode get(String path) {
        return send(Call.get(path)).body();
    }

    /** What is at this path, byte by byte, and what the header named says of it. */
    public Download download(String path, String header) {
        return download(Call.get(path), header);
    }

    /** What the call answers, byte by byte, and what the headers named say of it. */
    public Download download(Call call, String... headers) {
        HttpResponse<byte[]> response = exchange(call, BodyHandlers.ofByteArray());
        refuse(response.statusCode(), response.body());
        List<String> labels = Arrays.stream(headers)
                .map(header -> response.headers().firstValue(header).orElse(""))
                .toList();
        return new Download(labels, response.body());
    }

    /** What is at this path, byte by byte. */
    public byte[] bytes(String path) {
        return download(path, "ETag").bytes();
    }

    /** The items of a list, page after page, at most so many. */
    public List<JsonNode> items(String path, int most) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            int page = Math.min(PAGE, most - items.size());
            JsonNode answer = get(Call.query(path, "limit", Integer.toString(page), "cursor", cursor));
            items.addAll(answer.isArray() ? Json.list(answer) : Json.list(answer, "items"));
            cursor = Json.text(answer, "nextCursor");
        } while (!cursor.isEmpty() && items.size() < most);
        return items;
    }

    /** The live events after the one named, as they come; the caller closes the stream. */
    InputStream events(String path, String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(Call.get(path)).setHeader("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.setHeader("Last-Event-ID", lastEventId);
        }
        return stream(request.build());
    }

    /** The events a call answers with; the caller closes the stream. */
    InputStream eventsOf(Call call) throws IOException, InterruptedException {
        return stream(request(call).setHeader("Accept", "text/event-stream").build());
    }

    private InputStream stream(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http().send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() >= SERVER_SAYS_NO) {
            try (InputStream body = response.body()) {
                refuse(response.statusCode(), body.readAllBytes());
            }
        }
        return response.body();
    }

    private <T> HttpResponse<T> exchange(Call call, BodyHandler<T> handler) {
        HttpRequest request = request(call).timeout(settings.answerWithin()).build();
        List<Duration> pauses = settings.pauses();
        for (int attempt = 0; ; attempt++) {
            boolean last = attempt == pauses.size();
            try {
                HttpResponse<T> response = inTurn(request, handler);
                if (last || !PASSING.contains(response.statusCode()) || !call.repeatable()) {
                    return response;
                }
            } catch (ConnectException neverArrived) {
                if (last) {
                    throw new UnreachableException(server(), "the connection was refused", neverArrived);
                }
            } catch (IOException lost) {
                if (last || !call.repeatable()) {
                    throw new UnreachableException(server(), words(lost), lost);
                }
            } catch (InterruptedException stop) {
                throw interrupted(stop);
            }
            pause(pauses.get(attempt));
        }
    }

    private <T> HttpResponse<T> inTurn(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        turns.acquire();
        try {
            return http().send(request, handler);
        } finally {
            turns.release();
        }
    }

    private HttpRequest.Builder request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server() + BASE + call.path()))
                .setHeader("Accept", "application/json, application/problem+json, */*;q=0.5")
                .setHeader("User-Agent", settings.agent());
        if (settings.secret() != null) {
            request.setHeader("Authorization", "Bearer " + settings.secret());
        }
        if (call.key() != null) {
            request.setHeader("Idempotency-Key", call.key());
        }
        if (call.version() != null) {
            request.setHeader("If-Match", call.version());
        }
        if (reason != null && !call.method().equals("GET")) {
            request.setHeader("Countersign-Reason", percentEncoded(reason));
        }
        if (call.body() == null) {
            return request.method(call.method(), BodyPublishers.noBody());
        }
        return request.setHeader("Content-Type", "application/json")
                .method(call.method(), BodyPublishers.ofByteArray(Json.bytes(call.body())));
    }

    /** A header carries ASCII only. */
    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpClient http() {
        HttpClient present = http;
        if (present != null) {
            return present;
        }
        connecting.lock();
        try {
            if (http == null) {
                HttpClient.Builder builder = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.connectWithin());
                settings.http().accept(builder);
                http = builder.followRedirects(HttpClient.Redirect.NEVER).build();
            }
            return http;
        } finally {
            connecting.unlock();
        }
    }

    /** Lets the connections go; calls under way fail with {@link UnreachableException}. */
    @Override
    public void close() {
        HttpClient present = http;
        if (present != null) {
            present.shutdownNow();
        }
    }

    private static void refuse(int status, byte[] body) {
        if (status < 200 || status >= 300) {
            throw new ServerRefusal(ServerProblem.read(status, body));
        }
    }

    private static JsonNode tree(byte[] body, int status) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return Json.parse(body);
        } catch (JacksonException notFromTheServer) {
            throw new ServerRefusal(ServerProblem.read(status, body));
        }
    }

    private static String words(IOException lost) {
        String message = lost.getMessage();
        return message == null ? lost.getClass().getSimpleName() : message;
    }

    private void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stop) {
            throw interrupted(stop);
        }
    }

    private UnreachableException interrupted(InterruptedException stop) {
        Thread.currentThread().interrupt();
        return new UnreachableException(server(), "interrupted", stop);
    }
}
