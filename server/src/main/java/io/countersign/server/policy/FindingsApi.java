package io.countersign.server.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.countersign.server.policy.FoundWeakness.Thing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is weak about an organization's rules and people, over HTTP. */
@RestController
@Tag(name = "Policies")
class FindingsApi {

    /**
     * One finding.
     *
     * @param severity high, medium or low
     * @param because a second thing it hangs on, such as the one person nobody could stand in for
     * @param remedy what to do about it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FindingView(
            String code,
            String severity,
            Thing thing,
            @Nullable Thing because,
            String sentence,
            String remedy) {

        static FindingView of(FoundWeakness found) {
            return new FindingView(
                    found.code().word(),
                    found.code().severity().word(),
                    found.thing(),
                    found.because(),
                    found.sentence(),
                    found.code().remedy());
        }
    }

    private final Findings findings;

    FindingsApi(Findings findings) {
        this.findings = findings;
    }

    @GetMapping("/api/v1/findings")
    @Requires(Permission.POLICY_READ)
    @Operation(
            operationId = "listFindings",
            summary = "What is weak: production without a policy, people nobody can stand in for, and the like",
            description = "Those that matter most first, always in the same order; `code` asks for one kind.")
    Page<FindingView> list(Caller caller, @RequestParam(required = false) @Nullable String code, Paging paging) {
        @Nullable FindingCode wanted = code == null ? null : code(code);
        List<FoundWeakness> rows = findings.of(caller.organizationId()).stream()
                .filter(found -> wanted == null || found.code() == wanted)
                .filter(found -> found.place().compareTo(paging.after()) > 0)
                .limit(paging.rows())
                .toList();
        return Page.of(rows, paging, FoundWeakness::place).map(FindingView::of);
    }

    private static FindingCode code(String word) {
        return FindingCode.of(word)
                .orElseThrow(() -> ProblemException.badField(
                        "wrong-value",
                        "code",
                        "`" + word + "` is none of "
                                + Arrays.stream(FindingCode.values())
                                        .map(FindingCode::word)
                                        .collect(Collectors.joining(", "))));
    }
}
