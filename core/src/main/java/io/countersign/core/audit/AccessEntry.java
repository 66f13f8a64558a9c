package io.countersign.core.audit;

/** What happened at the doors: sign-ins, links, tokens. */
public sealed interface AccessEntry extends Entry {

    /** A person signed in. */
    record SignedIn(String personId, String sessionId) implements AccessEntry {}
}
