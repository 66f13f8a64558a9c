package io.countersign.server.directory;

import io.countersign.server.audit.Actor;
import java.time.Instant;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** The frame of changes to places and to what is given by name: they are judged by the image as it is after all others. */
@Component
class PlaceChanges {

    private final Changes changes;
    private final Directory directory;

    PlaceChanges(Changes changes, Directory directory) {
        this.changes = changes;
        this.directory = directory;
    }

    /** Runs the act on the directory of now; nobody decides anything meanwhile. */
    <T> T make(Actor actor, BiFunction<DirectoryImage, Instant, T> act) {
        return changes.make(actor, change -> act.apply(directory.at(actor.organizationId(), 0), change.now()));
    }

    /** The same for an act after which other rules may apply to a place. */
    <T> T rearrange(Actor actor, BiFunction<DirectoryImage, Instant, T> act) {
        return changes.rearrange(actor, change -> act.apply(directory.at(actor.organizationId(), 0), change.now()));
    }
}
