package io.countersign.server.notify;

import io.countersign.core.audit.ApprovalEntry;
import io.countersign.core.audit.BreakglassEntry;
import io.countersign.core.audit.NotificationEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.audit.Follower;
import io.countersign.server.audit.LogEntry;
import io.countersign.server.directory.Directory;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Turns every entry about an emergency into one delivery for each who must know, in the transaction that moves its position:
 * whatever dies, each is there once.
 */
@Component
class EmergencyFollower implements Follower {

    /** Whoever names a session that does not let him pass could fill every inbox; of one session it is told so often. */
    private static final Duration REFUSALS_APART = Duration.ofMinutes(5);

    private final Directory directory;
    private final Audience audience;
    private final DeliveryStore deliveries;
    private final AuditLog log;
    private final ServerClock clock;

    EmergencyFollower(
            Directory directory, Audience audience, DeliveryStore deliveries, AuditLog log, ServerClock clock) {
        this.directory = directory;
        this.audience = audience;
        this.deliveries = deliveries;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public boolean prominentOnly() {
        return true;
    }

    @Override
    public void handle(List<LogEntry> batch) {
        batch.stream().filter(Notices::concerns).forEach(this::tell);
    }

    private void tell(LogEntry entry) {
        String orgId = entry.organizationId();
        if (entry.entry() instanceof BreakglassEntry.BreakglassRefused
                && deliveries.toldSince(
                        orgId, entry.requestId(), entry.type(), entry.at().minus(REFUSALS_APART))) {
            return;
        }
        Notices.of(entry, directory.fresh(orgId)).ifPresent(told -> {
            Instant now = clock.now();
            List<Recipient> everybody = audience.of(orgId, entry.at());
            deliveries.insert(orgId, told.notice(), entry.requestId());
            for (Recipient recipient : audience.with(everybody, orgId, told.addressees())) {
                deliveries.insert(orgId, Ids.next("ntf"), entry.leafIndex(), recipient, now);
            }
            if (everybody.isEmpty() && begins(entry)) {
                log.append(
                        Actor.system(orgId),
                        new NotificationEntry.NotificationUnheard(
                                entry.type(),
                                entry.leafIndex(),
                                audience.lack(orgId).orElse("")),
                        entry.requestId());
            }
        });
    }

    private static boolean begins(LogEntry entry) {
        return entry.entry() instanceof BreakglassEntry.BreakglassOpened
                || entry.entry() instanceof BreakglassEntry.BreakglassRequested
                || entry.entry() instanceof ApprovalEntry.RequestOpened;
    }
}
