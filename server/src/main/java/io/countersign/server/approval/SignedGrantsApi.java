package io.countersign.server.approval;

import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Grants over HTTP, as documents that can be checked without Countersign. */
@RestController
@Tag(name = "Approvals")
class SignedGrantsApi {

    private static final String JOSE = "application/jose";

    private final SignedGrants grants;

    SignedGrantsApi(SignedGrants grants) {
        this.grants = grants;
    }

    @GetMapping(path = "/api/v1/grants/{grant}/document", produces = JOSE)
    @Requires(Permission.REQUESTS_READ)
    @Operation(
            operationId = "getGrantDocument",
            summary =
                    "A grant as a document signed with Ed25519 (compact JWS): it proves the approval and spends nothing")
    ResponseEntity<String> document(Caller caller, Origin origin, @PathVariable String grant) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(JOSE))
                .cacheControl(CacheControl.noStore())
                .body(grants.read(Actor.of(caller, origin), grant));
    }
}
