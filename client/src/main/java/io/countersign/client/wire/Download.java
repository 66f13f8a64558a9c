package io.countersign.client.wire;

import java.util.List;

/**
 * Bytes that the server gave out, with what headers said of them.
 */
public final class Download {

    private final List<String> labels;
    private final byte[] bytes;

    Download(List<String> labels, byte[] bytes) {
        this.labels = List.copyOf(labels);
        this.bytes = bytes.clone();
    }

    /** What the first header said, or empty. */
    public String label() {
        return label(0);
    }

    /** What one of the headers said, in the order they were named, or empty. */
    public String label(int index) {
        return labels.get(index);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
