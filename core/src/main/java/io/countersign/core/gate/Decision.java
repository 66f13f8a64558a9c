package io.countersign.core.gate;

import io.countersign.core.policy.Requirement;
import java.util.List;

/** What the rules in force say to an ask, before any request or grant is looked at. */
public sealed interface Decision {

    /** No rule demands an approval. */
    record Permit() implements Decision {}

    /** Every one of these must be met first; never empty. */
    record Hold(List<Requirement> requirements) implements Decision {
        public Hold {
            requirements = List.copyOf(requirements);
        }
    }

    /** Refused for reasons no approval can cure; never empty. */
    record Deny(List<Violation> violations) implements Decision {
        public Deny {
            violations = List.copyOf(violations);
        }
    }
}
