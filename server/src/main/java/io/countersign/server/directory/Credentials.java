package io.countersign.server.directory;

import io.countersign.server.platform.Caller;
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Looks at a caller's credential once more where memory is not good enough: inside the transaction that decides. */
@Service
public class Credentials {

    /** How recent a sign-in must be for a vote on something critical. */
    public static final Duration RECENT = Duration.ofMinutes(10);

    private final SessionStore sessions;
    private final TokenStore tokens;
    private final Bootstrap bootstrap;
    private final Directory directory;
    private final Epochs epochs;
    private final AccessSettings settings;

    Credentials(
            SessionStore sessions,
            TokenStore tokens,
            Bootstrap bootstrap,
            Directory directory,
            Epochs epochs,
            AccessSettings settings) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.bootstrap = bootstrap;
        this.directory = directory;
        this.epochs = epochs;
        this.settings = settings;
    }

    /**
     * Makes sure that the caller's credential and the caller still stand. It holds the organization's epoch first, so that
     * whatever it found stays true until the transaction ends.
     *
     * @throws ProblemException 401 {@code credential-unknown} when they do not
     * @throws IllegalStateException outside of a transaction
     */
    public void recheck(Caller caller) {
        look(caller);
    }

    /**
     * The same, and that the caller still has the permission.
     *
     * @throws ProblemException 401 as above, 403 {@code permission-missing}
     */
    public void recheck(Caller caller, Permission permission) {
        DirectoryImage image = look(caller);
        if (!image.allows(caller, permission)) {
            throw Problem.of(403, "permission-missing", "this needs the permission `" + permission.id() + "`")
                    .with("permission", permission.id())
                    .remedy(permission.remedy())
                    .raise();
        }
    }

    /** When the caller signed in or gave his password last, as it stands in the database; nothing for a token. */
    public Optional<Instant> signedInAt(Caller caller) {
        return caller.credential().kind() == CredentialKind.SESSION
                ? sessions.byId(caller.organizationId(), caller.credential().id())
                        .map(SessionStore.SignIn::signedInAt)
                : Optional.empty();
    }

    private DirectoryImage look(Caller caller) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a credential is checked again inside the transaction that decides");
        }
        String orgId = caller.organizationId();
        DirectoryImage image = directory.at(orgId, epochs.hold(orgId));
        boolean active =
                image.principal(caller.principalId()).filter(Principal::active).isPresent();
        if (!active || !stands(caller)) {
            throw Problem.of(401, "credential-unknown", "the credential is unknown, has expired or was revoked")
                    .remedy("sign in again, or make a new token")
                    .raise();
        }
        return image;
    }

    private boolean stands(Caller caller) {
        String orgId = caller.organizationId();
        String id = caller.credential().id();
        return switch (caller.credential().kind()) {
            case BOOTSTRAP -> bootstrap.enabled();
            case SESSION ->
                sessions.read(orgId, id)
                        .filter(read -> KnownCredential.of(read.row(), settings.sessionIdle(), 0)
                                .stands(read.at()))
                        .isPresent();
            case TOKEN ->
                tokens.read(orgId, id)
                        .filter(read ->
                                KnownCredential.of(read.row(), caller.kind(), 0).stands(read.at()))
                        .isPresent();
        };
    }
}
