package io.countersign.server.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.server.approval.RequestViews.Who;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why somebody can or cannot approve a request, over HTTP. */
@RestController
@Tag(name = "Approvals")
class StandingsApi {

    /** One step of a way: into which team or role, by whose hand, and when. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(String into, @Nullable Who by, @Nullable Instant at) {}

    /**
     * One way by which somebody is among the approvers.
     *
     * @param kind {@code name}, {@code team} or {@code role}
     * @param label what the rule names
     * @param steps how he got there: into a team himself, from it into those above it; none where he is named
     */
    record Path(String kind, String label, List<Step> steps) {}

    /** How somebody stands to one requirement, by which rule, and by which ways he is among its approvers. */
    record RequirementStanding(
            String id, String requirement, boolean eligible, String why, String sentence, List<Path> paths) {}

    /** How somebody stands to a request. */
    record PersonStanding(Who person, boolean canApprove, String sentence, List<RequirementStanding> requirements) {}

    private final Standings standings;

    StandingsApi(Standings standings) {
        this.standings = standings;
    }

    @GetMapping("/api/v1/requests/{request}/standing")
    @Requires(Permission.REQUESTS_READ)
    @Operation(
            operationId = "readStanding",
            summary = "Why a person, by id or @handle, or you can or cannot approve a request")
    PersonStanding of(
            Caller caller, @PathVariable String request, @RequestParam(required = false) @Nullable String person) {
        return standings.of(caller, request, person == null ? caller.principalId() : person);
    }
}
