package io.countersign.server.directory;

import io.countersign.server.audit.Actor;

/** Whoever has to undo what a credential did that was in wrong hands. */
public interface CompromisedCredentials {

    /**
     * Called inside the transaction that revokes the credential, while nobody decides anything in the organization.
     *
     * @param actor who revokes it
     */
    void compromised(Actor actor, String credentialId);
}
