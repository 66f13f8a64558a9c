package io.countersign.server.gate;

import io.countersign.core.action.PayloadDigest;
import io.countersign.server.approval.Payload;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads the payload out of an ask and names its digest. */
final class PayloadReader {

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String BINARY = "application/octet-stream";

    /** The payload where it came along, and the digest of what is meant. */
    record Read(@Nullable Payload payload, PayloadDigest digest) {}

    private PayloadReader() {}

    static Read read(AskForm form) {
        AskForm.PayloadForm sent = form.payload();
        @Nullable PayloadDigest named = form.payloadDigest() == null ? null : digest(form.payloadDigest());
        if (sent == null) {
            if (named != null) {
                return new Read(null, named);
            }
            byte[] nothing = new byte[0];
            return new Read(new Payload(PLAIN, nothing), PayloadDigest.of(nothing));
        }
        byte[] bytes = bytes(sent);
        PayloadDigest digest = PayloadDigest.of(bytes);
        if (named != null && !named.equals(digest)) {
            throw ProblemException.badField(
                    "digest-mismatch", "payloadDigest", "the payload's digest is `" + digest.value() + "`");
        }
        return new Read(new Payload(mediaType(sent), bytes), digest);
    }

    static PayloadDigest digest(String text) {
        try {
            return new PayloadDigest(text);
        } catch (IllegalArgumentException malformed) {
            throw ProblemException.badField("bad-digest", "payloadDigest", String.valueOf(malformed.getMessage()));
        }
    }

    static void demandWithin(long limit, Read read) {
        if (read.payload() != null && read.payload().size() > limit) {
            throw Problem.of(413, "payload-too-large", "the payload has more than " + limit + " bytes")
                    .remedy("send less, or have an admin raise the organization's limit")
                    .raise();
        }
    }

    private static byte[] bytes(AskForm.PayloadForm sent) {
        if ((sent.text() == null) == (sent.base64() == null)) {
            throw ProblemException.badField("text-or-base64", "payload", "give either payload.text or payload.base64");
        }
        if (sent.text() != null) {
            return sent.text().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(sent.base64());
        } catch (IllegalArgumentException malformed) {
            throw ProblemException.badField("bad-base64", "payload.base64", "payload.base64 is no valid base64");
        }
    }

    private static String mediaType(AskForm.PayloadForm sent) {
        String given = sent.mediaType();
        if (given == null) {
            return sent.text() != null ? PLAIN : BINARY;
        }
        boolean printable = given.length() <= 200 && given.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        if (!printable || !given.contains("/")) {
            throw ProblemException.badField(
                    "bad-media-type", "payload.mediaType", "a media type looks like `text/plain`");
        }
        return given;
    }
}
