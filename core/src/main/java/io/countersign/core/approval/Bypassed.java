package io.countersign.core.approval;

import java.util.Set;

/**
 * What a grant rests on in the place of approvals: a session, and the requirements that were not met.
 *
 * @param sessionName the session as people write it, such as {@code BG-7}
 * @param requirements ids of the requirements it stands in for
 */
public record Bypassed(String sessionId, String sessionName, Set<String> requirements) {

    public Bypassed {
        requirements = Set.copyOf(requirements);
    }
}
