package io.countersign.server.directory;

import io.countersign.core.action.Place;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.EpochStore.Counters;
import io.countersign.server.platform.OneMoment;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.ServerClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who and what there is, as one image for each organization and epoch. */
@Service
public class Directory {

    private final DirectoryStore store;
    private final OrganizationStore organizations;
    private final ReleaseStore releases;
    private final Epochs epochs;
    private final AuditLog log;
    private final ServerClock clock;
    private final TransactionTemplate reading;
    private final Map<String, DirectoryImage> latest = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> loading = new ConcurrentHashMap<>();

    Directory(
            DirectoryStore store,
            OrganizationStore organizations,
            ReleaseStore releases,
            Epochs epochs,
            AuditLog log,
            ServerClock clock,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.organizations = organizations;
        this.releases = releases;
        this.epochs = epochs;
        this.log = log;
        this.clock = clock;
        reading = OneMoment.reading(transactions);
    }

    /**
     * The organization at this epoch, or at a later one that is in force already: an epoch that a transaction holds
     * answers with exactly that one. It is read in the present transaction if there is one.
     *
     * @throws ProblemException 404 when there is no such organization
     */
    public DirectoryImage at(String organizationId, long epoch) {
        if (epochs.changingNow(organizationId)) {
            return read(organizationId);
        }
        DirectoryImage image = latest.get(organizationId);
        if (image != null && image.epoch() >= epoch) {
            return image;
        }
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? load(organizationId, epoch)
                : reading.execute(_ -> load(organizationId, epoch));
    }

    /** The organization as it was within the last second; 503 when that cannot be proven. */
    public DirectoryImage fresh(String organizationId) {
        return at(organizationId, epochs.fresh(organizationId));
    }

    /** One thread loads, and whoever waits for it holds a connection of its own already. */
    private DirectoryImage load(String organizationId, long epoch) {
        ReentrantLock lock = loading.computeIfAbsent(organizationId, _ -> new ReentrantLock());
        lock.lock();
        try {
            DirectoryImage there = latest.get(organizationId);
            if (there != null && there.epoch() >= epoch) {
                return there;
            }
            DirectoryImage image = read(organizationId);
            latest.merge(organizationId, image, (one, other) -> one.epoch() >= other.epoch() ? one : other);
            return image;
        } finally {
            lock.unlock();
        }
    }

    private DirectoryImage read(String organizationId) {
        Counters counters = epochs.counters(organizationId)
                .orElseThrow(() -> ProblemException.notFound("organization", organizationId));
        DirectoryImage image = latest.get(organizationId);
        return image != null && image.directoryEpoch() == counters.directoryEpoch()
                ? image.carriedTo(counters.epoch())
                : DirectoryImage.of(store.facts(organizationId), counters.epoch(), counters.directoryEpoch());
    }

    /**
     * The resource that an ask names, with every name replaced by its id; empty when the organization has no such thing,
     * or the release is not one of that place.
     *
     * @param idOrName an id or name; an environment by {@code project/environment}
     * @param release id or name of a release, or none
     */
    public Optional<Resource> resource(
            DirectoryImage image,
            ResourceLevel level,
            String idOrName,
            @Nullable String release,
            @Nullable String from,
            @Nullable String to,
            Map<String, String> attributes) {
        Optional<Resource> bare = image.resourceId(level, idOrName).map(id -> Resource.of(level, id));
        Optional<Place> place = bare.flatMap(image::place);
        if (bare.isEmpty() || place.isEmpty()) {
            return Optional.empty();
        }
        @Nullable String releaseId = null;
        if (release != null) {
            Optional<Release> known =
                    releases.find(image.organizationId(), place.get().projectId(), release);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            releaseId = known.get().id();
        }
        return Optional.of(new Resource(level, bare.get().id(), releaseId, from, to, new TreeMap<>(attributes)));
    }

    /** The release with this id, or nothing. */
    public Optional<Release> release(String organizationId, String releaseId) {
        return releases.find(organizationId, null, releaseId);
    }

    /** The ids of all organizations, oldest first. */
    public List<String> organizationIds() {
        return store.organizationIds();
    }

    /** The id of the organization with this handle; upper case counts as lower case. */
    public Optional<String> organizationNamed(String handle) {
        return organizations.byHandle(handle);
    }

    /** The id of the organization that was made first, if there is any. */
    public Optional<String> firstOrganization() {
        return organizations.oldestTwo().stream().findFirst();
    }

    /**
     * Ends the organization's set-up now, if it is still in it. Call it in a transaction that began with
     * {@link Epochs#change}, not one that holds the epoch: two of those would wait for each other.
     *
     * @param why {@code admin} or {@code production}
     */
    public void endSetUp(Actor actor, String why) {
        String organizationId = actor.organizationId();
        epochs.changeDirectory(organizationId);
        if (store.endSetUp(organizationId, why, clock.now(), SetUp.LIMIT)) {
            log.append(actor, new DirectoryEntry.SetUpEnded(why), null);
        }
    }
}
