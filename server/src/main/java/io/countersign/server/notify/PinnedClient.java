package io.countersign.server.notify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts one body over HTTP/1.1 to an address that was looked at before, under the name it was found under: no other name is
 * resolved, no redirect followed, no proxy asked, nothing kept, and of the answer only its head is read. The JDK's client
 * resolves names itself, so it cannot be held to an address.
 */
final class PinnedClient {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final int LARGEST_HEAD = 16 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern RETRY_AFTER = Pattern.compile("(?im)^retry-after:[ \t]*([0-9]{1,9})[ \t]*$");

    /** What was answered: the status, and how many seconds the other side asks to be left alone. */
    record Head(int status, @Nullable Duration retryAfter) {}

    private final Supplier<SSLSocketFactory> tls;
    private final Duration within;

    /**
     * A client with this trust.
     *
     * @param tls asked for when it is needed: to read what a machine trusts takes a while
     * @param within how long everything together may take
     */
    PinnedClient(Supplier<SSLSocketFactory> tls, Duration within) {
        this.tls = tls;
        this.within = within;
    }

    /** The end of the time that one call has. */
    private record Deadline(long nanos) {

        private int left() throws SocketTimeoutException {
            long millis = (nanos - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            return (int) millis;
        }
    }

    /**
     * Posts it and answers what the other side said.
     *
     * @param headers names and values of visible ASCII
     * @throws IOException where no answer came in time, or none that is HTTP
     */
    Head post(EgressGuard.Way way, Map<String, String> headers, byte[] body) throws IOException {
        Deadline deadline = new Deadline(System.nanoTime() + within.toNanos());
        try (Socket plain = new Socket()) {
            Thread watch = Thread.startVirtualThread(() -> hangUpAfter(plain));
            try {
                return post(plain, way, headers, body, deadline);
            } finally {
                watch.interrupt();
            }
        }
    }

    /** Whatever a call hangs in, a handshake in drops or a write that nobody reads, ends with its socket. */
    private void hangUpAfter(Socket socket) {
        try {
            Thread.sleep(within);
            socket.close();
        } catch (InterruptedException | IOException overBefore) {
            Thread.currentThread().interrupt();
        }
    }

    private Head post(Socket plain, EgressGuard.Way way, Map<String, String> headers, byte[] body, Deadline deadline)
            throws IOException {
        plain.connect(new InetSocketAddress(way.address(), way.port()), (int)
                Math.min(CONNECT_WITHIN.toMillis(), deadline.left()));
        plain.setSoTimeout(deadline.left());
        plain.setTcpNoDelay(true);
        if (!way.tls()) {
            return exchange(plain, way, headers, body, deadline);
        }
        try (SSLSocket secured = (SSLSocket) tls.get().createSocket(plain, way.host(), way.port(), true)) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return exchange(secured, way, headers, body, deadline);
        }
    }

    private static Head exchange(
            Socket socket, EgressGuard.Way way, Map<String, String> headers, byte[] body, Deadline deadline)
            throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head(way, headers, body.length));
        out.write(body);
        out.flush();
        Head head;
        do {
            head = read(socket, deadline);
        } while (head.status() < 200);
        return head;
    }

    private static byte[] head(EgressGuard.Way way, Map<String, String> headers, int length) {
        StringBuilder head = new StringBuilder(512)
                .append("POST ")
                .append(way.path())
                .append(" HTTP/1.1\r\nHost: ")
                .append(way.authority())
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        headers.forEach((name, value) -> {
            if (!value.chars().allMatch(letter -> letter >= ' ' && letter < 0x7f)) {
                throw new IllegalArgumentException("header " + name + " is visible ASCII");
            }
            head.append(name).append(": ").append(value).append("\r\n");
        });
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Head read(Socket socket, Deadline deadline) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        int ends = 0;
        while (ends < 2) {
            socket.setSoTimeout(deadline.left());
            int next = in.read();
            if (next < 0 || bytes.size() >= LARGEST_HEAD) {
                throw new IOException("no answer of HTTP");
            }
            bytes.write(next);
            if (next == '\n') {
                ends++;
            } else if (next != '\r') {
                ends = 0;
            }
        }
        String head = bytes.toString(StandardCharsets.ISO_8859_1);
        Matcher status = STATUS.matcher(head.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw new IOException("no answer of HTTP");
        }
        return new Head(Integer.parseInt(status.group(1)), retryAfter(head).orElse(null));
    }

    private static Optional<Duration> retryAfter(String head) {
        Matcher wish = RETRY_AFTER.matcher(head.replace("\r", ""));
        return wish.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(wish.group(1)))) : Optional.empty();
    }
}
