package io.countersign.server.signing;

import io.countersign.core.action.ResourceLevel;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.OwnDoor;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tokens for clusters: {@code token.issue}, gated like everything else that is protected. */
@RestController
@RequestMapping("/api/v1/clusters/{cluster}/tokens")
@Tag(name = "Signing")
class ClusterTokensApi {

    private final OwnDoor door;
    private final ClusterTokens tokens;

    ClusterTokensApi(OwnDoor door, ClusterTokens tokens) {
        this.door = door;
        this.tokens = tokens;
    }

    /**
     * A token to be made.
     *
     * @param expiresIn from a minute to an hour; 15 minutes when nothing is said
     * @param groups the teams it is to name; all that the caller is in when nothing is said
     */
    record ClusterTokenForm(
            @Nullable Duration expiresIn,
            @Nullable List<String> groups,
            @Nullable String reason) {}

    /** A token for a cluster; the secret only in the answer that makes it. */
    record ClusterTokenView(
            String id,
            @Nullable String token,
            String issuer,
            String audience,
            List<String> groups,
            Instant expiresAt,
            @Nullable String notice) {}

    @PostMapping
    @Requires(Permission.CLUSTER_TOKENS)
    @Operation(
            operationId = "issueClusterToken",
            summary = "Issue a short-lived token that a cluster takes by its OpenID Connect setting")
    @AnswersWith(ClusterTokenView.class)
    ResponseEntity<Object> issue(
            OwnCall call, IdempotencyKey key, @PathVariable String cluster, @RequestBody ClusterTokenForm form) {
        return door.pass(
                        call.once(key).because(form.reason()),
                        image -> List.of(new OwnDoor.Aim(
                                "token.issue",
                                ResourceLevel.CLUSTER,
                                image.resourceId(ResourceLevel.CLUSTER, cluster)
                                        .orElseThrow(() -> ProblemException.notFound("cluster", cluster)))),
                        () -> reply(tokens.issue(
                                Actor.of(call.caller(), call.origin()), cluster, form.expiresIn(), form.groups())))
                .respond();
    }

    private static Reply reply(ClusterTokens.Issued made) {
        return Reply.onceOnly(201, view(made, made.token(), null), view(made, null, "secret-already-shown"));
    }

    private static ClusterTokenView view(ClusterTokens.Issued made, @Nullable String token, @Nullable String notice) {
        return new ClusterTokenView(
                made.id(), token, made.issuer(), made.audience(), made.groups(), made.expiresAt(), notice);
    }
}
