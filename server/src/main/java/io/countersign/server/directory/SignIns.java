package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.audit.AccessEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.PasswordStore.Account;
import io.countersign.server.directory.SessionStore.SignIn;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.ServerClock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Signs people in and out. */
@Service
class SignIns {

    private static final int LONGEST_HANDLE = 64;

    private final Changes changes;
    private final OrganizationStore organizations;
    private final PasswordStore passwords;
    private final SessionStore sessions;
    private final DirectoryStore directory;
    private final PasswordHash hashing;
    private final AttemptLimit limit;
    private final Epochs epochs;
    private final AccessSettings settings;
    private final ServerClock clock;

    SignIns(
            Changes changes,
            OrganizationStore organizations,
            PasswordStore passwords,
            SessionStore sessions,
            DirectoryStore directory,
            PasswordHash hashing,
            AttemptLimit limit,
            Epochs epochs,
            AccessSettings settings,
            ServerClock clock) {
        this.changes = changes;
        this.organizations = organizations;
        this.passwords = passwords;
        this.sessions = sessions;
        this.directory = directory;
        this.hashing = hashing;
        this.limit = limit;
        this.epochs = epochs;
        this.settings = settings;
        this.clock = clock;
    }

    /** A new session; the secret is known only here and to whom it is told. */
    record Started(SignIn signIn, String secret) {}

    /**
     * Signs a person in. An unknown organization or handle, a wrong password and an inactive person are one answer, given
     * in the same time.
     *
     * @throws ProblemException 401 {@code sign-in-failed}; 429 {@code too-many-attempts}
     */
    Started signIn(@Nullable String organization, String handle, String password, String transport, Origin origin) {
        Optional<String> orgId = organization(organization);
        String who = handle.strip().toLowerCase(Locale.ROOT);
        String bare = who.startsWith("@") ? who.substring(1) : who;
        String subject = bare.length() > LONGEST_HANDLE ? bare.substring(0, LONGEST_HANDLE) : bare;
        String attempt = limit.begin(orgId.orElse(AttemptStore.ANYWHERE), "@" + subject, origin.address());
        Optional<Account> account = orgId.flatMap(org -> passwords.byHandle(org, subject));
        @Nullable
        String hash = account.filter(Account::active).map(Account::hash).orElse(null);
        if (!hashing.matches(password, hash) || orgId.isEmpty() || account.isEmpty()) {
            orgId.ifPresent(org -> tellOfFailure(org, subject, account, origin));
            throw Problem.of(401, "sign-in-failed", "handle and password do not belong together")
                    .remedy("try again; who has forgotten the password asks an administrator for a reset link")
                    .raise();
        }
        limit.succeeded(orgId.get(), "@" + subject, attempt);
        return start(orgId.get(), account.get().personId(), transport, origin);
    }

    private Optional<String> organization(@Nullable String handle) {
        if (handle != null) {
            return organizations.byHandle(handle);
        }
        List<String> two = organizations.oldestTwo();
        if (two.size() > 1) {
            throw ProblemException.badField(
                    "organization-required",
                    "organization",
                    "this server has several organizations",
                    "say in `organization` which, by its handle");
        }
        return two.stream().findFirst();
    }

    private void tellOfFailure(String orgId, String handle, Optional<Account> account, Origin origin) {
        Actor nobody = new Actor(orgId, "nobody", PrincipalKind.PERSON, "none", origin.channel(), origin.callId());
        changes.aside(nobody, change -> {
            change.tell(new AccessEntry.SignInFailed(
                    handle, account.map(Account::personId).orElse(null), origin.address()));
            return true;
        });
    }

