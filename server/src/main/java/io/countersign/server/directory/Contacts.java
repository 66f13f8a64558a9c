package io.countersign.server.directory;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** How people are reached outside of the console. */
@Service
public class Contacts {

    private final ContactStore store;

    Contacts(ContactStore store) {
        this.store = store;
    }

    /**
     * An active person.
     *
     * @param email where mail reaches him, or none
     */
    public record Contact(
            String personId,
            String handle,
            String name,
            @Nullable String email) {}

    /** Every active person who holds the role security_manager, by handle. */
    public List<Contact> securityManagers(String organizationId) {
        return store.holders(organizationId, Rights.SECURITY_MANAGER);
    }

    /** An active person, or nothing. */
    public Optional<Contact> person(String organizationId, String personId) {
        return store.person(organizationId, personId);
    }
}
