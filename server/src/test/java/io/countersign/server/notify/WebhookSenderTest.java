package io.countersign.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.countersign.server.notify.Attempt.Arrived;
import io.countersign.server.notify.Attempt.Gone;
import io.countersign.server.notify.Attempt.Missed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over real HTTP and TLS on loopback, and other sides that behave badly. */
class WebhookSenderTest {

    private static final byte[] BODY = "{\"type\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    private static final String PASSWORD = "for-tests-only";

    private final Receiver receiver = new Receiver();
    private final byte[] secret = WebhookSignature.draw();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        receiver.close();
    }

    private static EgressGuard loopback() {
        return new EgressGuard(
                new WebhookSettings("127.0.0.0/8", true), _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});
    }

    private Attempt send(String url) {
        return send(url, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private Attempt send(String url, SSLSocketFactory tls) {
        return new WebhookSender(loopback(), new PinnedClient(() -> tls, Duration.ofSeconds(2)))
                .send(url, List.of(secret), "ntf_1", BODY);
    }

    @Test
    void sendsASignedBodyUnderTheNameOfTheUrl() {
        assertThat(send("http://hook.example:" + receiver.port() + "/in?key=1")).isEqualTo(new Arrived("status 204"));
        Receiver.Call call = receiver.calls("/in").getFirst();
        assertThat(call.body()).isEqualTo(new String(BODY, StandardCharsets.UTF_8));
        assertThat(call.header("host")).isEqualTo("hook.example:" + receiver.port());
        assertThat(call.header("webhook-id")).isEqualTo("ntf_1");
        assertThat(call.signedWith(WebhookSignature.shown(secret))).isTrue();
        assertThat(call.signedWith(WebhookSignature.shown(WebhookSignature.draw())))
                .isFalse();
        long age = System.currentTimeMillis() / 1_000 - Long.parseLong(call.header("webhook-timestamp"));
        assertThat(age).isBetween(0L, 10L);
    }

    @Test
    void followsNoRedirect() {
        receiver.answer("/in", 302);
        assertThat(send(receiver.url("/in"))).isEqualTo(Missed.because("status 302, redirects are not followed"));
        assertThat(receiver.calls("/elsewhere")).isEmpty();
    }

    @Test
    void heedsWhatTheOtherSideSays() {
        receiver.answer("/in", 503);
        receiver.retryAfter("/in", "120");
        assertThat(send(receiver.url("/in"))).isEqualTo(new Missed("status 503", Duration.ofMinutes(2)));
        receiver.retryAfter("/in", "Wed, 21 Oct 2026 07:28:00 GMT");
        assertThat(send(receiver.url("/in"))).isEqualTo(Missed.because("status 503"));
        receiver.answer("/in", 410);
        assertThat(send(receiver.url("/in"))).isEqualTo(new Gone("status 410"));
        receiver.answer("/in", 400);
        assertThat(send(receiver.url("/in"))).isInstanceOf(Missed.class);
    }

    @Test
    void doesNotGoWhereItMayNot() {
        WebhookSender guarded = new WebhookSender(
                new EgressGuard(new WebhookSettings("", true)),
                new PinnedClient(() -> (SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofSeconds(2)));
        Attempt attempt = guarded.send(receiver.url("/in"), List.of(secret), "ntf_1", BODY);
        assertThat(attempt.result()).contains("network that webhooks may not reach");
        assertThat(receiver.calls("/in")).isEmpty();
    }

    @Test
    void waitsForNobodyLongerThanItsTime() {
        for (Consumer<Socket> bad : List.<Consumer<Socket>>of(
                WebhookSenderTest::saysNothing,
                WebhookSenderTest::dripsForever,
                WebhookSenderTest::floods,
                WebhookSenderTest::speaksSomethingElse)) {
            long before = System.nanoTime();
            assertThat(send("http://hook.example:" + listening(bad) + "/")).isInstanceOf(Missed.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void trustsOnlyCertificatesForTheNameItCalls() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hook",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hook.example",
                        "-ext",
                        "san=dns:hook.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory ours = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        ours.init(store, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("hook", store.getCertificate("hook"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(ours.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String port = ":" + server.getAddress().getPort() + "/";
            assertThat(send("https://hook.example" + port, context.getSocketFactory()))
                    .isEqualTo(new Arrived("status 200"));
            assertThat(send("https://other.example" + port, context.getSocketFactory()))
                    .isEqualTo(Missed.because("no trusted TLS connection"));
            assertThat(send("https://hook.example" + port)).isEqualTo(Missed.because("no trusted TLS connection"));
        } finally {
            server.stop(0);
        }
    }

    private static int listening(Consumer<Socket> manners) {
        try {
            ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            Thread.startVirtualThread(() -> {
                try (listening;
                        Socket socket = listening.accept()) {
                    manners.accept(socket);
                } catch (IOException | UncheckedIOException hungUp) {
                    return;
                }
            });
            return listening.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void saysNothing(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void dripsForever(Socket socket) {
        for (int i = 0; i < 10_000; i++) {
            write(socket, i == 0 ? "HTTP/1.1 200 OK\r\nX: " : "x");
            try {
                Thread.sleep(50);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private static void floods(Socket socket) {
        write(socket, "HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 100_000; i++) {
            write(socket, "X-Flood: " + "x".repeat(1_000) + "\r\n");
        }
    }

    private static void speaksSomethingElse(Socket socket) {
        write(socket, "SSH-2.0-OpenSSH_9.9\r\n\r\n");
        saysNothing(socket);
    }

    private static void write(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
