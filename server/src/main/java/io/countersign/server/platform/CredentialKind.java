package io.countersign.server.platform;

/** How a caller proved who he is. */
public enum CredentialKind {
    /** A sign-in of a person, which carries every scope. */
    SESSION,
    /** An API token, which carries the scopes it was made with. */
    TOKEN,
    /** The administration token of the server's environment. */
    BOOTSTRAP
}
