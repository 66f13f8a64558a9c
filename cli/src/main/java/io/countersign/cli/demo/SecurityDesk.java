package io.countersign.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.client.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The security team's own system: takes webhooks, and believes those whose signature is right. */
final class SecurityDesk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpServer http;
    private final List<JsonNode> believed = new CopyOnWriteArrayList<>();
    private volatile byte @Nullable [] secret;

    private SecurityDesk(HttpServer http) {
        this.http = http;
    }

    static SecurityDesk open() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SecurityDesk desk = new SecurityDesk(http);
        http.createContext("/", desk::take);
        http.start();
        return desk;
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/countersign";
    }

    /** Believes what is signed with this from now on. */
    void believe(String shown) {
        secret = Base64.getDecoder().decode(shown.strip().substring("whsec_".length()));
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean right = isRight(exchange, body);
        if (right) {
            believed.add(Json.parse(body));
        }
        exchange.sendResponseHeaders(right ? 204 : 401, -1);
        exchange.close();
    }

    private boolean isRight(HttpExchange exchange, byte[] body) {
        byte[] key = secret;
        if (key == null) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((header(exchange, "webhook-id") + "." + header(exchange, "webhook-timestamp") + ".")
                    .getBytes(StandardCharsets.UTF_8));
            byte[] expected =
                    ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
            return Stream.of(header(exchange, "webhook-signature").split(" ", -1))
                    .anyMatch(one -> MessageDigest.isEqual(expected, one.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    /** The headlines of what it believed so far. */
    List<String> headlines() {
        return believed.stream()
                .map(event -> Json.text(event, "data", "headline"))
                .toList();
    }

    /** Whether an event of this type has come in, or comes in before patience ends. */
    boolean hears(String type) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (believed.stream().noneMatch(event -> Json.text(event, "type").equals(type))) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
