package io.countersign.server.directory;

import io.countersign.server.audit.Actor;

/** Whoever has to end something because people, permissions or settings are no longer what they were. */
public interface DirectoryWatch {

    /**
     * Called inside the transaction of the change, when it is made, while nobody decides anything in the organization.
     *
     * @param actor who made the change
     */
    void changed(Actor actor);
}
