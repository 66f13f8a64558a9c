package io.countersign.server.directory;

import io.countersign.server.platform.ProblemException;
import java.util.regex.Pattern;

/**
 * Where a release comes from: something that nobody can move afterwards, so that what was approved stays what is deployed.
 * Names of branches and tags move.
 */
final class SourceReference {

    private static final int LONGEST = 1_000;
    private static final Pattern IMMUTABLE = Pattern.compile(
            "([^\\p{Cntrl}]*[^0-9A-Za-z\\p{Cntrl}])?([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})");

    private SourceReference() {}

    /** The reference as given; 400 where it does not end with a whole commit id or digest. */
    static String checked(String reference) {
        if (reference.isBlank() || reference.length() > LONGEST) {
            throw ProblemException.badField(
                    "bad-length", "sourceReference", "sourceReference has 1 to 1,000 characters");
        }
        if (!IMMUTABLE.matcher(reference).matches()) {
            throw ProblemException.badField(
                    "not-immutable",
                    "sourceReference",
                    "sourceReference ends with a whole commit id (40 or 64 hexadecimal digits) or the digest of an image or"
                            + " archive, such as `ghcr.io/acme/payments@sha256:...`; names of branches and tags can be moved");
        }
        return reference;
    }
}
