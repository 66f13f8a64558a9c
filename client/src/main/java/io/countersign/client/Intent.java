package io.countersign.client;

import io.countersign.client.wire.PayloadBytes;
import io.countersign.core.action.PayloadDigest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody means to do, exactly: the same value is asked for, redeemed and checked against a grant.
 *
 * @param action id of the action, for example {@code release.deploy}
 * @param subject who acts, by id or {@code @handle}; none for the owner of the credential
 * @param reason why, 1 to 4,000 visible characters, or none where no policy demands one
 * @param payload the bytes that will be acted on, up to the organization's limit (16 MiB unless set); none for no bytes
 * @param digest the payload's digest where the bytes are not at hand: enough to check, redeem and verify, not to ask
 * @param authors author and last editor of the change, by id or {@code @handle}; they do not approve it
 * @param supersedes the request this one takes the place of, such as {@code AR-42}, or none
 */
public record Intent(
        String action,
        ResourceName resource,
        @Nullable String subject,
        @Nullable String reason,
        @Nullable PayloadBytes payload,
        @Nullable PayloadDigest digest,
        List<String> authors,
        @Nullable String supersedes) {

    private static final PayloadDigest OF_NOTHING = PayloadDigest.of(new byte[0]);

    public Intent {
        authors = List.copyOf(authors);
    }

    /** An intent without reason and payload yet. */
    public static Intent to(String action, ResourceName resource) {
        return new Intent(action, resource, null, null, null, null, List.of(), null);
    }

    /** The same for this reason. */
    public Intent because(String why) {
        return new Intent(action, resource, subject, why, payload, digest, authors, supersedes);
    }

    /** The same, with exactly these bytes. */
    public Intent withPayload(String mediaType, byte[] bytes) {
        return new Intent(
                action, resource, subject, reason, PayloadBytes.of(mediaType, bytes), null, authors, supersedes);
    }

    /** The same, with exactly this text in UTF-8. */
    public Intent withPayload(String text) {
        return withPayload("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, with a payload of which only the digest is known. */
    public Intent withDigest(PayloadDigest known) {
        return new Intent(action, resource, subject, reason, null, known, authors, supersedes);
    }

    /** The same for somebody else, who acts; needs the permission to ask on behalf. */
    public Intent onBehalfOf(String idOrHandle) {
        return new Intent(action, resource, idOrHandle, reason, payload, digest, authors, supersedes);
    }

    /** The same change, written by these people. */
    public Intent writtenBy(List<String> idsOrHandles) {
        return new Intent(action, resource, subject, reason, payload, digest, idsOrHandles, supersedes);
    }

    /** The same in the place of an earlier request of one's own. */
    public Intent superseding(String number) {
        return new Intent(action, resource, subject, reason, payload, digest, authors, number);
    }

    /** The digest of the payload; of no bytes where there is none. */
    public PayloadDigest payloadDigest() {
        if (payload != null) {
            return new PayloadDigest(payload.digest());
        }
        return digest == null ? OF_NOTHING : digest;
    }
}
