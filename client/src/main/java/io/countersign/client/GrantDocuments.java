package io.countersign.client;

import io.countersign.client.wire.Json;
import io.countersign.core.action.ResourceLevel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Checks grants as signed documents, without the server: whoever holds the keys can tell what was approved. */
public final class GrantDocuments {

    private static final String TYPE = "countersign-grant+jwt";
    private static final int LONGEST = 256 * 1024;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private GrantDocuments() {}

    /**
     * Checks that a document is signed with one of the keys, holds at this moment, and is about exactly this intent: its
     * action, resource, payload digest, and its subject where the intent names one by id or handle. The algorithm is the
     * key's, whatever the document says. It proves and never spends: before executing, redeem.
     *
     * @param jws the document, at most 256 KiB
     * @param now the moment for which it must hold; an earlier one to look back
     * @throws GrantNotProvenException when it does not prove that
     */
    public static GrantProof verify(String jws, KeySet keys, Instant now, Intent intent) {
        JsonNode claims = trusted(jws, keys);
        demand(Json.text(claims, "iss").equals(keys.issuer()), "wrong-issuer", "it is of another issuer");
        Instant approvedAt = moment(claims, "iat");
        Instant expiresAt = moment(claims, "exp");
        demand(!approvedAt.isAfter(now.plus(CLOCKS_DIFFER)), "not-yet", "it is of a later time than " + now);
        demand(now.isBefore(expiresAt), "expired", "the grant ended at " + expiresAt);
        compare(claims, intent);
        return new GrantProof(
                Json.text(claims, "jti"),
                Json.text(claims, "request"),
                Json.text(claims, "organization"),
                Json.text(claims, "sub"),
                Json.text(claims, "action"),
                Json.text(claims, "resource", "name"),
                Json.text(claims, "payloadDigest"),
                approvedAt,
                expiresAt,
                Json.list(claims, "approvals").stream()
                        .map(one -> new GrantProof.Approval(
                                Json.text(one, "by", "id"),
                                Json.text(one, "by", "handle"),
                                Json.instant(one, "at").orElse(approvedAt)))
                        .toList());
    }

    private static JsonNode trusted(String jws, KeySet keys) {
        String[] parts = jws.length() > LONGEST ? new String[0] : jws.strip().split("\\.", -1);
        demand(parts.length == 3, "malformed", "it is no compact JWS");
        JsonNode header = json(parts[0]);
        demand(
                Json.text(header, "typ").equals(TYPE)
                        && Json.text(header, "alg").equals("EdDSA")
                        && Json.at(header, "crit").isMissingNode(),
                "wrong-type",
                "it is no grant signed with Ed25519");
        PublicKey key = keys.find(Json.text(header, "kid"))
                .orElseThrow(
                        () -> new GrantNotProvenException("unknown-key", "it is signed with a key that is not known"));
        demand(isSigned(parts[0] + "." + parts[1], bytes(parts[2]), key), "bad-signature", "it is not what was signed");
        return json(parts[1]);
    }

    private static boolean isSigned(String message, byte[] signature, PublicKey key) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(signature);
        } catch (GeneralSecurityException notOne) {
            return false;
        }
    }

    private static void compare(JsonNode claims, Intent intent) {
        demand(Json.text(claims, "action").equals(intent.action()), "other-action", "it is about another action");
        demand(
                isSame(Json.at(claims, "resource"), Json.text(claims, "organization"), intent.resource()),
                "other-resource",
                "it is about another resource");
        demand(
                Json.text(claims, "payloadDigest").equals(intent.payloadDigest().value()),
                "other-payload",
                "it is about other bytes");
        String subject = intent.subject();
        demand(
                subject == null
                        || subject.equals(Json.text(claims, "sub"))
                        || subject.equals("@" + Json.text(claims, "subject", "handle")),
                "other-subject",
                "it permits somebody else");
    }

    private static boolean isSame(JsonNode resource, String organization, ResourceName name) {
        SortedMap<String, String> attributes = new TreeMap<>();
        Json.at(resource, "attributes")
                .properties()
                .forEach(one -> attributes.put(one.getKey(), Json.text(one.getValue())));
        String id = Json.text(resource, "id");
        boolean thing = name.level() == ResourceLevel.ORGANIZATION
                ? id.equals(name.id() == null ? organization : name.id())
                : id.equals(name.id()) || Json.text(resource, "name").equals(name.id());
        return thing
                && Json.text(resource, "type").equals(name.level().name().toLowerCase(Locale.ROOT))
                && (same(resource, "release", name.release())
                        || (name.release() != null && same(resource, "releaseName", name.release())))
                && same(resource, "from", name.from())
                && same(resource, "to", name.to())
                && attributes.equals(name.attributes());
    }

    private static boolean same(JsonNode resource, String member, @Nullable String wanted) {
        return Json.text(resource, member).equals(wanted == null ? "" : wanted);
    }

    private static Instant moment(JsonNode claims, String name) {
        JsonNode seconds = Json.at(claims, name);
        demand(seconds.isIntegralNumber() && seconds.canConvertToLong(), "malformed", "it lacks `" + name + "`");
        try {
            return Instant.ofEpochSecond(seconds.asLong());
        } catch (DateTimeException beyond) {
            throw new GrantNotProvenException("malformed", "`" + name + "` is no time");
        }
    }

    private static JsonNode json(String part) {
        try {
            return Json.parse(bytes(part));
        } catch (JacksonException noJson) {
            throw new GrantNotProvenException("malformed", "a part of it is no JSON");
        }
    }

    private static byte[] bytes(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            // There is one way to write them: bits that say nothing may not differ.
            demand(
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(part),
                    "malformed",
                    "a part of it is not written as it should be");
            return bytes;
        } catch (IllegalArgumentException notOurs) {
            throw new GrantNotProvenException("malformed", "a part of it is no base64url");
        }
    }

    private static void demand(boolean holds, String code, String sentence) {
        if (!holds) {
            throw new GrantNotProvenException(code, sentence);
        }
    }
}
