package io.countersign.server.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook's other side on loopback: real HTTP, and a verification that shares no code with the sender. */
public final class Receiver implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, String> retryAfter = new ConcurrentHashMap<>();

    /** One call as it came in. */
    public record Call(String path, Map<String, List<String>> headers, String body) {

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }

        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** Whether one of its signatures is right for this secret. */
        public boolean signedWith(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                String head = header("webhook-id") + "." + header("webhook-timestamp") + ".";
                mac.update(head.getBytes(StandardCharsets.UTF_8));
                byte[] expected = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
                for (String signature : header("webhook-signature").split(" ", -1)) {
                    byte[] given = Base64.getDecoder().decode(signature.substring("v1,".length()));
                    if (signature.startsWith("v1,") && MessageDigest.isEqual(expected, given)) {
                        return true;
                    }
                }
                return false;
            } catch (GeneralSecurityException everyJavaCan) {
                throw new IllegalStateException(everyJavaCan);
            }
        }
    }

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        calls.add(new Call(
                path,
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        String wait = retryAfter.get(path);
        if (wait != null) {
            exchange.getResponseHeaders().set("Retry-After", wait);
        }
        int status = statuses.getOrDefault(path, 204);
        if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", url("/elsewhere"));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** The address of a path of it, which begins with a slash. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** What it answers on a path from now on; 204 where nothing is said. */
    public void answer(String path, int status) {
        statuses.put(path, status);
    }

    /** How many seconds it asks to be left alone on a path. */
    public void retryAfter(String path, String seconds) {
        retryAfter.put(path, seconds);
    }

    /** Everything that came in on a path. */
    public List<Call> calls(String path) {
        return calls.stream().filter(call -> call.path().equals(path)).toList();
    }

    /** The CloudEvent types that came in on a path, in their order. */
    public List<String> types(String path) {
        List<String> types = new ArrayList<>();
        calls(path).forEach(call -> types.add(call.json().path("type").asString()));
        return types;
    }

    /** Waits for a call on a path. */
    public Call await(String path, Predicate<Call> wanted) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < until) {
            for (Call call : calls(path)) {
                if (wanted.test(call)) {
                    return call;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("nothing of the kind came in on " + path + ": " + types(path));
    }

    /** Waits for the first event of a type on a path. */
    public Call await(String path, String type) {
        return await(path, call -> call.json().path("type").asString().equals(type));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
