package io.countersign.server.signing;

import io.countersign.server.audit.Actor;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The signing keys of the caller's organization: what there is and was, and their replacement. */
@RestController
@RequestMapping("/api/v1/signing-keys")
@Tag(name = "Signing")
class SigningKeysApi {

    private final SigningKeys keys;
    private final Issuers issuers;
    private final Idempotency idempotency;

    SigningKeysApi(SigningKeys keys, Issuers issuers, Idempotency idempotency) {
        this.keys = keys;
        this.issuers = issuers;
        this.idempotency = idempotency;
    }

    /** One key; the public half stays readable here for as long as the organization lives. */
    record SigningKeyView(
            String kid,
            String use,
            String algorithm,
            String state,
            Instant madeAt,
            @Nullable Instant retiredAt,
            @Nullable Instant publishedUntil,
            boolean withdrawn,
            Map<String, String> publicKey) {}

    /** All keys, newest first, and the name under which they sign. */
    record SigningKeysView(String issuer, List<SigningKeyView> items) {}

    /**
     * A rotation.
     *
     * @param use {@code grants} or {@code cluster-tokens}; both when there is none
     * @param compromised whether what the old keys signed must be believed no longer
     */
    record RotationForm(@Nullable String use, @Nullable Boolean compromised) {}

    /** One key's place taken by another's. */
    record RotatedView(String use, String retiredKid, String activeKid, String nextKid) {}

    /** What was rotated. */
    record RotationView(List<RotatedView> rotated) {}

    @GetMapping
    @Requires(Permission.SIGNED_IN)
    @Operation(operationId = "listSigningKeys", summary = "Every signing key there is and was, newest first")
    SigningKeysView list(Caller caller) {
        return new SigningKeysView(
                issuers.of(caller.organizationId()),
                keys.all(caller.organizationId()).stream()
                        .map(row -> new SigningKeyView(
                                row.kid(),
                                row.use().id(),
                                row.use().algorithm().id(),
                                row.state(),
                                row.madeAt(),
                                row.retiredAt(),
                                row.publishedUntil(),
                                row.withdrawn(),
                                row.use().algorithm().jwk(row.publicKey())))
                        .toList());
    }

    @PostMapping("/rotation")
    @Requires(Permission.SIGNING_KEYS_ROTATE)
    @Operation(
            operationId = "rotateSigningKeys",
            summary = "Let the next keys sign from now on; where the present ones are compromised, withdraw those")
    @AnswersWith(value = RotationView.class, status = 200)
    ResponseEntity<Object> rotate(Caller caller, Origin origin, IdempotencyKey key, @RequestBody RotationForm body) {
        List<KeyUse> uses = uses(body.use());
        return idempotency.once(
                caller,
                key,
                () ->
                        Reply.of(
                                200,
                                new RotationView(keys
                                        .rotate(Actor.of(caller, origin), uses, Boolean.TRUE.equals(body.compromised()))
                                        .stream()
                                        .map(made -> new RotatedView(
                                                made.use().id(), made.retired(), made.active(), made.next()))
                                        .toList())));
    }

    private static List<KeyUse> uses(@Nullable String word) {
        if (word == null) {
            return List.of(KeyUse.values());
        }
        return List.of(KeyUse.named(word)
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-word", "use", "`" + word + "` is neither grants nor cluster-tokens")));
    }
}
