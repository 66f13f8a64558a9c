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
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Some kept-alive connections, driven by one thread: each sends a prepared call, and the next as soon as it is answered. Few
 * threads leave the cores to the server. Several prepared calls take turns.
 */
final class LoadClient {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_ANSWER = 1024 * 1024;

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
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** One connection: what has arrived of the present answer, and when its call was sent. */
    private static final class Line {
        private final SocketChannel channel;
        private final ByteBuffer arrived = ByteBuffer.allocate(LARGEST_ANSWER);
        private long sentAt;

        /** Bytes of the whole answer; 0 while its head is not here, -1 where it is sent in chunks. */
        private int length;

        Line(SocketChannel channel) {
            this.channel = channel;
        }

        /** Whether the whole answer is here; any other status than 200 ends the program. */
        boolean isAnswered() {
            if (length == 0) {
                length = announced();
            }
            return length > 0 ? arrived.position() >= length : length < 0 && endsWith(LAST_CHUNK);
        }

        private int announced() {
            int head = endOfHead();
            if (head < 0) {
                return 0;
            }
            if (!begins(0, "HTTP/1.1 200")) {
                throw new IllegalStateException(
                        "the server answered " + new String(arrived.array(), 0, head, StandardCharsets.US_ASCII));
            }
            for (int line = nextLine(0); line < head; line = nextLine(line)) {
                if (begins(line, LENGTH)) {
                    return head + END_OF_HEAD.length + number(line + LENGTH.length());
                }
                if (begins(line, CHUNKED)) {
                    return -1;
                }
            }
            throw new IllegalStateException("an answer does not say how long it is");
        }

        private int nextLine(int from) {
            int at = from;
            while (arrived.get(at) != '\n') {
                at++;
            }
            return at + 1;
        }

        /** Without regard to upper and lower case of letters. */
        private boolean begins(int at, String text) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.toLowerCase(arrived.get(at + i)) != Character.toLowerCase(text.charAt(i))) {
                    return false;
                }
            }
            return true;
        }

        private int number(int from) {
            int number = 0;
            for (int at = from; arrived.get(at) != '\r'; at++) {
                number = arrived.get(at) == ' ' ? number : 10 * number + arrived.get(at) - '0';
            }
            return number;
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

        private boolean endsWith(byte[] end) {
            int from = arrived.position() - end.length;
            return from >= 0 && Arrays.equals(arrived.array(), from, from + end.length, end, 0, end.length);
        }

        void next() {
            arrived.clear();
            length = 0;
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
            if (line.channel.read(line.arrived) < 0) {
                throw new IllegalStateException("the server closed the connection");
            }
            if (line.isAnswered()) {
                nanos.add(System.nanoTime() - line.sentAt);
                line.next();
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
