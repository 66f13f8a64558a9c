package io.countersign.server.platform;

import io.countersign.core.action.PrincipalKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Primary;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Routes for the tests of this package; no server but theirs has them. */
@RestController
@RequestMapping("/api/v1/trial")
@ConditionalOnProperty("trial.routes")
final class TrialApi {

    static final String SETTING = "--trial.routes=true";

    private final AtomicInteger acts = new AtomicInteger();
    private final Idempotency idempotency;

    TrialApi(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    record Inner(List<Integer> numbers, @Nullable Permission permission) {}

    record Body(
            String name,
            int count,
            @Nullable String note,
            @Nullable Instant at,
            @Nullable Duration after,
            List<String> words,
            @Nullable Inner inner) {}

    @GetMapping("/public")
    @Requires(Permission.PUBLIC)
    Map<String, String> open(Optional<Caller> caller) {
        return Map.of("caller", caller.map(Caller::principalId).orElse("nobody"));
    }

    @GetMapping("/signed-in")
    @Requires(Permission.SIGNED_IN)
    Map<String, String> signedIn(Caller caller, @RequestParam(defaultValue = "1") int number) {
        return Map.of("caller", caller.principalId(), "number", Integer.toString(number));
    }

    @PostMapping("/body")
    @Requires(Permission.POLICY_WRITE)
    Body body(@RequestBody Body body) {
        return body;
    }

    @PostMapping("/once")
    @Requires(Permission.ASK)
    ResponseEntity<Object> once(Caller caller, IdempotencyKey key, @RequestBody Body body) {
        return idempotency.once(caller, key, () -> {
            int number = acts.incrementAndGet();
            return switch (body.name()) {
                case "secret" -> Reply.onceOnly(201, Map.of("secret", number), Map.of("code", "secret-already-shown"));
                case "held" -> Reply.judgedAnew(202, Map.of("number", number));
                case "refused" -> throw ProblemException.conflict("refused", "refused for the " + number + ". time");
                default -> Reply.of(201, Map.of("number", number));
            };
        });
    }

    @GetMapping("/broken")
    @Requires(Permission.PUBLIC)
    Map<String, String> broken(@RequestParam(defaultValue = "true") boolean broken) {
        if (broken) {
            throw new IllegalStateException("something only the log should tell");
        }
        return Map.of();
    }

    /** Knows three secrets: a session's, a token's with the scope ask, and one of nobody with a role. */
    @Component
    @Primary
    @ConditionalOnProperty("trial.routes")
    static final class Doorkeeper implements Authenticator {

        @Override
        public Optional<Caller> authenticate(String secret) {
            return switch (secret) {
                case "session" -> Optional.of(caller("per_session", CredentialKind.SESSION, Set.of()));
                case "asker" -> Optional.of(caller("per_asker", CredentialKind.TOKEN, Set.of("ask")));
                case "weak" -> Optional.of(caller("per_weak", CredentialKind.SESSION, Set.of()));
                default -> Optional.empty();
            };
        }

        private static Caller caller(String id, CredentialKind kind, Set<String> scopes) {
            Credential credential = new Credential("cred_" + id, kind, scopes, id, Instant.EPOCH, null);
            return new Caller("org_trial", id, PrincipalKind.PERSON, credential);
        }

        @Override
        public boolean allows(Caller caller, Permission permission) {
            return !caller.principalId().equals("per_weak") && permission.isWithin(caller.credential());
        }

        @Override
        public boolean stands(Caller caller) {
            return true;
        }
    }
}
