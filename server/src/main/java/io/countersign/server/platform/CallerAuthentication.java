package io.countersign.server.platform;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A caller as Spring Security carries him through a call; the secret is not kept. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.principalId();
    }
}
