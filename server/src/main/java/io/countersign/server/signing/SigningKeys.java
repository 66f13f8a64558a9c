package io.countersign.server.signing;

import io.countersign.core.audit.SigningEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.platform.SealedSecrets;
import io.countersign.server.platform.ServerClock;
import io.countersign.server.signing.SigningKeyStore.Row;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys an organization signs with, one at work for each use and one published that will follow it. They are made when
 * something is first signed, shared by all nodes through the database, and encrypted there.
 */
@Service
public class SigningKeys {

    /** Nothing is signed that lasts longer: so long, and a little more, a retired key stays published. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final Duration MARGIN = Duration.ofHours(1);

    private final SigningKeyStore store;
    private final SealedSecrets secrets;
    private final AuditLog log;
    private final ServerClock clock;
    private final TransactionTemplate transactions;
    private final Map<String, PrivateKey> opened = new ConcurrentHashMap<>();

    SigningKeys(
            SigningKeyStore store,
            SealedSecrets secrets,
            AuditLog log,
            ServerClock clock,
            TransactionTemplate transactions) {
        this.store = store;
        this.secrets = secrets;
        this.log = log;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * Something signed.
     *
     * @param jws compact serialization of RFC 7515: three parts of base64url between dots
     * @param kid the key's name in the published set
     */
    public record Signed(String jws, String kid) {}

    /** A rotation as it happened: which key stopped, which signs now, and which follows. */
    record Rotation(KeyUse use, String retired, String active, String next) {}

    /**
     * Signs claims with the organization's key of this use, in the present transaction if there is one; the first
     * signature of an organization makes its keys.
     *
     * @param claims written in their order as they are; times are whole seconds since 1970, and {@code exp} is demanded,
     *     at most {@link #LONGEST} after {@code now}
     * @throws io.countersign.server.platform.ProblemException 503 when this server cannot open the key
     */
    public Signed sign(String organizationId, KeyUse use, Map<String, ?> claims, Instant now) {
        if (!(claims.get("exp") instanceof Number end)
                || end.longValue() > now.plus(LONGEST).getEpochSecond()) {
            throw new IllegalArgumentException("what is signed ends, and at most " + LONGEST + " from now");
        }
        return Objects.requireNonNull(transactions.execute(_ -> {
            Row key = atWork(organizationId, use);
            String jws = CompactJws.sign(use, key.kid(), claims, privateKey(organizationId, key));
            return new Signed(jws, key.kid());
        }));
    }

    /** Whether a key was compromised, so that nothing it signed proves anything. */
    public boolean isWithdrawn(String organizationId, String kid) {
        return store.isWithdrawn(organizationId, kid);
    }

    /** The public keys, as members of JWKs, oldest first. */
    List<Map<String, String>> published(String organizationId) {
        return store.published(organizationId).stream()
                .map(row -> row.use().algorithm().jwk(row.publicKey()))
                .toList();
    }

    /** Every key there ever was, newest first. */
    List<Row> all(String organizationId) {
        return store.all(organizationId);
    }

    /**
     * Lets the published next key take over and publishes another one to follow it. Where the present key is compromised,
     * none of the old ones is published any longer, and both are new.
     */
    List<Rotation> rotate(Actor actor, List<KeyUse> uses, boolean compromised) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            store.lock(actor.organizationId());
            Instant now = clock.now();
            List<Rotation> rotations = new ArrayList<>();
            for (KeyUse use : uses) {
                rotations.add(rotate(actor, use, compromised, now));
            }
            return rotations;
        }));
    }

    private Rotation rotate(Actor actor, KeyUse use, boolean compromised, Instant now) {
        String orgId = actor.organizationId();
        Row before = atWork(orgId, use);
        Row following = store.find(orgId, use, SigningKeyStore.NEXT).orElseThrow();
        String active = following.kid();
        if (compromised) {
            store.retire(orgId, before.kid(), now, now);
            store.retire(orgId, following.kid(), now, now);
            store.withdraw(orgId, use, now);
            active = make(actor, use, SigningKeyStore.ACTIVE, now);
        } else {
            privateKey(orgId, following); // a key that nobody can open must not be put to work
            store.retire(orgId, before.kid(), now, now.plus(LONGEST).plus(MARGIN));
            store.activate(orgId, following.kid());
        }
        String next = make(actor, use, SigningKeyStore.NEXT, now);
        log.append(actor, new SigningEntry.SigningKeyRotated(use.id(), before.kid(), active, compromised), null);
        return new Rotation(use, before.kid(), active, next);
    }

    private Row atWork(String orgId, KeyUse use) {
        return store.find(orgId, use, SigningKeyStore.ACTIVE).orElseGet(() -> {
            store.lock(orgId);
            return store.find(orgId, use, SigningKeyStore.ACTIVE).orElseGet(() -> {
                Instant now = clock.now();
                make(Actor.system(orgId), use, SigningKeyStore.ACTIVE, now);
                make(Actor.system(orgId), use, SigningKeyStore.NEXT, now);
                return store.find(orgId, use, SigningKeyStore.ACTIVE).orElseThrow();
            });
        });
    }

    /** Makes a key; whoever calls holds the lock. */
    private String make(Actor actor, KeyUse use, String state, Instant now) {
        String orgId = actor.organizationId();
        KeyPair pair = use.algorithm().generate();
        byte[] publicKey = pair.getPublic().getEncoded();
        String kid = use.algorithm().thumbprint(publicKey);
        String sealed = secrets.seal(pair.getPrivate().getEncoded(), purpose(orgId, kid));
        store.insert(orgId, use, state, kid, publicKey, sealed, now);
        log.append(
                actor,
                new SigningEntry.SigningKeyMade(kid, use.id(), use.algorithm().id(), state),
                null);
        return kid;
    }

    private PrivateKey privateKey(String orgId, Row key) {
        return opened.computeIfAbsent(
                purpose(orgId, key.kid()),
                purpose ->
                        key.use().algorithm().privateKey(secrets.open(Objects.requireNonNull(key.sealed()), purpose)));
    }

    private static String purpose(String orgId, String kid) {
        return "signing-key/" + orgId + "/" + kid;
    }
}
