package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ServerClock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes organizations: each with its counters, the built-in roles and the bootstrap account. */
@Service
class Organizations {

    private final TransactionTemplate transactions;
    private final OrganizationStore organizations;
    private final EpochStore epochs;
    private final RoleStore roles;
    private final AccountStore accounts;
    private final HandleStore handles;
    private final ServerClock clock;
    private final AuditLog log;

    Organizations(
            TransactionTemplate transactions,
            OrganizationStore organizations,
            EpochStore epochs,
            RoleStore roles,
            AccountStore accounts,
            HandleStore handles,
            ServerClock clock,
            AuditLog log) {
        this.transactions = transactions;
        this.organizations = organizations;
        this.epochs = epochs;
        this.roles = roles;
        this.accounts = accounts;
        this.handles = handles;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Makes an organization, in the present transaction if there is one; empty when there is one of that handle.
     *
     * @param maker says who makes it, given the new organization's bootstrap account
     */
    Optional<Actor> create(String handle, String name, Function<AccountStore.BootstrapAccount, Actor> maker) {
        return transactions.execute(_ -> {
            Instant now = clock.now();
            AccountStore.BootstrapAccount bootstrap =
                    new AccountStore.BootstrapAccount(Ids.next(IdPrefix.ORGANIZATION), Ids.next(IdPrefix.ACCOUNT));
            String orgId = bootstrap.orgId();
            if (!organizations.insert(orgId, handle, name, now)) {
                return Optional.empty();
            }
            Actor actor = maker.apply(bootstrap);
            epochs.create(orgId);
            DirectoryChange change = new DirectoryChange(actor, now, entry -> log.append(actor, entry, null));
            Rights.BUILT_IN.forEach(role -> roles.insert(role, change));
            handles.take(orgId, Bootstrap.HANDLE, bootstrap.id(), HandleStore.ACCOUNT);
            accounts.insert(bootstrap.id(), Bootstrap.HANDLE, "Bootstrap", "bootstrap", null, null, change);
            change.tell(new DirectoryEntry.OrganizationCreated(orgId, handle, name));
            return Optional.of(actor);
        });
    }

    /** Makes an organization at the word of the administration token; 409 when the handle is taken. */
    Actor createFor(Actor caller, String handle, String name) {
        return create(
                        handle,
                        name,
                        bootstrap -> new Actor(
                                bootstrap.orgId(),
                                bootstrap.id(),
                                PrincipalKind.BOOTSTRAP,
                                caller.credentialId(),
                                caller.channel(),
                                caller.callId()))
                .orElseThrow(() -> Problem.of(409, "handle-taken", "there is an organization `" + handle + "` already")
                        .remedy("choose another handle")
                        .raise());
    }
}
