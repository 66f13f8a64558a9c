package io.countersign.server.gate;

import io.countersign.server.audit.Actor;
import io.countersign.server.directory.ActionView;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.Epochs;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Requires;
import io.countersign.server.platform.ServerClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The doors over HTTP. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Gate", description = "Check, ask, redeem, and report the outcome")
class GateApi {

    private static final String OUTCOME_BELOW = "/executions/{executionId}/outcome";

    static final String OUTCOME = "/api/v1" + OUTCOME_BELOW;

    /** The action types an organization knows. */
    record ActionList(List<ActionView> items) {}

    private final Doors doors;
    private final Redemptions redemptions;
    private final Outcomes outcomes;
    private final ServerClock clock;
    private final Directory directory;
    private final Epochs epochs;

    GateApi(
            Doors doors,
            Redemptions redemptions,
            Outcomes outcomes,
            ServerClock clock,
            Directory directory,
            Epochs epochs) {
        this.doors = doors;
        this.redemptions = redemptions;
        this.outcomes = outcomes;
        this.clock = clock;
        this.directory = directory;
        this.epochs = epochs;
    }

    @GetMapping("/actions")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listActions", summary = "The protected actions, with their risk and level")
    ActionList actions(Caller caller) {
        String orgId = caller.organizationId();
        return new ActionList(directory.at(orgId, epochs.fresh(orgId)).actions().all().stream()
                .map(ActionView::of)
                .toList());
    }

    @PostMapping("/checks")
    @Requires(Permission.CHECK)
    @Operation(operationId = "check", summary = "Would it be permitted? Writes nothing, answers from memory")
    GateAnswer check(Caller caller, @RequestBody AskForm form) {
        return doors.check(caller, form, clock.nearly());
    }

    @PostMapping("/asks")
    @Requires(Permission.ASK)
    @Operation(operationId = "ask", summary = "I want to do this; opens a request where approval is demanded")
    @ApiResponse(responseCode = "201", description = "A request was opened", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "200", description = "Nothing new was opened", useReturnTypeSchema = true)
    ResponseEntity<GateAnswer> ask(
            Caller caller, Origin origin, @Nullable IdempotencyKey key, @RequestBody AskForm form) {
        Doors.Asked asked = doors.ask(caller, Actor.of(caller, origin), form, key);
        return ResponseEntity.status(asked.opened() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(asked.answer());
    }

    @PostMapping("/redemptions")
    @Requires(Permission.REDEEM)
    @Operation(operationId = "redeem", summary = "I am about to do exactly this; spends the grant")
    GateAnswer redeem(Caller caller, Origin origin, @RequestBody RedeemForm form) {
        return redemptions.redeem(caller, Actor.of(caller, origin), form);
    }

    @PostMapping(OUTCOME_BELOW)
    @Requires(Permission.REDEEM)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "reportOutcome", summary = "How the execution ended; the first report stands")
    void outcome(Caller caller, Origin origin, @PathVariable String executionId, @RequestBody OutcomeForm form) {
        outcomes.report(caller, Actor.of(caller, origin), executionId, form);
    }
}
