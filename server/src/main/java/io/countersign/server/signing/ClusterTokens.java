package io.countersign.server.signing;

import io.countersign.core.action.ResourceLevel;
import io.countersign.core.audit.SigningEntry;
import io.countersign.core.policy.Person;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Epochs;
import io.countersign.server.directory.Principal;
import io.countersign.server.platform.Duplicates;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes the short-lived tokens by which a cluster knows who somebody is and which teams he is in. */
@Service
class ClusterTokens {

    static final Duration LEAST = Duration.ofMinutes(1);
    static final Duration MOST = Duration.ofHours(1);
    static final Duration USUAL = Duration.ofMinutes(15);

    /**
     * A token as it was made.
     *
     * @param token compact JWS; verifiable by the organization's published keys
     * @param audience the cluster's id, which its API server is told to accept
     */
    record Issued(String id, String token, String issuer, String audience, List<String> groups, Instant expiresAt) {}

    private final SigningKeys keys;
    private final Issuers issuers;
    private final Directory directory;
    private final Epochs epochs;
    private final ServerClock clock;
    private final AuditLog log;

    ClusterTokens(
            SigningKeys keys, Issuers issuers, Directory directory, Epochs epochs, ServerClock clock, AuditLog log) {
        this.keys = keys;
        this.issuers = issuers;
        this.directory = directory;
        this.epochs = epochs;
        this.clock = clock;
        this.log = log;
    }

    /** Makes a token for the acting principal, in the present transaction; it says nothing but who he is at this moment. */
    Issued issue(Actor actor, String cluster, @Nullable Duration lasts, @Nullable Collection<String> narrowedTo) {
        DirectoryImage image = directory.at(actor.organizationId(), epochs.hold(actor.organizationId()));
        String clusterId = image.resourceId(ResourceLevel.CLUSTER, cluster)
                .orElseThrow(() -> ProblemException.notFound("cluster", cluster));
        Principal subject = image.principal(actor.principalId()).orElseThrow();
        List<String> groups = groups(image, subject, narrowedTo);
        Instant now = clock.now();
        Instant end = now.plus(bounded(lasts)).truncatedTo(ChronoUnit.SECONDS);
        String id = Ids.next("clt");
        String issuer = issuers.of(actor.organizationId());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", subject.id());
        claims.put("preferred_username", subject.handle());
        claims.put("groups", groups);
        claims.put("aud", clusterId);
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", end.getEpochSecond());
        claims.put("jti", id);
        String token = keys.sign(actor.organizationId(), KeyUse.CLUSTER_TOKENS, claims, now)
                .jws();
        log.append(actor, new SigningEntry.ClusterTokenIssued(id, clusterId, subject.id(), groups, end), null);
        return new Issued(id, token, issuer, clusterId, groups, end);
    }

    private static Duration bounded(@Nullable Duration lasts) {
        Duration wished = lasts == null ? USUAL : lasts;
        if (wished.compareTo(LEAST) < 0 || wished.compareTo(MOST) > 0) {
            throw ProblemException.badField(
                    "wrong-value", "expiresIn", "a token for a cluster lasts from " + LEAST + " to " + MOST);
        }
        return wished;
    }

    /** The handles of all teams he is in, through nesting too, or of those that were wished for. */
    private static List<String> groups(
            DirectoryImage image, Principal subject, @Nullable Collection<String> narrowedTo) {
        TreeSet<String> all = new TreeSet<>();
        image.people().person(subject.id()).map(person -> teams(image, person)).ifPresent(all::addAll);
        if (narrowedTo == null) {
            return List.copyOf(all);
        }
        List<String> wished = narrowedTo.stream()
                .map(group -> group.startsWith("@") ? group.substring(1) : group)
                .toList();
        for (String handle : wished) {
            if (!all.contains(handle)) {
                throw ProblemException.badField(
                        "not-a-member", "groups", "you are in no team `@" + handle + "`, so the token cannot say so");
            }
        }
        Duplicates.demandNone("groups", List.copyOf(narrowedTo), wished);
        return wished.stream().sorted().toList();
    }

    private static List<String> teams(DirectoryImage image, Person person) {
        return image.people().teamsOf(person).stream()
                .flatMap(team -> image.handleOf(team).stream())
                .map(handle -> handle.substring(1))
                .toList();
    }
}
