package io.countersign.server.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.PublicAddress;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The OpenID AuthZEN Authorization API 1.0. */
@RestController
@Tag(name = "AuthZEN", description = "The gate behind the OpenID AuthZEN Authorization API 1.0")
class AuthzenApi {

    static final String EVALUATION = "/access/v1/evaluation";
    static final String EVALUATIONS = "/access/v1/evaluations";

    /** Where the endpoints are, AuthZEN section 9. */
    record Metadata(
            @JsonProperty("policy_decision_point") String policyDecisionPoint,
            @JsonProperty("access_evaluation_endpoint") String accessEvaluationEndpoint,
            @JsonProperty("access_evaluations_endpoint") String accessEvaluationsEndpoint) {}

    private final Authzen authzen;
    private final PublicAddress address;

    AuthzenApi(Authzen authzen, PublicAddress address) {
        this.authzen = authzen;
        this.address = address;
    }

    @GetMapping("/.well-known/authzen-configuration")
    @Requires(Permission.PUBLIC)
    @Operation(operationId = "getAuthzenConfiguration", summary = "Where the AuthZEN endpoints are")
    Metadata metadata() {
        return new Metadata(address.url(), address.url() + EVALUATION, address.url() + EVALUATIONS);
    }

    @PostMapping(EVALUATION)
    @Requires(Permission.EVALUATE)
    @Operation(
            operationId = "evaluate",
            summary = "May it be done? With the permission to ask it opens requests and spends grants, with check only"
                    + " it writes nothing")
    Authzen.Evaluation evaluate(Caller caller, Origin origin, @RequestBody JsonNode body) {
        return authzen.evaluate(caller, Actor.of(caller, origin), body);
    }

    @PostMapping(EVALUATIONS)
    @Requires(Permission.EVALUATE)
    @Operation(operationId = "evaluateAll", summary = "May these be done? Up to 10,000, and writes nothing")
    Object evaluateAll(Caller caller, Origin origin, @RequestBody JsonNode body) {
        return authzen.evaluateAll(caller, Actor.of(caller, origin), body);
    }
}
