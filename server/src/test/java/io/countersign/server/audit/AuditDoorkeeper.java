package io.countersign.server.audit;

import io.countersign.core.action.PrincipalKind;
import io.countersign.server.platform.Authenticator;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Credential;
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.Permission;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * Knows secrets of the form {@code <who>@<organization>}: an auditor reads the log, a developer reads requests, a timekeeper moves the clock, a guest
 * nothing; and forgets those it is told to.
 */
@Component
@Primary
@ConditionalOnProperty("audit.trial")
final class AuditDoorkeeper implements Authenticator, Names {

    static final String SETTING = "--audit.trial=true";

    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    void revoke(String secret) {
        revoked.add(secret);
    }

    @Override
    public Optional<Caller> authenticate(String secret) {
        int at = secret.indexOf('@');
        if (at < 0 || revoked.contains(secret)) {
            return Optional.empty();
        }
        Credential credential = new Credential(secret, CredentialKind.SESSION, Set.of(), "maker", Instant.EPOCH, null);
        return Optional.of(new Caller(
                secret.substring(at + 1), "per_" + secret.substring(0, at), PrincipalKind.PERSON, credential));
    }

    @Override
    public boolean allows(Caller caller, Permission permission) {
        return switch (caller.principalId()) {
            case "per_auditor" -> permission == Permission.AUDIT_READ || permission == Permission.REQUESTS_READ;
            case "per_developer" -> permission == Permission.REQUESTS_READ;
            case "per_timekeeper" -> permission == Permission.CLOCK_WRITE;
            default -> false;
        };
    }

    @Override
    public boolean stands(Caller caller) {
        return !revoked.contains(caller.credential().id());
    }

    @Override
    public Optional<String> idOf(String organizationId, String atHandle) {
        return atHandle.equals("@nobody") ? Optional.empty() : Optional.of("per_" + atHandle.substring(1));
    }

    @Override
    public Optional<String> handleOf(String organizationId, String principalId) {
        if (principalId.equals("per_broken")) {
            throw new IllegalStateException("this one cannot be looked up");
        }
        return principalId.startsWith("per_") ? Optional.of(principalId.substring(4)) : Optional.empty();
    }
}
