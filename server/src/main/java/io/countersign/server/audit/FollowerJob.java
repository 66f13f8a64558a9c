package io.countersign.server.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Drives the followers, each with a thread of its own on every node; the row of a position says who is at it. */
@Component
class FollowerJob implements SmartLifecycle {

    private final List<FollowerDrive> drives;

    @Autowired
    FollowerJob(
            ObjectProvider<Follower> followers,
            FollowerStore store,
            TransactionTemplate transactions,
            AuditSignals signals,
            MeterRegistry metrics) {
        this(followers.stream().toList(), store, transactions, signals, metrics);
    }

    FollowerJob(
            List<Follower> followers,
            FollowerStore store,
            TransactionTemplate transactions,
            AuditSignals signals,
            MeterRegistry metrics) {
        Set<String> names = new HashSet<>();
        for (Follower follower : followers) {
            if (!names.add(follower.name())) {
                throw new IllegalStateException("two followers are named `" + follower.name() + "`");
            }
        }
        drives = followers.stream()
                .map(follower -> new FollowerDrive(follower, store, transactions, signals))
                .toList();
        for (FollowerDrive drive : drives) {
            Gauge.builder("audit.follower.lag", drive, FollowerDrive::lag)
                    .description("Entries of all organizations a follower had not seen when this node last looked")
                    .baseUnit("entries")
                    .tag("follower", drive.name())
                    .register(metrics);
        }
    }

    @Override
    public void start() {
        drives.forEach(FollowerDrive::start);
    }

    @Override
    public void stop() {
        drives.forEach(FollowerDrive::stop);
    }

    @Override
    public boolean isRunning() {
        return drives.stream().anyMatch(FollowerDrive::isRunning);
    }

    /** Before the web server, so that it stops after the last call. */
    @Override
    public int getPhase() {
        return 0;
    }
}
