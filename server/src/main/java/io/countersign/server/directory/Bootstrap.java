package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Credential;
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.ServerClock;
import io.countersign.server.platform.StartRefused;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The service account {@code bootstrap}, which is whoever knows the server's {@code COUNTERSIGN_ADMIN_TOKEN}: it sets up,
 * never votes, stands out in the log, and is nobody when the variable is unset.
 */
@Component
class Bootstrap {

    static final String HANDLE = "bootstrap";
    static final String VARIABLE = "COUNTERSIGN_ADMIN_TOKEN";
    static final String CREDENTIAL_ID = "admin-token";

    private static final int SHORTEST = 32;
    private static final Set<String> SCOPES = Set.of("read", "directory", "policy", "freeze", "audit");

    private final Optional<String> token;
    private final Instant startedAt;
    private final AccountStore accounts;
    private final Map<Optional<String>, Caller> callers = new ConcurrentHashMap<>();

    Bootstrap(Environment environment, AccountStore accounts, ServerClock clock) {
        this.token = Optional.ofNullable(environment.getProperty(VARIABLE)).filter(text -> !text.isBlank());
        this.accounts = accounts;
        this.startedAt = clock.now();
        if (token.isPresent() && token.get().length() < SHORTEST) {
            throw new StartRefused(VARIABLE + " must have at least " + SHORTEST
                    + " characters: whoever guesses it sets up everything");
        }
    }

    /** Whether there is such an account now. */
    boolean enabled() {
        return token.isPresent();
    }

    /**
     * The bootstrap account, when the secret is the administration token; it acts in the oldest organization, or with
     * {@code @} and an organization's handle behind the token in that one.
     */
    Optional<Caller> caller(String secret) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        if (Secrets.same(secret, token.get())) {
            return in(Optional.empty());
        }
        int at = token.get().length();
        boolean elsewhere = secret.length() > at + 1
                && secret.charAt(at) == '@'
                && Secrets.same(secret.substring(0, at), token.get());
        return elsewhere ? in(Optional.of(secret.substring(at + 1))) : Optional.empty();
    }

    private Optional<Caller> in(Optional<String> organization) {
        Caller known = callers.get(organization);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Caller> found = accounts.bootstrap(organization).map(this::caller);
        found.ifPresent(caller -> callers.put(organization, caller));
        return found;
    }

    private Caller caller(AccountStore.BootstrapAccount account) {
        return new Caller(
                account.orgId(),
                account.id(),
                PrincipalKind.BOOTSTRAP,
                new Credential(CREDENTIAL_ID, CredentialKind.BOOTSTRAP, SCOPES, account.id(), startedAt, null));
    }
}
