package io.countersign.server.platform;

import io.countersign.core.action.PrincipalKind;

/** Who authenticated, in which organization, and with what. */
public record Caller(String organizationId, String principalId, PrincipalKind kind, Credential credential) {

    /** Whether somebody else made the credential: the token of an account, made by a person. */
    public boolean hasTokenOfAnother() {
        return credential.kind() == CredentialKind.TOKEN && !credential.maker().equals(principalId);
    }
}
