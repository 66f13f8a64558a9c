package io.countersign.core.policy;

import java.time.Duration;

/** Who may approve as well, from how long after the opening on; it only ever adds approvers. */
public record Escalation(Approvers approvers, Duration after) {}
