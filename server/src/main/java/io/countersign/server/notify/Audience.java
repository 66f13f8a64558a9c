package io.countersign.server.notify;

import io.countersign.server.directory.Contacts;
import io.countersign.server.directory.Contacts.Contact;
import io.countersign.server.policy.EmergencyAudience;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Who hears of an organization's emergencies: its destinations, and everybody who holds the role security_manager. */
@Service
class Audience implements EmergencyAudience {

    private final DestinationStore destinations;
    private final Contacts contacts;
    private final MailSender mail;

    Audience(DestinationStore destinations, Contacts contacts, MailSender mail) {
        this.destinations = destinations;
        this.contacts = contacts;
        this.mail = mail;
    }

    /**
     * A security manager.
     *
     * @param reached whether mail reaches him
     */
    record Manager(Contact contact, boolean reached) {}

    /**
     * How well an organization is reached.
     *
     * @param mailGiven whether the operator has named an SMTP server
     * @param lack why nobody is reached, one sentence, or none
     */
    record Reach(
            boolean mailGiven,
            List<Manager> managers,
            @Nullable String lack) {}

    /** Everybody who is told of an emergency that came up then: what is added later hears of later ones. */
    List<Recipient> of(String orgId, Instant at) {
        List<Recipient> recipients = new ArrayList<>();
        for (Destination destination : destinations.all(orgId)) {
            if (destination.isActive()
                    && !destination.madeAt().isAfter(at)
                    && (destination.isWebhook() || mail.given())) {
                recipients.add(new Recipient(destination.id(), destination.means()));
            }
        }
        managers(orgId).stream()
                .filter(Manager::reached)
                .forEach(manager ->
                        recipients.add(new Recipient(manager.contact().personId(), Delivery.EMAIL)));
        return List.copyOf(recipients);
    }

    /** The same with people who are told of this one entry besides. */
    List<Recipient> with(List<Recipient> audience, String orgId, List<String> personIds) {
        if (!mail.given() || personIds.isEmpty()) {
            return audience;
        }
        Set<Recipient> all = new LinkedHashSet<>(audience);
        personIds.stream()
                .flatMap(id -> contacts.person(orgId, id).stream())
                .filter(Audience::hasAddress)
                .forEach(contact -> all.add(new Recipient(contact.personId(), Delivery.EMAIL)));
        return List.copyOf(all);
    }

    Reach reach(String orgId) {
        return new Reach(mail.given(), managers(orgId), lack(orgId).orElse(null));
    }

    @Override
    public Optional<String> lack(String orgId) {
        if (!of(orgId, Instant.MAX).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Stream.of(
                        "no webhook is active",
                        mail.given()
                                ? "no security manager has an e-mail address and no mail destination is active"
                                : "the operator has named no SMTP server (countersign.mail.host)")
                .reduce((one, other) -> one + ", and " + other)
                .orElseThrow());
    }

    private List<Manager> managers(String orgId) {
        return contacts.securityManagers(orgId).stream()
                .map(contact -> new Manager(contact, mail.given() && hasAddress(contact)))
                .toList();
    }

    private static boolean hasAddress(Contact contact) {
        return contact.email() != null && MailSender.isAddress(contact.email());
    }
}
