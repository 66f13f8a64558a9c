package io.countersign.core.action;

/** What kind of principal acts; only a person ever votes. */
public enum PrincipalKind {
    PERSON,
    SERVICE,
    AGENT,
    BOOTSTRAP
}
