package io.countersign.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One kept-alive connection for one call after the other, with hardly any work of its own: the cores are the server's. */
final class CallLine implements AutoCloseable {

    private final SocketChannel channel;
    private final Arriving answer = new Arriving(200, 201, 204);

    CallLine(int port) {
        try {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends a prepared call and answers the body of what comes back. */
    String call(byte[] prepared) {
        try {
            ByteBuffer call = ByteBuffer.wrap(prepared);
            while (call.hasRemaining()) {
                channel.write(call);
            }
            answer.next();
            boolean whole = false;
            while (!whole) {
                whole = answer.readFrom(channel);
            }
            return answer.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
