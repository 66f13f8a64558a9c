package io.countersign.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server on a free port that answers what a test tells it to, and remembers what it was asked. */
public final class Counterpart implements AutoCloseable {

    /** A request as it came. */
    public record Asked(String method, String path, String query, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** An answer; a negative status means that the connection is dropped instead. */
    public record Said(int status, String type, String body) {

        public static Said json(int status, String body) {
            return new Said(status, "application/json", body);
        }

        public static Said problem(int status, String code, String detail) {
            String body = """
                    {"type":"urn:countersign:problem:%s","title":"%s","status":%d,"detail":"%s","code":"%s",
                     "violations":[],"requestId":"req_1","remedy":"do something about it"}""".formatted(code, code.replace('-', ' '), status, detail, code);
            return new Said(status, "application/problem+json", body);
        }

        /** Done, and nothing to say. */
        public static Said nothing() {
            return new Said(204, "", "");
        }

        public static Said dropped() {
            return new Said(-1, "", "");
        }
    }

    /** Marks a body whose characters are bytes. */
    private static final String BYTES = "; bytes";

    private final HttpServer server;
    private final Map<String, Function<Asked, Said>> routes = new ConcurrentHashMap<>();
    private final Map<String, Function<Asked, Said>> starts = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile int covered;

    public Counterpart() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers a route such as {@code POST /asks}. */
    public Counterpart on(String route, Function<Asked, Said> answer) {
        routes.put(route, answer);
        return this;
    }

    /** From now on every payload is said to have so many likely secrets covered. */
    public Counterpart covered(int findings) {
        covered = findings;
        return this;
    }

    /** Answers a route with these bytes. */
    public Counterpart onBytes(String route, String mediaType, byte[] bytes) {
        String body = new String(bytes, StandardCharsets.ISO_8859_1);
        return on(route, request -> new Said(200, mediaType + BYTES, body));
    }

    /** Answers every route that begins so and has no answer of its own. */
    public Counterpart onAny(String start, Function<Asked, Said> answer) {
        starts.put(start, answer);
        return this;
    }

    /** Answers a route with JSON and 200. */
    public Counterpart on(String route, String json) {
        return on(route, request -> Said.json(200, json));
    }

    /** What was asked of a route, in order. */
    public List<Asked> asked(String route) {
        return asked.stream()
                .filter(one -> (one.method() + " " + one.path()).equals(route))
                .toList();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new ConcurrentHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            String path = exchange.getRequestURI().getPath().replaceFirst("^/api/v1", "");
            String query = exchange.getRequestURI().getQuery();
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Asked request = new Asked(exchange.getRequestMethod(), path, query == null ? "" : query, headers, sent);
            asked.add(request);
            Said said = answer(request.method() + " " + path).apply(request);
            if (said.status() < 0) {
                return;
            }
            byte[] body = said.body()
                    .getBytes(said.type().endsWith(BYTES) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-Payload-Media-Type", mediaType(said));
            exchange.getResponseHeaders().set("Content-Type", mediaType(said));
            exchange.getResponseHeaders().set("X-Payload-Covered", Integer.toString(covered));
            exchange.getResponseHeaders().set("ETag", "\"7\"");
            exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Function<Asked, Said> answer(String route) {
        Function<Asked, Said> exact = routes.get(route);
        if (exact != null) {
            return exact;
        }
        return starts.entrySet().stream()
                .filter(start -> route.startsWith(start.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(unknown -> Said.problem(404, "not-found", "no route " + unknown.path()));
    }

    /** Without what no header can carry. */
    private static String mediaType(Said said) {
        return said.type().replace(BYTES, "").replaceAll("[^ -~]", "");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
