package io.countersign.server.directory;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.AccountStore.AccountRow;
import io.countersign.server.directory.HandleStore.Holder;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Adds, changes and removes service accounts and agents; each has an owner, and one person who answers for it. */
@Service
class AccountChanges {

    private final Changes changes;
    private final AccountStore accounts;
    private final HandleStore handles;
    private final MembershipStore memberships;
    private final RoleStore roles;
    private final CredentialEnd credentialEnd;

    AccountChanges(
            Changes changes,
            AccountStore accounts,
            HandleStore handles,
            MembershipStore memberships,
            RoleStore roles,
            CredentialEnd credentialEnd) {
        this.changes = changes;
        this.accounts = accounts;
        this.handles = handles;
        this.memberships = memberships;
        this.roles = roles;
        this.credentialEnd = credentialEnd;
    }

    /** An account to be added; owner and accountable person by id or {@code @handle}. */
    record NewAccount(
            String handle,
            String name,
            String kind,
            String ownerId,
            @Nullable String accountableId,
            List<String> roles) {}

    /** What is to change about an account; what is null stays. */
    record AccountEdit(
            @Nullable String name,
            @Nullable String ownerId,
            @Nullable String accountableId,
            @Nullable Boolean active) {}

    /** Who an account belongs to; the person is named only where the owner is a team. */
    private record Owner(String id, @Nullable String accountableId) {}

    AccountRow add(Actor actor, NewAccount wish) {
        Fields fields = new Fields();
        String handle = fields.handle("handle", wish.handle());
        String name = fields.name("name", wish.name());
        String kind = fields.oneOf("kind", wish.kind(), Set.of("service", "agent"));
        fields.check();
        return changes.make(actor, change -> {
            String orgId = change.orgId();
            String accountId = Ids.next(IdPrefix.ACCOUNT);
            Owner owner = owner(change, accountId, wish.ownerId(), wish.accountableId());
            roles.demand(orgId, wish.roles());
            handles.take(orgId, handle, accountId, HandleStore.ACCOUNT);
            accounts.insert(accountId, handle, name, kind, owner.id(), owner.accountableId(), change);
            change.tell(new DirectoryEntry.AccountCreated(
                    accountId, handle, name, kind, owner.id(), owner.accountableId()));
            wish.roles().forEach(role -> {
                memberships.give(role, accountId, change);
                change.tell(new DirectoryEntry.RoleGiven(role, accountId));
            });
            return found(orgId, accountId);
        });
    }

    private Owner owner(DirectoryChange change, String accountId, String named, @Nullable String accountable) {
        String orgId = change.orgId();
        Holder owner = handles.find(orgId, named)
                .filter(holder -> !holder.handle().equals(Bootstrap.HANDLE))
                .orElseThrow(() -> ProblemException.badField(
                        "owner-not-found", "ownerId", "there is no person, team or account `" + named + "`"));
        if (owner.kind().equals(HandleStore.ACCOUNT) && accounts.isOwnedThrough(orgId, owner.id(), accountId)) {
            throw Problem.of(409, "account-cycle", "an account cannot own itself, not even through others")
                    .remedy("choose a person or a team")
                    .raise();
        }
        return owner.kind().equals(HandleStore.TEAM)
                ? new Owner(owner.id(), accountable(change, accountable))
                : new Owner(owner.id(), demandNone(accountable));
    }

    /** A team has many heads: one of the organization's people answers, by default whoever adds the account. */
    private String accountable(DirectoryChange change, @Nullable String named) {
        Optional<String> person = handles.find(change.orgId(), HandleStore.PERSON, named == null ? change.by() : named);
        return person.orElseThrow(() -> ProblemException.badField(
                named == null ? "field-required" : "person-not-found",
                "accountableId",
                named == null
                        ? "an account of a team needs one person who answers for it"
                        : "there is no person `" + named + "`"));
    }

    private static @Nullable String demandNone(@Nullable String accountable) {
        if (accountable != null && !accountable.isEmpty()) {
            throw ProblemException.badField(
                    "wrong-value",
                    "accountableId",
                    "the owner answers for the account; somebody else is named only where a team owns it");
        }
        return null;
    }

    AccountRow edit(Actor actor, String accountId, long version, AccountEdit edit) {
        return changes.make(actor, change -> {
            AccountRow before = found(change.orgId(), accountId);
            EntityTag.demandSame(version, before.version());
            Fields fields = new Fields();
            String name = edit.name() == null ? before.name() : fields.name("name", edit.name());
            fields.check();
            Owner owner = ownerAfter(change, before, edit);
            boolean active = edit.active() == null ? before.active() : edit.active();
            edit(change, before, new State(name, owner.id(), owner.accountableId(), active));
            return found(change.orgId(), accountId);
        });
    }

    /** What an account is to be; owner and accountable person by id, and fit for it. */
    record State(String name, String ownerId, @Nullable String accountableId, boolean active) {}

    /** Edits an account as a part of a change that is under way. */
    void edit(DirectoryChange change, AccountRow before, State after) {
        String accountId = before.id();
        Differences differences = new Differences()
                .field("name", before.name(), after.name())
                .field("ownerId", before.ownerId(), after.ownerId())
                .field("accountableId", before.accountableId(), after.accountableId());
        accounts.update(
                change.orgId(), accountId, after.name(), after.ownerId(), after.accountableId(), after.active());
        if (!differences.isEmpty()) {
            change.tell(new DirectoryEntry.AccountChanged(accountId, differences.list()));
        }
        if (after.active() && !before.active()) {
            change.tell(new DirectoryEntry.AccountActivated(accountId));
        }
        if (!after.active() && before.active()) {
            int tokens = credentialEnd.of(change, accountId).tokens();
            change.tell(new DirectoryEntry.AccountDeactivated(accountId, tokens));
        }
    }

    private Owner ownerAfter(DirectoryChange change, AccountRow before, AccountEdit edit) {
        if (edit.ownerId() == null && edit.accountableId() == null) {
            return new Owner(String.valueOf(before.ownerId()), before.accountableId());
        }
        return owner(
                change,
                before.id(),
                edit.ownerId() == null ? String.valueOf(before.ownerId()) : edit.ownerId(),
                edit.accountableId());
    }

    void delete(Actor actor, String accountId, @Nullable Long version) {
        changes.make(actor, change -> {
            AccountRow before = found(change.orgId(), accountId);
            if (version != null) {
                EntityTag.demandSame(version, before.version());
            }
            delete(change, accountId, before.handle());
            return true;
        });
    }

    /** Removes an account as a part of a change that is under way. */
    void delete(DirectoryChange change, String accountId, String handle) {
        int tokens = credentialEnd.of(change, accountId).tokens();
        accounts.delete(change.orgId(), accountId, change.now());
        handles.giveBack(change.orgId(), handle);
        change.tell(new DirectoryEntry.AccountDeleted(accountId, handle, tokens));
    }

    /** The bootstrap account is the server's own and is not found here. */
    private AccountRow found(String orgId, String accountId) {
        return accounts.find(orgId, accountId)
                .filter(account -> !account.kind().equals("bootstrap"))
                .orElseThrow(() -> ProblemException.notFound("account", accountId));
    }
}
