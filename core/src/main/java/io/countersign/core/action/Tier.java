package io.countersign.core.action;

/** What an environment is for. */
public enum Tier {
    PRODUCTION,
    STAGING,
    DEVELOPMENT
}
