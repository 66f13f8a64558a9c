package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.audit.AccessEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.LinkStore.Link;
import io.countersign.server.directory.PasswordStore.Account;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.ServerClock;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** One-time links: whoever opens one sets the password of the person it was made for. */
@Service
class Links {

    static final String PREFIX = "cs_l_";

    private final Changes changes;
    private final LinkStore links;
    private final PasswordStore passwords;
    private final SessionStore sessions;
    private final DirectoryStore directory;
    private final PasswordHash hashing;
    private final Epochs epochs;
    private final ServerClock clock;
    private final AccessSettings settings;

    Links(
            Changes changes,
            LinkStore links,
            PasswordStore passwords,
            SessionStore sessions,
            DirectoryStore directory,
            PasswordHash hashing,
            Epochs epochs,
            ServerClock clock,
            AccessSettings settings) {
        this.changes = changes;
        this.links = links;
        this.passwords = passwords;
        this.sessions = sessions;
        this.directory = directory;
        this.hashing = hashing;
        this.epochs = epochs;
        this.clock = clock;
        this.settings = settings;
    }

    /** A new link; the secret is known only here and to whom it is told. */
    record Made(String id, String secret, Instant expiresAt) {}

    /** A password that has just been set. */
    record Opened(String orgId, String personId) {}

    /**
     * Makes a link for somebody else; the ones made for him before end.
     *
     * @param kind {@code enrolment} before the first password, {@code reset} after
     */
    Made make(Actor actor, String personId, String kind) {
        if (actor.principalId().equals(personId)) {
            throw Problem.of(403, "own-link", "nobody makes a link for himself")
                    .remedy("change your password where you are signed in, or ask another administrator for a link")
                    .raise();
        }
        return changes.aside(actor, change -> {
            Account person = passwords
                    .byId(change.orgId(), personId)
                    .orElseThrow(() -> ProblemException.notFound("person", personId));
            demandFits(person, kind);
            links.endAll(change.orgId(), personId, change.now());
            String secret = Secrets.draw(PREFIX);
            Link link = new Link(
                    change.orgId(),
                    Ids.next(IdPrefix.LINK),
                    personId,
                    kind,
                    change.by(),
                    change.now(),
                    change.now()
                            .plus(
                                    kind.equals(LinkStore.ENROLMENT)
                                            ? settings.enrolmentLinkLifetime()
                                            : settings.resetLinkLifetime()),
                    null);
            links.insert(link, Secrets.hash(secret));
            change.tell(new AccessEntry.LinkMade(link.id(), personId, kind, link.expiresAt()));
            return new Made(link.id(), secret, link.expiresAt());
        });
    }

    private static void demandFits(Account person, String kind) {
        if (!person.active()) {
            throw ProblemException.conflict("person-inactive", "`@" + person.handle() + "` is not active");
        }
        if (kind.equals(LinkStore.ENROLMENT) && person.hash() != null) {
            throw Problem.of(409, "enrolled-already", "`@" + person.handle() + "` has a password already")
                    .remedy("make a link of kind `reset`")
                    .raise();
        }
        if (kind.equals(LinkStore.RESET) && person.hash() == null) {
            throw Problem.of(409, "not-enrolled-yet", "`@" + person.handle() + "` has no password yet")
                    .remedy("make a link of kind `enrolment`")
                    .raise();
        }
    }

    /**
     * Opens a link: sets the password, uses the link up, and ends every session of the person; who made the link stays
     * with the credential.
     *
     * @throws ProblemException 404 {@code link-not-found} for a link that does not open, or no longer
     */
    Opened open(String secret, String password, String channel, String callId) {
        Link link = links.bySecret(Secrets.hash(secret))
                .filter(found -> found.opens(clock.now()))
                .orElseThrow(Links::notFound);
        Account person = passwords
                .byId(link.orgId(), link.personId())
                .filter(Account::active)
                .orElseThrow(Links::notFound);
        new Fields()
                .password("password", password, person.handle(), organizationName(link.orgId()))
                .check();
        String hash = hashing.of(password);
        Actor actor = new Actor(link.orgId(), link.personId(), PrincipalKind.PERSON, link.id(), channel, callId);
        return changes.make(actor, change -> {
            boolean active = passwords
                    .byId(link.orgId(), link.personId())
                    .filter(Account::active)
                    .isPresent();
            if (!active || !links.use(link, change.now())) {
                throw notFound();
            }
            passwords.set(link.orgId(), link.personId(), hash, link, change.now());
            int ended = sessions.endAll(link.orgId(), link.personId(), "", change.now());
            if (ended > 0) {
                epochs.forgetCredentials(link.orgId());
            }
            change.tell(new AccessEntry.LinkOpened(link.id(), link.personId(), link.kind(), link.makerId(), ended));
            return new Opened(link.orgId(), link.personId());
        });
    }

    private String organizationName(String orgId) {
        return directory.settings(orgId).name();
    }

    private static ProblemException notFound() {
        return Problem.of(404, "link-not-found", "this link is unknown, has been used, or is too old")
                .remedy("ask an administrator for a new link")
                .raise();
    }
}
