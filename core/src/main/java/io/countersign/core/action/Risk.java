package io.countersign.core.action;

/** How much harm an action can do, as the policy guide ranks it. */
public enum Risk {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
