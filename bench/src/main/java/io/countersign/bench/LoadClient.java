package io.countersign.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Some kept-alive connections, driven by one thread: each sends a prepared call, and the next as soon as it is answered. Few
 * threads leave the cores to the server.
 */
final class LoadClient {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "\r\ncontent-length:";

    private final int port;
    private final byte[] prepared;
    private final LongStream.Builder nanos = LongStream.builder();

    LoadClient(int port, byte[] prepared) {
        this.port = port;
        this.prepared = prepared;
    }

    static byte[] prepared(int port, String path, String token, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** One connection: what has arrived of the present answer, and when its call was sent. */
    private static final class Line {
        private final SocketChannel channel;
        private final ByteBuffer arrived = ByteBuffer.allocate(64 * 1024);
        private long sentAt;

        Line(SocketChannel channel) {
            this.channel = channel;
        }

        /** Whether the whole answer is here; any other status than 200 ends the program. */
        boolean isAnswered() {
            int head = endOfHead();
            if (head < 0) {
                return false;
            }
            String text = new String(arrived.array(), 0, head, StandardCharsets.US_ASCII);
            if (!text.startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException(
                        "the server answered " + text.lines().findFirst());
            }
            int at = text.toLowerCase(Locale.ROOT).indexOf(LENGTH) + LENGTH.length();
            int length =
                    Integer.parseInt(text.substring(at, text.indexOf('\r', at)).strip());
            return arrived.position() >= head + END_OF_HEAD.length + length;
        }

        private int endOfHead() {
            byte[] bytes = arrived.array();
            for (int i = 0; i + END_OF_HEAD.length <= arrived.position(); i++) {
                if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                    return i;
                }
            }
            return -1;
        }
    }

    /** Calls over so many connections until the moment, and answers how long each call took, in nanoseconds. */
    long[] run(int connections, long end) throws IOException {
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
            if (line.channel.read(line.arrived) < 0) {
                throw new IllegalStateException("the server closed the connection");
            }
            if (line.isAnswered()) {
                nanos.add(System.nanoTime() - line.sentAt);
                line.arrived.clear();
                send(line);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void send(Line line) throws IOException {
        line.sentAt = System.nanoTime();
        ByteBuffer call = ByteBuffer.wrap(prepared);
        while (call.hasRemaining()) {
            line.channel.write(call);
        }
    }
}
