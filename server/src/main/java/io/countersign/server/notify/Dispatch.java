package io.countersign.server.notify;

import io.countersign.server.directory.Contacts;
import io.countersign.server.directory.Contacts.Contact;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.Settings;
import io.countersign.server.notify.Attempt.Refused;
import io.countersign.server.platform.SealedSecrets;
import io.countersign.server.platform.ServerClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Finds out where a recipient is now, and has the notice sent there once. */
@Service
class Dispatch {

    private final DestinationStore destinations;
    private final Contacts contacts;
    private final Directory directory;
    private final SealedSecrets secrets;
    private final Envelope envelope;
    private final MailText mailText;
    private final WebhookSender webhooks;
    private final MailSender mail;
    private final ServerClock clock;

    Dispatch(
            DestinationStore destinations,
            Contacts contacts,
            Directory directory,
            SealedSecrets secrets,
            Envelope envelope,
            MailText mailText,
            WebhookSender webhooks,
            MailSender mail,
            ServerClock clock) {
        this.destinations = destinations;
        this.contacts = contacts;
        this.directory = directory;
        this.secrets = secrets;
        this.envelope = envelope;
        this.mailText = mailText;
        this.webhooks = webhooks;
        this.mail = mail;
        this.clock = clock;
    }

    /** Under which a webhook's secret is encrypted. */
    static String purpose(String orgId, String destinationId) {
        return "webhook-secret/" + orgId + "/" + destinationId;
    }

    Attempt send(Delivery delivery, Notice notice) {
        if (!Recipient.isDestination(delivery.recipientId())) {
            Optional<Contact> person = contacts.person(delivery.orgId(), delivery.recipientId());
            if (person.isEmpty()) {
                return new Refused("the person is not active any more");
            }
            String email = person.get().email();
            return email == null
                    ? new Refused("the person has no e-mail address any more")
                    : mail(delivery.orgId(), email, delivery.id(), notice);
        }
        Optional<Destination> destination = destinations.find(delivery.orgId(), delivery.recipientId());
        if (destination.isEmpty() || !destination.get().isActive()) {
            return new Refused("the destination was removed or disabled");
        }
        return send(destination.get(), delivery.id(), notice);
    }

    /** Sends it to a destination, active or not. */
    Attempt send(Destination destination, String id, Notice notice) {
        if (!destination.isWebhook()) {
            return mail(destination.orgId(), destination.address(), id, notice);
        }
        byte[] body = envelope.write(
                destination.orgId(), settings(destination.orgId()).handle(), id, notice);
        return webhooks.send(destination.address(), secrets(destination), id, body);
    }

    private Attempt mail(String orgId, String address, String id, Notice notice) {
        Settings settings = settings(orgId);
        String organization = settings.name() + " (" + settings.handle() + ")";
        return mail.send(address, id, MailText.subject(notice), mailText.body(organization, notice), clock.now());
    }

    private Settings settings(String orgId) {
        return directory.fresh(orgId).settings();
    }

    private List<byte[]> secrets(Destination destination) {
        String purpose = purpose(destination.orgId(), destination.id());
        List<byte[]> valid = new ArrayList<>();
        if (destination.secret() != null) {
            valid.add(secrets.open(destination.secret(), purpose));
        }
        Instant until = destination.earlierUntil();
        if (destination.earlierSecret() != null && until != null && clock.now().isBefore(until)) {
            valid.add(secrets.open(destination.earlierSecret(), purpose));
        }
        return valid;
    }
}
