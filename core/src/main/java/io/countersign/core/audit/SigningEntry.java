package io.countersign.core.audit;

import java.time.Instant;
import java.util.List;

/** What happened to the keys that prove what Countersign says, and what was proven with them. */
public sealed interface SigningEntry extends Entry {

    /** A key was made and published; it signs at once ({@code active}) or after the next rotation ({@code next}). */
    record SigningKeyMade(String kid, String use, String algorithm, String state) implements SigningEntry {}

    /** A key stopped signing and another one took its place; a compromised one is published no longer. */
    record SigningKeyRotated(String use, String retiredKid, String activeKid, boolean compromised)
            implements SigningEntry {

        @Override
        public boolean prominent() {
            return true;
        }
    }

    /** A grant was first read as a signed document, or again after the key of the first was compromised. */
    record GrantDocumentMade(String number, String grantId, String kid) implements SigningEntry {

        @Override
        public String requestNumber() {
            return number;
        }
    }

    /** A short-lived token for a cluster was made for this principal, naming these teams. */
    record ClusterTokenIssued(
            String tokenId, String clusterId, String principalId, List<String> groups, Instant expiresAt)
            implements SigningEntry {

        public ClusterTokenIssued {
            groups = List.copyOf(groups);
        }
    }
}
