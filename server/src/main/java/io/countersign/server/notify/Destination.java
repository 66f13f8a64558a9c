package io.countersign.server.notify;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an organization has its emergencies told besides its security managers.
 *
 * @param means {@code email} or {@code webhook}
 * @param address an e-mail address, or the URL of a webhook
 * @param secret what a webhook is signed with, encrypted
 * @param earlierSecret the one before it, which signs beside it for a while
 * @param disabledWhy why it is told nothing any more, or none
 */
record Destination(
        String orgId,
        String id,
        String means,
        String name,
        String address,
        @Nullable String secret,
        @Nullable String earlierSecret,
        @Nullable Instant earlierUntil,
        String madeBy,
        Instant madeAt,
        @Nullable Instant disabledAt,
        @Nullable String disabledWhy,
        long version) {

    static final String ID_PREFIX = "ntd";

    boolean isWebhook() {
        return means.equals(Delivery.WEBHOOK);
    }

    boolean isActive() {
        return disabledAt == null;
    }

    /** The address as it may be written down anywhere: of a webhook, whose path may be a secret, only where it is. */
    String openAddress() {
        return isWebhook() ? origin(address) : address;
    }

    /** Scheme, host and port of a URL. */
    static String origin(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
