package io.countersign.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** An HTTP answer that arrives bit by bit on a kept-alive connection; a status that is not expected ends the program. */
final class Arriving {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_ANSWER = 1024 * 1024;

    private final List<String> expected;
    private final ByteBuffer arrived = ByteBuffer.allocate(LARGEST_ANSWER);

    /** Bytes of the head, its empty line included; 0 while it is not here. */
    private int head;

    /** Bytes of the whole answer; -1 where it is sent in chunks. */
    private int length;

    /** @param statuses those that are expected; of them 204 alone has no body */
    Arriving(int... statuses) {
        expected = Arrays.stream(statuses).mapToObj(Integer::toString).toList();
    }

    /** Takes what has arrived; answers whether the answer is whole now. */
    boolean readFrom(SocketChannel channel) throws IOException {
        if (channel.read(arrived) < 0) {
            throw new IllegalStateException("the server closed the connection");
        }
        if (head == 0) {
            readHead();
        }
        return head > 0 && (length >= 0 ? arrived.position() >= length : endsWith(LAST_CHUNK));
    }

    /** The body of a whole answer that says how long it is. */
    String body() {
        return new String(arrived.array(), head, Math.max(0, length - head), StandardCharsets.UTF_8);
    }

    /** Forgets the answer: the next one arrives. */
    void next() {
        arrived.clear();
        head = 0;
        length = 0;
    }

    private void readHead() {
        head = endOfHead();
        if (head == 0) {
            return;
        }
        if (expected.stream().noneMatch(status -> begins(0, "HTTP/1.1 " + status))) {
            throw new IllegalStateException("the server answered "
                    + new String(arrived.array(), 0, arrived.position(), StandardCharsets.UTF_8));
        }
        length = begins(0, "HTTP/1.1 204") ? head : announced();
    }

    private int announced() {
        for (int line = nextLine(0); line < head - 2; line = nextLine(line)) {
            if (begins(line, LENGTH)) {
                return head + number(line + LENGTH.length());
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
                return i + END_OF_HEAD.length;
            }
        }
        return 0;
    }

    private boolean endsWith(byte[] end) {
        int from = arrived.position() - end.length;
        return from >= 0 && Arrays.equals(arrived.array(), from, from + end.length, end, 0, end.length);
    }
}
