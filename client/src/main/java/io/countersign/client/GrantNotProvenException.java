package io.countersign.client;

import java.io.Serial;

/** Thrown when a document does not prove what it should. */
public final class GrantNotProvenException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String code;

    GrantNotProvenException(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /**
     * Why, as a stable word: {@code malformed}, {@code wrong-type}, {@code unknown-key}, {@code bad-signature},
     * {@code wrong-issuer}, {@code not-yet}, {@code expired}, {@code other-action}, {@code other-resource},
     * {@code other-payload} or {@code other-subject}. After {@code unknown-key} fetch the keys again, once.
     */
    public String code() {
        return code;
    }
}
