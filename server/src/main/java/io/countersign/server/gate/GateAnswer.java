package io.countersign.server.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.server.platform.Fault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says.
 *
 * @param decision {@code permit}, {@code hold} or {@code deny}
 * @param basis why it permits: {@code not-gated}, {@code grant} or {@code break-glass}
 * @param violations why it is denied, or why no grant waits for what is about to be done
 * @param epoch the version of people and rules it was judged by
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GateAnswer(
        String decision,
        @Nullable String basis,
        @Nullable RequestRef request,
        @Nullable GrantRef grant,
        @Nullable BypassRef breakGlass,
        @Nullable List<RequirementRef> requirements,
        @Nullable List<Fault> violations,
        @Nullable String executionId,
        String payloadDigest,
        long epoch,
        Instant evaluatedAt) {

    /** The same with what stands behind it; nothing for no faults. */
    GateAnswer because(List<Fault> faults) {
        return new GateAnswer(
                decision,
                basis,
                request,
                grant,
                breakGlass,
                requirements,
                faults.isEmpty() ? violations : faults,
                executionId,
                payloadDigest,
                epoch,
                evaluatedAt);
    }

    /** The approval request that stands for a hold or a grant. */
    record RequestRef(String id, String number, String state, Instant deadline, String link) {}

    /** A grant that waits to be used, or was used just now. */
    record GrantRef(String id, Instant expiresAt, Instant usableUntil) {}

    /**
     * The break-glass session that a grant rests on.
     *
     * @param bypassed ids of the requirements that were not met
     */
    record BypassRef(String sessionId, String session, List<String> bypassed) {}

    /** One rule that must be met. */
    record RequirementRef(String ruleId, int version, String bindingId, String name, int minApprovals) {}
}