    /** Starts a session of a person who has just proven who he is. */
    Started start(String orgId, String personId, String transport, Origin origin) {
        String sessionId = Ids.next(IdPrefix.SESSION);
        String channel = transport.equals("cookie") ? "web" : origin.channel();
        Actor actor = new Actor(orgId, personId, PrincipalKind.PERSON, sessionId, channel, origin.callId());
        return changes.aside(actor, change -> {
            String secret = Secrets.draw(CredentialMemory.SESSION_PREFIX);
            SignIn signIn = new SignIn(
                    orgId,
                    sessionId,
                    personId,
                    change.now(),
                    change.now(),
                    change.now().plus(settings.sessionLifetime()),
                    null);
            sessions.insert(signIn, Secrets.hash(secret), transport);
            change.tell(new AccessEntry.SignedIn(personId, sessionId, transport, signIn.expiresAt()));
            return new Started(signIn, secret);
        });
    }

    /** The caller's sign-ins that still stand, idle ones not among them. */
    List<SignIn> standing(Caller caller) {
        Instant now = clock.now();
        return sessions.standing(caller.organizationId(), caller.principalId(), now).stream()
                .filter(one -> one.id().equals(caller.credential().id())
                        || one.lastSeenAt().plus(settings.sessionIdle()).isAfter(now))
                .toList();
    }

    /** Ends the caller's own session. */
    void signOut(Actor actor) {
        changes.aside(actor, change -> {
            if (sessions.end(change.orgId(), actor.credentialId(), change.now())) {
                epochs.forgetCredentials(change.orgId());
                change.tell(new AccessEntry.SignedOut(change.by(), actor.credentialId()));
            }
            return true;
        });
    }

    /** Ends all sessions of the caller. */
    void signOutEverywhere(Actor actor) {
        changes.aside(actor, change -> {
            epochs.lock(change.orgId());
            int ended = sessions.endAll(change.orgId(), change.by(), "", change.now());
            epochs.forgetCredentials(change.orgId());
            change.tell(new AccessEntry.SignedOutEverywhere(change.by(), ended));
            return true;
        });
    }

    /**
     * Takes the caller's password once more: his session counts as signed in just now. Attempts are limited like sign-ins.
     *
     * @throws ProblemException 403 {@code wrong-password}; 429 {@code too-many-attempts}
     */
    SignIn confirm(Caller caller, Actor actor, String password, Origin origin) {
        prove(caller, password, origin);
        String orgId = caller.organizationId();
        String sessionId = caller.credential().id();
        return changes.aside(actor, change -> {
            sessions.confirm(orgId, sessionId, change.now());
            epochs.forgetCredentials(orgId);
            change.tell(new AccessEntry.SignInConfirmed(caller.principalId(), sessionId));
            return sessions.byId(orgId, sessionId).orElseThrow(() -> ProblemException.notFound("session", sessionId));
        });
    }

    /** Makes sure that the caller knows his own password. */
    private Account prove(Caller caller, String password, Origin origin) {
        String orgId = caller.organizationId();
        Account account = passwords
                .byId(orgId, caller.principalId())
                .orElseThrow(() -> ProblemException.notFound("person", caller.principalId()));
        String attempt = limit.begin(orgId, "@" + account.handle(), origin.address());
        if (!hashing.matches(password, account.hash())) {
            throw ProblemException.forbidden("wrong-password", "the present password is another one");
        }
        limit.succeeded(orgId, "@" + account.handle(), attempt);
        return account;
    }

    /** Changes the caller's own password, who proves once more who he is; his other sessions end. */
    void changePassword(Caller caller, Actor actor, String present, String fresh, Origin origin) {
        String orgId = caller.organizationId();
        Account account = prove(caller, present, origin);
        new Fields()
                .password(
                        "newPassword",
                        fresh,
                        account.handle(),
                        directory.settings(orgId).name())
                .check();
        String hash = hashing.of(fresh);
        changes.aside(actor, change -> {
            epochs.lock(orgId);
            passwords.replace(orgId, caller.principalId(), hash, change.now());
            int ended = sessions.endAll(
                    orgId, caller.principalId(), caller.credential().id(), change.now());
            epochs.forgetCredentials(orgId);
            change.tell(new AccessEntry.PasswordChanged(caller.principalId(), ended));
            return true;
        });
    }
}
