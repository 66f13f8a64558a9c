package io.countersign.server.directory;

import io.countersign.core.audit.AccessEntry;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.PersonStore.PersonRow;
import io.countersign.server.platform.Duplicates;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Adds, changes and removes people. */
@Service
class PeopleChanges {

    private final Changes changes;
    private final PersonStore people;
    private final HandleStore handles;
    private final MembershipStore memberships;
    private final RoleStore roles;
    private final PasswordStore passwords;
    private final CredentialEnd credentialEnd;
    private final LastAdmin lastAdmin;
    private final Directory directory;

    PeopleChanges(
            Changes changes,
            PersonStore people,
            HandleStore handles,
            MembershipStore memberships,
            RoleStore roles,
            PasswordStore passwords,
            CredentialEnd credentialEnd,
            LastAdmin lastAdmin,
            Directory directory) {
        this.changes = changes;
        this.people = people;
        this.handles = handles;
        this.memberships = memberships;
        this.roles = roles;
        this.passwords = passwords;
        this.credentialEnd = credentialEnd;
        this.lastAdmin = lastAdmin;
        this.directory = directory;
    }

    /** A person to be added; roles by id, teams by id or {@code @handle}. */
    record NewPerson(String handle, String name, @Nullable String email, List<String> roles, List<String> teams) {}

    /** What is to change about a person; what is null stays, an empty address goes. */
    record PersonEdit(
            @Nullable String name,
            @Nullable String email,
            @Nullable Boolean active) {}

    PersonRow add(Actor actor, NewPerson wish) {
        Fields fields = new Fields();
        String handle = fields.handle("handle", wish.handle());
        String name = fields.name("name", wish.name());
        @Nullable String email = fields.email("email", wish.email());
        fields.check();
        return changes.make(actor, change -> {
            String orgId = change.orgId();
            String personId = Ids.next(IdPrefix.PERSON);
            List<String> teams = wish.teams().stream()
                    .map(team -> handles.find(orgId, HandleStore.TEAM, team)
                            .orElseThrow(() -> ProblemException.badField(
                                    "team-not-found", "teams", "there is no team `" + team + "`")))
                    .toList();
            Duplicates.demandNone("teams", wish.teams(), teams);
            roles.demand(orgId, wish.roles());
            handles.take(orgId, handle, personId, HandleStore.PERSON);
            people.insert(orgId, personId, handle, name, email, change);
            change.tell(new DirectoryEntry.PersonCreated(personId, handle, name));
            wish.roles().forEach(role -> {
                memberships.give(role, personId, change);
                change.tell(new DirectoryEntry.RoleGiven(role, personId));
            });
            teams.forEach(team -> {
                memberships.join(team, personId, change);
                change.tell(new DirectoryEntry.TeamMemberAdded(team, personId));
            });
            return found(orgId, personId);
        });
    }

    PersonRow edit(Actor actor, String personId, long version, PersonEdit edit) {
        return changes.make(actor, change -> {
            PersonRow before = found(change.orgId(), personId);
            EntityTag.demandSame(version, before.version());
            edit(change, before, edit);
            return found(change.orgId(), personId);
        });
    }

    /** Edits a person as a part of a change that is under way. */
    void edit(DirectoryChange change, PersonRow before, PersonEdit edit) {
        Fields fields = new Fields();
        String name = edit.name() == null ? before.name() : fields.name("name", edit.name());
        @Nullable String email = edit.email() == null ? before.email() : fields.email("email", edit.email());
        fields.check();
        Differences differences =
                new Differences().field("name", before.name(), name).field("email", before.email(), email);
        if (!differences.isEmpty()) {
            people.update(change.orgId(), before.id(), name, email);
            change.tell(new DirectoryEntry.PersonChanged(before.id(), differences.list()));
        }
        if (edit.active() != null && edit.active() != before.active()) {
            setActive(change, before.id(), edit.active());
        }
    }

    private void setActive(DirectoryChange change, String personId, boolean active) {
        if (active) {
            people.activate(change.orgId(), personId, change);
            change.tell(new DirectoryEntry.PersonActivated(personId));
            return;
        }
        lastAdmin.demandAnother(change.orgId(), personId);
        people.deactivate(change.orgId(), personId);
        CredentialEnd.Ended ended = credentialEnd.of(change, personId);
        change.tell(new DirectoryEntry.PersonDeactivated(personId, ended.sessions(), ended.tokens()));
    }

    void delete(Actor actor, String personId, @Nullable Long version) {
        changes.make(actor, change -> {
            PersonRow before = found(change.orgId(), personId);
            if (version != null) {
                EntityTag.demandSame(version, before.version());
            }
            delete(change, before);
            return true;
        });
    }

    /** Removes a person as a part of a change that is under way. */
    void delete(DirectoryChange change, PersonRow before) {
        lastAdmin.demandAnother(change.orgId(), before.id());
        CredentialEnd.Ended ended = credentialEnd.of(change, before.id());
        people.delete(change.orgId(), before.id(), change.now());
        handles.giveBack(change.orgId(), before.handle());
        change.tell(new DirectoryEntry.PersonDeleted(before.id(), before.handle(), ended.sessions(), ended.tokens()));
    }

    /**
     * Confirms that the right person uses a credential, so that its votes count on requests of the link's maker too.
     *
     * @throws ProblemException 403 for the person himself, the maker, and whoever acts with a credential of the same origin
     */
    PersonRow confirm(Actor actor, String personId) {
        return changes.make(actor, change -> {
            PersonRow person = found(change.orgId(), personId);
            String maker = passwords.unconfirmedMaker(change.orgId(), personId).orElse(null);
            if (maker == null) {
                if (person.credentialMaker() == null) {
                    throw ProblemException.conflict(
                            "not-enrolled-yet", "`@" + person.handle() + "` has no password to confirm yet");
                }
                return person;
            }
            boolean independent = !change.by().equals(personId)
                    && !change.by().equals(maker)
                    && !directory.at(change.orgId(), 0).sharesOrigin(change.by(), personId);
            if (!independent) {
                throw Problem.of(
                                403,
                                "not-independent",
                                "neither `@" + person.handle() + "`, nor who made the link, nor anybody whose own"
                                        + " credential comes from the same hands can confirm it")
                        .remedy("ask another administrator or a security manager")
                        .raise();
            }
            passwords.confirm(personId, change);
            change.tell(new AccessEntry.CredentialConfirmed(personId, Objects.requireNonNull(maker)));
            return found(change.orgId(), personId);
        });
    }

    private PersonRow found(String orgId, String personId) {
        return people.find(orgId, personId).orElseThrow(() -> ProblemException.notFound("person", personId));
    }
}
