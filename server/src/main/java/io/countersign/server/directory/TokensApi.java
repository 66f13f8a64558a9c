package io.countersign.server.directory;

import io.countersign.server.audit.Actor;
import io.countersign.server.directory.TokenStore.Token;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.countersign.server.platform.ServerClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** API tokens: made in a session, never wider or longer than the rights they rest on. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Access")
final class TokensApi {

    private final OwnDoor door;
    private final Tokens tokens;
    private final TokenStore store;
    private final Idempotency idempotency;
    private final Directory directory;
    private final ServerClock clock;

    TokensApi(
            OwnDoor door,
            Tokens tokens,
            TokenStore store,
            Idempotency idempotency,
            Directory directory,
            ServerClock clock) {
        this.door = door;
        this.tokens = tokens;
        this.store = store;
        this.idempotency = idempotency;
        this.directory = directory;
        this.clock = clock;
    }

    /** A token to be made; it lasts 30 days when nothing is said. */
    record NewToken(
            String name, List<String> scopes, @Nullable Duration expiresIn) {

        private Tokens.Wish wish() {
            return new Tokens.Wish(name, scopes, expiresIn);
        }
    }

    /** A token; the secret only in the answer that makes it. */
    record TokenView(
            String id,
            @Nullable String token,
            String name,
            String principalId,
            @Nullable String principal,
            String makerId,
            List<String> scopes,
            String state,
            Instant madeAt,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt,
            @Nullable String notice) {}

    /** Why a token is revoked. */
    record Revocation(boolean compromised) {}

    @GetMapping("/tokens")
    @Requires(Permission.SIGNED_IN)
    @Operation(
            operationId = "listTokens",
            summary = "Your tokens and those of your accounts; everybody's for administrators")
    Page<TokenView> list(Caller caller, @RequestParam(required = false) @Nullable String principal, Paging paging) {
        @Nullable List<String> visible = tokens.visible(caller).orElse(null);
        @Nullable List<String> wanted = principal == null ? visible : only(caller, principal, visible);
        List<Token> rows = store.list(caller.organizationId(), wanted, paging.after(), paging.rows());
        return Page.of(rows, paging, Token::id).map(token -> view(token, null, null));
    }

    /** This principal alone, as far as the caller sees its tokens. */
    private List<String> only(Caller caller, String principal, @Nullable List<String> visible) {
        String id = directory
                .fresh(caller.organizationId())
                .principal(principal)
                .map(Principal::id)
                .orElseThrow(() -> ProblemException.notFound("principal", principal));
        return visible == null || visible.contains(id) ? List.of(id) : List.of();
    }

    @PostMapping("/tokens")
    @Requires(Permission.TOKENS_OWN)
    @Operation(operationId = "makeToken", summary = "Make a token of your own")
    @AnswersWith(TokenView.class)
    ResponseEntity<Object> make(OwnCall call, IdempotencyKey key, @RequestBody NewToken body) {
        return pass(call.once(key), body, actor -> tokens.makeOwn(call.caller(), actor, body.wish()));
    }

    @PostMapping("/accounts/{id}/tokens")
    @Requires(Permission.TOKENS_OWN)
    @Operation(operationId = "makeAccountToken", summary = "Make a token for an account you answer for")
    @AnswersWith(TokenView.class)
    ResponseEntity<Object> makeForAccount(
            OwnCall call, IdempotencyKey key, @PathVariable String id, @RequestBody NewToken body) {
        return pass(call.once(key), body, actor -> tokens.makeFor(call.caller(), actor, id, body.wish()));
    }

    /** A token that votes or changes rules is as good as one to a cluster. */
    private ResponseEntity<Object> pass(OwnCall call, NewToken body, Function<Actor, Tokens.Made> making) {
        boolean gated = !Collections.disjoint(body.scopes(), Scopes.GATED);
        return door.pass(
                        call,
                        image -> gated ? List.of(OwnDoor.Aim.onOrganization("token.issue", image)) : List.of(),
                        () -> reply(making.apply(Actor.of(call.caller(), call.origin()))))
                .respond();
    }

    private Reply reply(Tokens.Made made) {
        return Reply.onceOnly(
                201, view(made.token(), made.secret(), null), view(made.token(), null, "secret-already-shown"));
    }

    @PostMapping("/tokens/{id}/revocation")
    @Requires(Permission.SIGNED_IN)
    @Operation(
            operationId = "revokeToken",
            summary = "Revoke a token; what a compromised one voted on pending requests is void")
    @AnswersWith(value = TokenView.class, status = 200)
    ResponseEntity<Object> revoke(
            Caller caller, Origin origin, IdempotencyKey key, @PathVariable String id, @RequestBody Revocation body) {
        return idempotency.once(
                caller,
                key,
                () -> Reply.of(
                        200,
                        view(tokens.revoke(caller, Actor.of(caller, origin), id, body.compromised()), null, null)));
    }

    private TokenView view(Token token, @Nullable String secret, @Nullable String notice) {
        return new TokenView(
                token.id(),
                secret,
                token.name(),
                token.principalId(),
                directory
                        .fresh(token.orgId())
                        .principal(token.principalId())
                        .map(principal -> "@" + principal.handle())
                        .orElse(null),
                token.makerId(),
                token.scopes(),
                state(token),
                token.madeAt(),
                token.expiresAt(),
                token.revokedAt(),
                token.lastUsedAt(),
                notice);
    }

    private String state(Token token) {
        if (token.revokedAt() != null) {
            return token.compromised() ? "compromised" : "revoked";
        }
        return token.expiresAt().isAfter(clock.nearly()) ? "active" : "expired";
    }
}
