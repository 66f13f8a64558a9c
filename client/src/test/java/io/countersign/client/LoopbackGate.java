package io.countersign.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.client.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A small gate on a free port: holds what it is asked until the test decides, redeems once, and can be away. */
final class LoopbackGate implements AutoCloseable {

    /** A call as it came. */
    record Called(String route, Map<String, String> headers, JsonNode body) {}

    /** An answer of the test's own. */
    record Said(int status, String body) {}

    private static final String DIGESTLESS = "sha256:" + "0".repeat(64);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Called> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Said> own = new ConcurrentHashMap<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Map<String, String> numbers = new ConcurrentHashMap<>();
    private final Map<String, String> executions = new ConcurrentHashMap<>();
    private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
    private final AtomicInteger drops = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile boolean gated = true;

    LoopbackGate() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    LoopbackGate ungated() {
        gated = false;
        return this;
    }

    /** Answers this route, such as {@code POST /asks}, so from now on. */
    void says(String route, int status, String body) {
        own.put(route, new Said(status, body));
    }

    /** Answers this route by itself again. */
    void forget(String route) {
        own.remove(route);
    }

    void problem(String route, int status, String code, String detail) {
        says(route, status, """
                {"type":"urn:x","title":"Refused","status":%d,"code":"%s","detail":"%s","requestId":"call_1",
                 "violations":[{"code":"reason-required","field":"reason","message":"say why","remedy":"give a reason"}],
                 "remedy":"do something about it"}""".formatted(status, code, detail));
    }

    /** Breaks the next calls off without an answer, after they were done. */
    void drop(int callsToCome) {
        drops.set(callsToCome);
    }

    /** Puts a request into this state, and tells the streams. */
    void decide(String number, String state) {
        states.put(number, state);
        tell(number);
    }

    void quietly(String number, String state) {
        states.put(number, state);
    }

    private void tell(String number) {
        streams.removeIf(stream -> {
            try {
                write(stream, "id: 1\ndata: {\"type\":\"request-approved\",\"number\":\"" + number + "\"}\n\n");
                return false;
            } catch (IOException gone) {
                return true;
            }
        });
    }

    private static void write(OutputStream stream, String text) throws IOException {
        synchronized (stream) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        }
    }

    /** The streams that are open, as far as writing to them tells. */
    int openStreams() {
        tell("nobody");
        return streams.size();
    }

    int streamsOpened() {
        return opened.get();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    List<Called> calls(String route) {
        return calls.stream().filter(call -> call.route().equals(route)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/api/v1", "");
        String route = exchange.getRequestMethod() + " " + path;
        byte[] sent = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        calls.add(new Called(route, headers, sent.length == 0 ? Json.object() : Json.parse(sent)));
        if (route.equals("GET /events") && !own.containsKey(route)) {
            stream(exchange);
            return;
        }
        try (exchange) {
            mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            Said said = own.containsKey(route) ? own.getOrDefault(route, new Said(500, "")) : answer(route, path, sent);
            if (drops.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return;
            }
            byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream stream = exchange.getResponseBody();
        write(stream, ":\n\n");
        opened.incrementAndGet();
        streams.add(stream);
    }

    private Said answer(String route, String path, byte[] sent) {
        if (path.startsWith("/requests/")) {
            String number = path.substring("/requests/".length());
            return states.containsKey(number) ? new Said(200, request(number)) : missing();
        }
        if (path.endsWith("/outcome")) {
            return new Said(204, "");
        }
        return switch (route) {
            case "POST /checks" -> new Said(200, gated ? "{\"decision\":\"hold\"}" : ungatedPermit(""));
            case "POST /asks" -> ask(Json.parse(sent));
            case "POST /redemptions" -> redeem(Json.parse(sent));
            default -> missing();
        };
    }

    private Said ask(JsonNode ask) {
        if (!gated) {
            return new Said(200, ungatedPermit(""));
        }
        String number = numbers.computeIfAbsent(Json.compact(ask), _ -> "AR-" + (numbers.size() + 1));
        states.putIfAbsent(number, "pending");
        return new Said(states.getOrDefault(number, "").equals("pending") ? 201 : 200, decision(number, ""));
    }

    private Said redeem(JsonNode redemption) {
        String execution = Json.text(redemption, "executionId");
        if (!gated) {
            return new Said(200, ungatedPermit(execution));
        }
        String number = states.keySet().stream().findFirst().orElse("AR-1");
        String by = executions.putIfAbsent(number, execution);
        if (by != null && !by.equals(execution)) {
            return new Said(
                    409,
                    "{\"title\":\"Already redeemed\",\"status\":409,\"code\":\"already-redeemed\",\"detail\":\"\"}");
        }
        return new Said(200, decision(number, execution));
    }

    private static String ungatedPermit(String execution) {
        return "{\"decision\":\"permit\",\"basis\":\"not-gated\"" + executed(execution) + "}";
    }

    private static String executed(String execution) {
        return execution.isEmpty() ? "" : ",\"executionId\":\"" + execution + "\"";
    }

    private String decision(String number, String execution) {
        boolean approved = states.getOrDefault(number, "").equals("approved");
        return "{\"decision\":\"" + (approved ? "permit" : "hold") + "\",\"request\":{\"id\":\"req_1\",\"number\":\""
                + number + "\",\"deadline\":\"2030-01-01T00:00:00Z\",\"link\":\"https://x/approvals/" + number
                + "\"},\"requirements\":[{\"name\":\"two of sre\",\"minApprovals\":2}]"
                + (approved ? ",\"basis\":\"grant\"," + grant() + executed(execution) : "") + "}";
    }

    private String request(String number) {
        String state = states.getOrDefault(number, "pending");
        return "{\"number\":\"" + number + "\",\"state\":\"" + state + "\",\"deadline\":\"2030-01-01T00:00:00Z\","
                + "\"payloadDigest\":\"" + DIGESTLESS + "\"" + (state.equals("approved") ? "," + grant() : "") + "}";
    }

    private static String grant() {
        return "\"grant\":{\"id\":\"grt_1\",\"expiresAt\":\"2029-01-01T01:00:00Z\",\"usableUntil\":\"2029-01-01T01:00:00Z\"}";
    }

    private static Said missing() {
        return new Said(
                404, "{\"title\":\"Not found\",\"status\":404,\"code\":\"request-not-found\",\"detail\":\"no\"}");
    }

    /** A name for something of which there is one only. */
    static String unique() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
