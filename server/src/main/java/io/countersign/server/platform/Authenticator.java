package io.countersign.server.platform;

import java.util.Optional;

/** Knows whose secret it is, and what that caller may do now; the directory answers both from memory. */
public interface Authenticator {

    /** The caller behind a secret; empty when it is unknown, expired or revoked. */
    Optional<Caller> authenticate(String secret);

    /** Whether role and credential both reach the permission now. */
    boolean allows(Caller caller, Permission permission);

    /**
     * Whether the credential of a caller who was let in still stands: for calls that last. Asking is no use of it, so it
     * keeps no session alive.
     */
    boolean stands(Caller caller);
}
