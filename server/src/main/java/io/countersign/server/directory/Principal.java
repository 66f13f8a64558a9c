package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Subject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody or something that can act, as the directory knows it.
 *
 * @param roles the ids of the roles held
 * @param ownerId the person, team or account that owns an account; none for a person and the bootstrap account
 */
public record Principal(
        String id,
        String handle,
        String name,
        PrincipalKind kind,
        boolean active,
        Set<String> roles,
        @Nullable String ownerId) {

    public Principal {
        roles = Set.copyOf(roles);
    }

    /** The principal as the one who acts. */
    public Subject asSubject() {
        return new Subject(id, kind);
    }
}
