package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.server.directory.TokenStore.Token;
import io.countersign.server.platform.Authenticator;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Knows the secrets that were used lately, by their hashes. What ends a credential or a principal raises a number that
 * every node has seen a second later; what was read before it is read again.
 */
@Component
class CredentialMemory implements Authenticator {

    static final String SESSION_PREFIX = "cs_s_";
    static final String TOKEN_PREFIX = "cs_t_";

    private static final int MOST = 50_000;
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    private final SessionStore sessions;
    private final TokenStore tokens;
    private final Bootstrap bootstrap;
    private final Directory directory;
    private final Epochs epochs;
    private final ServerClock clock;
    private final AccessSettings settings;
    private final Map<String, KnownCredential> known = new ConcurrentHashMap<>();
    private final Map<String, KnownCredential> lasting = new ConcurrentHashMap<>();

    CredentialMemory(
            SessionStore sessions,
            TokenStore tokens,
            Bootstrap bootstrap,
            Directory directory,
            Epochs epochs,
            ServerClock clock,
            AccessSettings settings) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.bootstrap = bootstrap;
        this.directory = directory;
        this.epochs = epochs;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Optional<Caller> authenticate(String secret) {
        if (!secret.startsWith(SESSION_PREFIX) && !secret.startsWith(TOKEN_PREFIX)) {
            return bootstrap.caller(secret);
        }
        String hash = Secrets.hash(secret);
        Instant now = clock.nearly();
        return current(hash, secret.startsWith(SESSION_PREFIX), now).map(credential -> {
            if (credential.toBeTouched(now, TOUCH_EVERY)) {
                Caller caller = credential.caller();
                if (caller.credential().kind() == CredentialKind.SESSION) {
                    sessions.touch(caller.organizationId(), caller.credential().id(), now);
                } else {
                    tokens.touch(caller.organizationId(), caller.credential().id(), now);
                }
                known.replace(hash, credential, credential.seen(now));
            }
            return credential.caller();
        });
    }

    private Optional<KnownCredential> current(String hash, boolean session, Instant now) {
        KnownCredential remembered = known.get(hash);
        if (remembered != null
                && remembered.epoch()
                        == epochs.freshCredentials(remembered.caller().organizationId())
                && remembered.stands(now)) {
            return active(remembered);
        }
        known.remove(hash);
        Optional<KnownCredential> read = read(hash, session).filter(credential -> credential.stands(clock.now()));
        if (known.size() >= MOST) {
            known.clear();
        }
        read.ifPresent(credential -> known.put(hash, credential));
        return read.flatMap(this::active);
    }

    /** The epoch is read first: what changes meanwhile is then read again the next time. */
    private Optional<KnownCredential> read(String hash, boolean session) {
        return session
                ? sessions.bySecret(hash).flatMap(found -> {
                    long epoch = epochs.freshCredentials(found.orgId());
                    return sessions.byId(found.orgId(), found.id())
                            .map(signIn -> KnownCredential.of(signIn, settings.sessionIdle(), epoch));
                })
                : tokens.bySecret(hash).flatMap(found -> {
                    long epoch = epochs.freshCredentials(found.orgId());
                    return tokens.byId(found.orgId(), found.id())
                            .flatMap(token -> kind(token).map(kind -> KnownCredential.of(token, kind, epoch)));
                });
    }

    private Optional<PrincipalKind> kind(Token token) {
        return directory.fresh(token.orgId()).principal(token.principalId()).map(Principal::kind);
    }

    private Optional<KnownCredential> active(KnownCredential credential) {
        Caller caller = credential.caller();
        return directory
                .fresh(caller.organizationId())
                .principal(caller.principalId())
                .filter(Principal::active)
                .map(_ -> credential);
    }

    @Override
    public boolean allows(Caller caller, Permission permission) {
        return directory.fresh(caller.organizationId()).allows(caller, permission);
    }

    @Override
    public boolean stands(Caller caller) {
        return caller.credential().kind() == CredentialKind.BOOTSTRAP
                ? bootstrap.enabled()
                : unused(caller).flatMap(this::active).isPresent();
    }

    /** The caller's credential as it is now; kept apart from those in use, for here nobody uses it. */
    private Optional<KnownCredential> unused(Caller caller) {
        String id = caller.credential().id();
        long epoch = epochs.freshCredentials(caller.organizationId());
        KnownCredential remembered = lasting.get(id);
        if (remembered != null && remembered.epoch() == epoch && remembered.stands(clock.nearly())) {
            return Optional.of(remembered);
        }
        lasting.remove(id);
        Optional<KnownCredential> read = caller.credential().kind() == CredentialKind.SESSION
                ? sessions.byId(caller.organizationId(), id)
                        .map(signIn -> KnownCredential.of(signIn, settings.sessionIdle(), epoch))
                : tokens.byId(caller.organizationId(), id)
                        .map(token -> KnownCredential.of(token, caller.kind(), epoch));
        Optional<KnownCredential> standing = read.filter(credential -> credential.stands(clock.now()));
        if (lasting.size() >= MOST) {
            lasting.clear();
        }
        standing.ifPresent(credential -> lasting.put(id, credential));
        return standing;
    }
}
