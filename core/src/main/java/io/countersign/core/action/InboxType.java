package io.countersign.core.action;

/** The filter under which an action's requests are found in the approvals inbox (policy guide, "Inbox Features"). */
public enum InboxType {
    RELEASE,
    PROMOTION,
    ROLLBACK,
    PROJECT,
    CLUSTER,
    SECURITY,
    OWN
}
