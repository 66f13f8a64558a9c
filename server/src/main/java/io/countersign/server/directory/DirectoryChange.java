package io.countersign.server.directory;

import io.countersign.core.audit.Entry;
import io.countersign.server.audit.Actor;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One change in progress: by whom, when, and where it is written down.
 *
 * @param now read after the locks
 */
record DirectoryChange(Actor actor, Instant now, Consumer<Entry> log) {

    String orgId() {
        return actor.organizationId();
    }

    String by() {
        return actor.principalId();
    }

    /** Writes the entry of what was done. */
    void tell(Entry entry) {
        log.accept(entry);
    }
}
