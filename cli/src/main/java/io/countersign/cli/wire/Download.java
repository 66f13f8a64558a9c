package io.countersign.cli.wire;

/**
 * Bytes that the server gave out, with what a header said of them.
 */
public final class Download {

    private final String label;
    private final byte[] bytes;

    Download(String label, byte[] bytes) {
        this.label = label;
        this.bytes = bytes.clone();
    }

    /** What the header said, or empty. */
    public String label() {
        return label;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
