package io.countersign.server.platform;

import io.countersign.core.action.PrincipalKind;

/** Who authenticated, in which organization, and with what. */
public record Caller(String organizationId, String principalId, PrincipalKind kind, Credential credential) {}
