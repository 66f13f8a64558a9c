package io.countersign.core.breakglass;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Who may review a session: a security_manager or compliance_officer who had no part in it.
 *
 * @param openingApprovedBy who approved its opening
 * @param acted who acted in it, whether as subject or as caller, and their owners
 */
public record Reviewers(String ownerId, Set<String> openingApprovedBy, Set<String> acted) {

    private static final Set<String> ROLES = Set.of("security_manager", "compliance_officer");

    public Reviewers {
        openingApprovedBy = Set.copyOf(openingApprovedBy);
        acted = Set.copyOf(acted);
    }

    /** What stands against a reviewer. */
    public enum Bar {
        ROLE,
        OWNER,
        APPROVED_OPENING,
        ACTED
    }

    /** What stands against this person, who holds these roles; nothing where he may review. */
    public Optional<Bar> against(String personId, Collection<String> roles) {
        if (personId.equals(ownerId)) {
            return Optional.of(Bar.OWNER);
        }
        if (openingApprovedBy.contains(personId)) {
            return Optional.of(Bar.APPROVED_OPENING);
        }
        if (acted.contains(personId)) {
            return Optional.of(Bar.ACTED);
        }
        return roles.stream().anyMatch(ROLES::contains) ? Optional.empty() : Optional.of(Bar.ROLE);
    }
}
