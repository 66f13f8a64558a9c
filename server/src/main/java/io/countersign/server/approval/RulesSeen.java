package io.countersign.server.approval;

import java.time.Instant;
import java.util.Optional;

/**
 * By which rules a request was last judged, so that it is known when it must be judged anew.
 *
 * @param nextRule when a further rule will apply because of the time, or nothing in sight
 */
public record RulesSeen(long epoch, Optional<Instant> nextRule) {}
