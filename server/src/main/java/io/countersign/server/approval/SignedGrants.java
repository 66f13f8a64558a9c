package io.countersign.server.approval;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Resource;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.Vote;
import io.countersign.core.audit.SigningEntry;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.GrantDocumentStore.Kept;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.signing.Issuers;
import io.countersign.server.signing.KeyUse;
import io.countersign.server.signing.SigningKeys;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Grants as signed documents: each is made when it is first read, and reads the same from then on. It proves what was
 * approved, by whom and until when; whether the grant is still unspent, only a redemption tells.
 */
@Service
class SignedGrants {

    private final RequestStore requests;
    private final GrantDocumentStore documents;
    private final Rulebooks rulebooks;
    private final Directory directory;
    private final SigningKeys keys;
    private final Issuers issuers;
    private final TransactionTemplate transactions;
    private final AuditLog log;

    SignedGrants(
            RequestStore requests,
            GrantDocumentStore documents,
            Rulebooks rulebooks,
            Directory directory,
            SigningKeys keys,
            Issuers issuers,
            TransactionTemplate transactions,
            AuditLog log) {
        this.requests = requests;
        this.documents = documents;
        this.rulebooks = rulebooks;
        this.directory = directory;
        this.keys = keys;
        this.issuers = issuers;
        this.transactions = transactions;
        this.log = log;
    }

    /** The document of this grant, whatever became of the grant; 404 when there is none of that id. */
    String read(Actor actor, String grantId) {
        String orgId = actor.organizationId();
        return valid(orgId, grantId)
                .orElseGet(() -> {
                    DirectoryImage people = rulebooks.fresh(orgId).directory();
                    return Objects.requireNonNull(transactions.execute(_ -> make(actor, grantId, people)));
                })
                .document();
    }

    private Optional<Kept> valid(String orgId, String grantId) {
        return documents.find(orgId, grantId).filter(kept -> !keys.isWithdrawn(orgId, kept.kid()));
    }

    private Kept make(Actor actor, String grantId, DirectoryImage people) {
        String orgId = actor.organizationId();
        Approvals.Locked locked = requests.lockByGrant(orgId, grantId).orElseThrow(() -> notFound(grantId));
        return valid(orgId, grantId).orElseGet(() -> {
            StoredRequest stored = locked.stored();
            Grant grant = StateWords.grantOf(stored.request().state());
            if (grant == null || !grant.id().equals(grantId)) {
                throw notFound(grantId);
            }
            SigningKeys.Signed signed = keys.sign(orgId, KeyUse.GRANTS, claims(stored, grant, people), locked.at());
            Kept made = new Kept(signed.jws(), signed.kid());
            documents.save(orgId, grantId, stored.request().id(), made, locked.at());
            log.append(
                    actor,
                    new SigningEntry.GrantDocumentMade(stored.name(), grantId, signed.kid()),
                    stored.request().id());
            return made;
        });
    }

    private static ProblemException notFound(String grantId) {
        return ProblemException.notFound("grant", grantId);
    }

    private Map<String, Object> claims(StoredRequest stored, Grant grant, DirectoryImage people) {
        ApprovalRequest request = stored.request();
        Ask ask = request.ask();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuers.of(grant.organizationId()));
        claims.put("sub", grant.subject().id());
        claims.put("jti", grant.id());
        claims.put("iat", seconds(grant.madeAt()));
        claims.put("exp", seconds(grant.expiresAt()));
        claims.put("organization", grant.organizationId());
        claims.put("request", stored.name());
        claims.put("requestId", request.id());
        claims.put("action", grant.actionId());
        claims.put("resource", resource(stored, grant));
        claims.put("payloadDigest", grant.digest().value());
        claims.put("usableUntil", grant.usableUntil().toString());
        claims.put("subject", who(grant.subject().id(), people));
        claims.put("caller", who(ask.caller().id(), people));
        if (ask.reason() != null) {
            claims.put("reason", ask.reason());
        }
        claims.put(
                "requirements",
                request.requirements().stream().map(SignedGrants::requirement).toList());
        claims.put(
                "approvals",
                request.votes().stream()
                        .filter(vote -> vote.kind() == Vote.Kind.APPROVE)
                        .map(vote -> approval(vote, people))
                        .toList());
        return claims;
    }

    private Map<String, Object> resource(StoredRequest stored, Grant grant) {
        Resource resource = grant.resource();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", resource.level().name().toLowerCase(Locale.ROOT));
        members.put("id", resource.id());
        members.put("name", stored.resourceName());
        if (resource.releaseId() != null) {
            members.put("release", resource.releaseId());
            directory
                    .release(grant.organizationId(), resource.releaseId())
                    .ifPresent(release -> members.put("releaseName", release.name()));
        }
        putIfThere(members, "from", resource.from());
        putIfThere(members, "to", resource.to());
        members.put("attributes", resource.attributes());
        return members;
    }

    private static Map<String, Object> requirement(Requirement requirement) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", requirement.id());
        members.put("name", requirement.name());
        members.put("rule", requirement.source().ruleId());
        members.put("version", requirement.source().version());
        return members;
    }

    private static Map<String, Object> approval(Vote vote, DirectoryImage people) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("by", who(vote.personId(), people));
        members.put("at", vote.at().toString());
        members.put("requirements", List.copyOf(new TreeSet<>(vote.requirements())));
        return members;
    }

    private static Map<String, String> who(String id, DirectoryImage people) {
        return people.principal(id)
                .map(Principal::handle)
                .map(handle -> Map.of("id", id, "handle", handle))
                .orElse(Map.of("id", id));
    }

    private static void putIfThere(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    private static long seconds(Instant instant) {
        return instant.getEpochSecond();
    }
}
