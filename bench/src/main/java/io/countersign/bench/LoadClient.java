package io.countersign.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Some kept-alive connections, driven by one thread: each sends a prepared call, and the next as soon as it is answered. Few
 * threads leave the cores to the server. Several prepared calls take turns.
 */
final class LoadClient {

    private final int port;
    private final List<byte[]> prepared;
    private int turn;
    private final LongStream.Builder nanos = LongStream.builder();

    LoadClient(int port, byte[] prepared) {
        this(port, List.of(prepared));
    }

    LoadClient(int port, List<byte[]> prepared) {
        this.port = port;
        this.prepared = List.copyOf(prepared);
    }

    static byte[] preparedGet(int port, String path, String token) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/json\r\n\r\n";
        return head.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] prepared(int port, String path, String token, String body) {
        return prepared(port, path, token, body, "");
    }

    /** A call that is done once, however often it is sent. */
    static byte[] preparedOnce(int port, String path, String token, String body) {
        return prepared(port, path, token, body, "\r\nIdempotency-Key: " + UUID.randomUUID());
    }

    private static byte[] prepared(int port, String path, String token, String body, String header) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token
                + header + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** One connection: what has arrived of the present answer, and when its call was sent. */
    private static final class Line {
        private final SocketChannel channel;
        private final Arriving answer = new Arriving(200);
        private long sentAt;

        Line(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** Calls over so many connections for so long, and answers how long each call took, in nanoseconds. */
    long[] run(int connections, Duration time) {
        try {
            return run(connections, System.nanoTime() + time.toNanos());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private long[] run(int connections, long end) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Line line = new Line(channel);
                channel.register(selector, SelectionKey.OP_READ, line);
                send(line);
            }
            while (System.nanoTime() < end) {
                selector.select(key -> read((Line) key.attachment()), 100);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return nanos.build().toArray();
    }

    private void read(Line line) {
        try {
            if (line.answer.readFrom(line.channel)) {
                nanos.add(System.nanoTime() - line.sentAt);
                line.answer.next();
                send(line);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void send(Line line) throws IOException {
        line.sentAt = System.nanoTime();
        ByteBuffer call = ByteBuffer.wrap(prepared.get(turn++ % prepared.size()));
        while (call.hasRemaining()) {
            line.channel.write(call);
        }
    }
}
