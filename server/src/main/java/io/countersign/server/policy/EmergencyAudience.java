package io.countersign.server.policy;

import java.util.Optional;

/** Who hears of an organization's emergencies, as a finding asks for it; the rules and people alone do not show it. */
public interface EmergencyAudience {

    /** Why nobody at all would be told of an emergency, one lower-case sentence, if that is so. */
    Optional<String> lack(String organizationId);
}
