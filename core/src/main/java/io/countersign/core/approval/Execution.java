package io.countersign.core.approval;

import io.countersign.core.action.Subject;
import java.time.Instant;

/**
 * One redemption of a grant: who is executing since when.
 *
 * @param executionId drawn at random by the executing process; it makes the redemption repeatable for that process alone
 */
public record Execution(String executionId, Subject redeemer, Instant at) {}
