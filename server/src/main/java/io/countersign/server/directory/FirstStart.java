package io.countersign.server.directory;

import io.countersign.server.audit.Actor;
import io.countersign.server.platform.PublicAddress;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the organization of a server that has none, before it answers anybody. Its first administrator is invited by a
 * one-time link that is printed once; where an administration token is set, whoever holds it sets up instead.
 */
@Component
class FirstStart implements SmartInitializingSingleton {

    private final FirstOrganizationSettings settings;
    private final Organizations organizations;
    private final OrganizationStore store;
    private final PeopleChanges people;
    private final Links links;
    private final Bootstrap bootstrap;
    private final PublicAddress address;
    private final TransactionTemplate transactions;
    private Optional<Links.Made> invitation = Optional.empty();

    FirstStart(
            FirstOrganizationSettings settings,
            Organizations organizations,
            OrganizationStore store,
            PeopleChanges people,
            Links links,
            Bootstrap bootstrap,
            PublicAddress address,
            TransactionTemplate transactions) {
        this.settings = settings;
        this.organizations = organizations;
        this.store = store;
        this.people = people;
        this.links = links;
        this.bootstrap = bootstrap;
        this.address = address;
        this.transactions = transactions;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (store.oldestTwo().isEmpty()) {
            invitation = Optional.ofNullable(transactions.execute(_ -> begin().orElse(null)));
        }
    }

    /** Another node may have been faster: then there is nothing to do here. */
    private Optional<Links.Made> begin() {
        Fields fields = new Fields();
        String handle = fields.handle("countersign.organization.handle", settings.handle());
        String name = fields.name("countersign.organization.name", settings.name());
        fields.check();
        Optional<Actor> actor = organizations.create(handle, name, account -> Actor.system(account.orgId()));
        if (actor.isEmpty() || bootstrap.enabled()) {
            return Optional.empty();
        }
        PersonStore.PersonRow admin = people.add(
                actor.get(),
                new PeopleChanges.NewPerson(
                        settings.adminHandle(), settings.adminName(), null, List.of(Rights.ADMIN), List.of()));
        return Optional.of(links.make(actor.get(), admin.id(), LinkStore.ENROLMENT));
    }

    /** On standard output and not in the log: it is a secret, and nobody but the first administrator should keep it. */
    @EventListener(ApplicationReadyEvent.class)
    void invite() {
        invitation.ifPresent(link -> System.out.printf(
                "%nThe first administrator, @%s, sets a password with this link; it works once, until %s:%n    %s%n%n",
                settings.adminHandle(), link.expiresAt(), PeopleApi.url(address, link.secret())));
        invitation = Optional.empty();
    }
}
