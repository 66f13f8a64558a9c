package io.countersign.server.directory;

import io.countersign.core.audit.Entry;
import io.countersign.core.declaration.Difference;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.platform.ServerClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** Who and what there is, read and changed as a whole: for policy as code. */
@Service
public class DirectoryDeclarations {

    private final Changes changes;
    private final DeclaredStore store;
    private final DeclaredPeople people;
    private final DeclaredPlaces places;
    private final ServerClock clock;
    private final AuditLog log;

    DirectoryDeclarations(
            Changes changes,
            DeclaredStore store,
            DeclaredPeople people,
            DeclaredPlaces places,
            ServerClock clock,
            AuditLog log) {
        this.changes = changes;
        this.store = store;
        this.people = people;
        this.places = places;
        this.clock = clock;
        this.log = log;
    }

    /** What there is, as the present transaction sees it. */
    public PresentDirectory present(String organizationId) {
        return store.read(organizationId);
    }

    /** One change of an organization, rules and places included: nobody decides anything meanwhile. */
    public <T> T change(Actor actor, Supplier<T> work) {
        return changes.rearrange(actor, _ -> work.get());
    }

    /**
     * Does what a difference says about people and places, with an entry for each thing; call it within
     * {@link #change}. That it may be done, and makes sense, has been judged.
     *
     * @param present what the difference was made from
     */
    public void write(Actor actor, Difference difference, PresentDirectory present) {
        List<Entry> entries = new ArrayList<>();
        DirectoryChange change = new DirectoryChange(actor, clock.now(), entries::add);
        places.keep(change, difference, present);
        people.keep(change, difference, present);
        people.remove(change, difference, present);
        places.remove(change, difference, present);
        log.appendAll(actor, entries);
    }
}
