package io.countersign.core.action;

/** The kinds of thing an action can be performed on; the organization holds all others. */
public enum ResourceLevel {
    ORGANIZATION,
    PROJECT,
    ENVIRONMENT,
    CLUSTER
}
