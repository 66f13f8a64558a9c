package io.countersign.server.notify;

import io.countersign.core.action.Glyphs;
import io.countersign.core.audit.FieldChange;
import io.countersign.core.audit.NotificationEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.notify.EgressGuard.NoWay;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.SealedSecrets;
import io.countersign.server.platform.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Adds, changes and removes destinations; each change stands out in the log, and the audience is told of it. */
@Service
class Destinations {

    private static final int MOST = 20;
    private static final int LONGEST_NAME = 120;
    private static final Duration EARLIER_SIGNS_FOR = Duration.ofHours(24);

    private final DestinationStore store;
    private final Deliveries deliveries;
    private final Dispatch dispatch;
    private final EgressGuard guard;
    private final SealedSecrets secrets;
    private final AuditLog log;
    private final ServerClock clock;
    private final TransactionTemplate transactions;

    Destinations(
            DestinationStore store,
            Deliveries deliveries,
            Dispatch dispatch,
            EgressGuard guard,
            SealedSecrets secrets,
            AuditLog log,
            ServerClock clock,
            TransactionTemplate transactions) {
        this.store = store;
        this.deliveries = deliveries;
        this.dispatch = dispatch;
        this.guard = guard;
        this.secrets = secrets;
        this.log = log;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * A destination as it was made or got a new secret.
     *
     * @param secret of a webhook, to be shown this once
     */
    record Made(Destination destination, @Nullable String secret) {}

    List<Destination> all(String orgId) {
        return store.all(orgId);
    }

    Destination find(String orgId, String id) {
        return store.find(orgId, id).orElseThrow(() -> ProblemException.notFound("notification-destination", id));
    }

    /** Adds one, in the present transaction. */
    Made add(Actor actor, String means, String name, String address) {
        String orgId = actor.organizationId();
        String visible = name(name);
        String checked = address(means, address);
        store.lockOrganization(orgId);
        if (store.all(orgId).size() >= MOST) {
            throw ProblemException.conflict("too-many-destinations", "an organization has at most " + MOST);
        }
        String id = Ids.next(Destination.ID_PREFIX);
        byte[] secret = WebhookSignature.draw();
        boolean webhook = means.equals(Delivery.WEBHOOK);
        Instant now = clock.now();
        Destination made = new Destination(
                orgId,
                id,
                means,
                visible,
                checked,
                webhook ? secrets.seal(secret, Dispatch.purpose(orgId, id)) : null,
                null,
                null,
                actor.principalId(),
                now,
                null,
                null,
                1);
        if (!store.insert(made)) {
            throw nameTaken(visible);
        }
        log.append(
                actor,
                new NotificationEntry.NotificationDestinationAdded(id, means, visible, made.openAddress()),
                null);
        return new Made(made, webhook ? WebhookSignature.shown(secret) : null);
    }

    /** Changes name or address; what is null stays. */
    Destination edit(Actor actor, String id, long version, @Nullable String name, @Nullable String address) {
        return change(actor, id, before -> {
            EntityTag.demandSame(version, before.version());
            String newName = name == null ? before.name() : name(name);
            String newAddress = address == null ? before.address() : address(before.means(), address);
            if (store.nameTaken(before.orgId(), id, newName)) {
                throw nameTaken(newName);
            }
            List<FieldChange> changes = new ArrayList<>();
            if (!newName.equals(before.name())) {
                changes.add(new FieldChange("name", before.name(), newName));
            }
            if (!newAddress.equals(before.address())) {
                String open = before.isWebhook() ? Destination.origin(newAddress) : newAddress;
                changes.add(new FieldChange("address", before.openAddress(), open));
            }
            if (!changes.isEmpty()) {
                store.update(before.orgId(), id, newName, newAddress);
                log.append(actor, new NotificationEntry.NotificationDestinationChanged(id, newName, changes), null);
            }
            return find(before.orgId(), id);
        });
    }

    void remove(Actor actor, String id, @Nullable Long version) {
        change(actor, id, before -> {
            if (version != null) {
                EntityTag.demandSame(version, before.version());
            }
            Instant now = clock.now();
            deliveries.giveUpOpen(before, "the destination was removed", now);
            store.remove(before.orgId(), id, now);
            log.append(
                    actor,
                    new NotificationEntry.NotificationDestinationRemoved(id, before.means(), before.name()),
                    null);
            return before;
        });
    }

    /** Draws a new secret, in the present transaction; the earlier one signs beside it for a day. */
    Made rotate(Actor actor, String id) {
        byte[] secret = WebhookSignature.draw();
        Destination rotated = change(actor, id, before -> {
            if (!before.isWebhook()) {
                throw ProblemException.conflict("no-webhook", "only webhooks have a secret");
            }
            Instant until = clock.now().plus(EARLIER_SIGNS_FOR);
            String sealed = secrets.seal(secret, Dispatch.purpose(before.orgId(), id));
            store.rotate(before.orgId(), id, sealed, before.secret(), until);
            log.append(actor, new NotificationEntry.NotificationSecretRotated(id, before.name(), until), null);
            return find(before.orgId(), id);
        });
        return new Made(rotated, WebhookSignature.shown(secret));
    }

    /** Lets a destination that was disabled be told again, in the present transaction. */
    Destination enable(Actor actor, String id) {
        return change(actor, id, before -> {
            if (before.isActive()) {
                return before;
            }
            store.enable(before.orgId(), id);
            log.append(
                    actor,
                    new NotificationEntry.NotificationDestinationEnabled(id, before.means(), before.name()),
                    null);
            return find(before.orgId(), id);
        });
    }

    /** Sends a test at once; no transaction waits for the other side. */
    Attempt test(Actor actor, String id) {
        Destination destination = find(actor.organizationId(), id);
        Notice notice = new Notice(
                Notice.TEST,
                "io.countersign.notification.test",
                clock.now(),
                0,
                "A test of the destination `" + destination.name() + "`",
                null,
                null,
                "/settings",
                Map.of());
        Attempt attempt = dispatch.send(destination, Ids.next("ntf"), notice);
        transactions.executeWithoutResult(_ -> log.append(
                actor,
                new NotificationEntry.NotificationDestinationTested(
                        id, destination.name(), attempt instanceof Attempt.Arrived, attempt.result()),
                null));
        return attempt;
    }

    private Destination change(Actor actor, String id, Function<Destination, Destination> work) {
        return transactions.execute(_ -> work.apply(store.lock(actor.organizationId(), id)
                .orElseThrow(() -> ProblemException.notFound("notification-destination", id))));
    }

    private static String name(String text) {
        String name = text.strip();
        if (name.isEmpty()
                || name.codePointCount(0, name.length()) > LONGEST_NAME
                || name.indexOf('`') >= 0
                || !Glyphs.isLine(name)) {
            throw ProblemException.badField(
                    "wrong-value", "name", "`name` is 1 to " + LONGEST_NAME + " visible characters, without backticks");
        }
        return name;
    }

    private String address(String means, String text) {
        String address = text.strip();
        if (means.equals(Delivery.EMAIL)) {
            if (address.length() > 254 || !MailSender.isAddress(address)) {
                throw ProblemException.badField("wrong-value", "address", "`address` is one e-mail address");
            }
            return address;
        }
        try {
            guard.checked(address);
            return address;
        } catch (NoWay refused) {
            throw ProblemException.badField(
                    "address-refused", "address", "nothing is sent to this address: " + refused.why());
        }
    }

    private static ProblemException nameTaken(String name) {
        return ProblemException.conflict("name-taken", "another destination is named `" + name + "`");
    }
}
