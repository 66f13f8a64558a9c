package io.countersign.core.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A human as eligibility sees him.
 *
 * @param teams the teams he is directly in
 * @param orgRoles the ids of the roles he holds
 * @param credentialMaker who made the enrolment or reset link his standing credential came from, until confirmed
 */
public record Person(
        String id,
        boolean active,
        Set<String> teams,
        Set<String> orgRoles,
        @Nullable String credentialMaker) {

    /** The role that never approves, even when listed. */
    public static final String VIEWER = "viewer";

    public Person {
        teams = Set.copyOf(teams);
        orgRoles = Set.copyOf(orgRoles);
    }

    /** Whether he is active and holds some role other than viewer. */
    public boolean mayApproveAtAll() {
        return active && holdsMoreThanViewer(orgRoles);
    }

    /** Whether one of these roles lets its holder approve. */
    public static boolean holdsMoreThanViewer(Set<String> orgRoles) {
        return orgRoles.size() > 1 || (orgRoles.size() == 1 && !orgRoles.contains(VIEWER));
    }
}
