package io.countersign.core.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gate answered where no request stands for it. */
public sealed interface GateEntry extends Entry {

    /** An ask was refused. */
    record AskDenied(
            String subjectId,
            String callerId,
            String action,
            String resource,
            String payloadDigest,
            String code,
            List<String> violations)
            implements GateEntry {}

    /** An ask or redemption that no rule gates began to execute. */
    record UngatedExecution(
            String executionId, String subjectId, String callerId, String action, String resource, String payloadDigest)
            implements GateEntry {}

    /** An ungated execution ended. */
    record UngatedExecuted(
            String executionId,
            String result,
            @Nullable String text,
            @Nullable String link) implements GateEntry {}

    /** A redemption was refused. */
    record RedemptionRefused(
            @Nullable String number,
            String executionId,
            String callerId,
            String action,
            String resource,
            String payloadDigest,
            String code)
            implements GateEntry {

        @Override
        public @Nullable String requestNumber() {
            return number;
        }
    }
}
