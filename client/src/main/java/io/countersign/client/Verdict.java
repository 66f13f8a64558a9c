package io.countersign.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the gate says: exactly one of permit, hold and deny. */
public sealed interface Verdict {

    /**
     * It may be done. After an ask it is done by redeeming; after a redemption it is done now, once.
     *
     * @param basis why: {@code not-gated}, {@code grant} or {@code break-glass}
     * @param request the approved request, where there is one
     * @param grant the grant that waits or was just used, where there is one
     * @param executionId after a redemption, the id under which the outcome is reported
     */
    record Permit(
            String basis,
            Optional<RequestReference> request,
            Optional<GrantReference> grant,
            Optional<String> executionId)
            implements Verdict {}

    /**
     * It waits for people.
     *
     * @param request the request that stands for it; none after a check, which opens nothing
     * @param requirements what must be met
     */
    record Hold(Optional<RequestReference> request, List<Requirement> requirements) implements Verdict {

        public Hold {
            requirements = List.copyOf(requirements);
        }
    }

    /**
     * It may not be done, and no approval would change that now.
     *
     * @param code stable word for programs, for example {@code policy-violations}, {@code denied}, {@code executing}
     * @param sentence the same for people
     * @param violations what is wrong in particular, often empty
     * @param remedy what can be done about it, or empty
     */
    record Deny(String code, String sentence, List<Violation> violations, String remedy) implements Verdict {

        public Deny {
            violations = List.copyOf(violations);
        }
    }

    /** A request: its number such as {@code AR-42}, until when people may vote, and where they do. */
    record RequestReference(String id, String number, Instant deadline, String link) {}

    /** A grant: the last moment to redeem it, and until when no further approval is needed for that. */
    record GrantReference(String id, Instant expiresAt, Instant usableUntil) {}

    /** One rule that must be met, and by how many at least. */
    record Requirement(String name, int minApprovals) {}

    /** One thing that stands against it. */
    record Violation(String code, String message, String remedy) {}
}
