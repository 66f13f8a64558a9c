package io.countersign.client.wire;

import io.countersign.core.action.PayloadDigest;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** Exactly the bytes that will be acted on, with the digest computed here and not told by anybody. */
public final class PayloadBytes {

    private final String mediaType;
    private final byte[] bytes;
    private final PayloadDigest digest;

    private PayloadBytes(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.digest = PayloadDigest.of(bytes);
    }

    public static PayloadBytes of(String mediaType, byte[] bytes) {
        return new PayloadBytes(mediaType, bytes.clone());
    }

    public String mediaType() {
        return mediaType;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    public String digest() {
        return digest.value();
    }

    /** As it is sent with an ask. */
    public ObjectNode json() {
        return Json.object()
                .put("mediaType", mediaType)
                .put("base64", Base64.getEncoder().encodeToString(bytes));
    }
}
