package io.countersign.core.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the destinations that an organization's emergencies are told to, and to each delivery. No entry holds a
 * secret or the whole address of a webhook.
 */
public sealed interface NotificationEntry extends Entry {

    /** What stands out even among the entries that nobody may overlook: who hears of emergencies has changed. */
    sealed interface DestinationEntry extends NotificationEntry {

        /** The id of the destination. */
        String destinationId();

        @Override
        default boolean prominent() {
            return true;
        }
    }

    /** A destination was added; of a webhook's address only scheme, host and port are written down. */
    record NotificationDestinationAdded(String destinationId, String means, String name, String address)
            implements DestinationEntry {}

    /** Something about a destination changed. */
    record NotificationDestinationChanged(String destinationId, String name, List<FieldChange> changes)
            implements DestinationEntry {

        public NotificationDestinationChanged {
            changes = List.copyOf(changes);
        }
    }

    /** A destination was removed. */
    record NotificationDestinationRemoved(String destinationId, String means, String name)
            implements DestinationEntry {}

    /** A webhook got a new secret; the earlier one signs beside it until then. */
    record NotificationSecretRotated(String destinationId, String name, Instant earlierUntil)
            implements DestinationEntry {}

    /** A destination that was gone or failed for too long is told nothing any more, until somebody enables it. */
    record NotificationDestinationDisabled(String destinationId, String means, String name, String why)
            implements DestinationEntry {}

    /** It is told again. */
    record NotificationDestinationEnabled(String destinationId, String means, String name)
            implements DestinationEntry {}

    /** Somebody had a test sent to it. */
    record NotificationDestinationTested(String destinationId, String name, boolean delivered, String result)
            implements NotificationEntry {}

    /** Somebody was told of an entry. */
    record NotificationDelivered(
            String deliveryId,
            String recipientId,
            String means,
            String about,
            long leafIndex,
            @Nullable String number,
            int attempts)
            implements NotificationEntry {

        @Override
        public @Nullable String requestNumber() {
            return number;
        }
    }

    /** Somebody could not be told of an entry, and it is not tried any more. */
    record NotificationFailed(
            String deliveryId,
            String recipientId,
            String means,
            String about,
            long leafIndex,
            @Nullable String number,
            int attempts,
            String why)
            implements NotificationEntry {

        @Override
        public boolean prominent() {
            return true;
        }

        @Override
        public @Nullable String requestNumber() {
            return number;
        }
    }

    /** Somebody had a delivery that had failed tried again. */
    record NotificationRetried(String deliveryId, String recipientId) implements NotificationEntry {}

    /** There was nobody to be told of an emergency that began. */
    record NotificationUnheard(String about, long leafIndex, String why) implements NotificationEntry {

        @Override
        public boolean prominent() {
            return true;
        }
    }
}
