package io.countersign.server.approval;

/** The raw bytes that will be acted on, and how to read them; the media type is no part of the digest. */
public final class Payload {

    private final String mediaType;
    private final byte[] bytes;

    public Payload(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    /** The media type the asker named. */
    public String mediaType() {
        return mediaType;
    }

    /** How many bytes there are. */
    public int size() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
