package io.countersign.server.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.core.action.ActionType;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.gate.TemplateUseStore.Use;
import io.countersign.server.gate.TemplateUseStore.Waiting;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What templates have held lately, and hold now. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Policies")
class TemplateUsesApi {

    private static final int DAYS = 30;
    private static final int MOST_WAITING = 20;

    /** What every template has held in the last days, by the asks that are kept; those that held nothing are left out. */
    record Uses(int days, List<Use> items) {}

    /** A request that a template holds. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Held(
            String number,
            String action,
            String actionTitle,
            String resource,
            String subject,
            Instant openedAt,
            Instant deadline) {}

    /** The newest requests that a template holds now; {@code more} says whether there are others. */
    record HeldNow(List<Held> items, boolean more) {}

    private final TemplateUseStore store;
    private final Directory directory;

    TemplateUsesApi(TemplateUseStore store, Directory directory) {
        this.store = store;
        this.directory = directory;
    }

    @GetMapping("/template-uses")
    @Requires(Permission.POLICY_READ)
    @Operation(
            operationId = "listTemplateUses",
            summary = "How many requests each template has opened in the last 30 days, and when last")
    Uses uses(Caller caller) {
        return new Uses(DAYS, store.uses(caller.organizationId(), Duration.ofDays(DAYS)));
    }

    @GetMapping("/template-uses/{template}/requests")
    @Requires(Permission.REQUESTS_READ)
    @Operation(operationId = "listHeldByTemplate", summary = "The newest requests that wait because of a template")
    HeldNow held(Caller caller, @PathVariable String template) {
        if (!store.knows(caller.organizationId(), template)) {
            throw ProblemException.notFound("template", template);
        }
        DirectoryImage image = directory.fresh(caller.organizationId());
        List<Waiting> waiting = store.waiting(caller.organizationId(), template, MOST_WAITING + 1);
        return new HeldNow(
                waiting.stream()
                        .limit(MOST_WAITING)
                        .map(one -> held(one, image))
                        .toList(),
                waiting.size() > MOST_WAITING);
    }

    private static Held held(Waiting waiting, DirectoryImage image) {
        return new Held(
                waiting.id(),
                waiting.action(),
                image.actions().find(waiting.action()).map(ActionType::title).orElse(waiting.action()),
                waiting.resource(),
                image.nameOf(waiting.subjectId()).orElse(waiting.subjectId()),
                waiting.openedAt(),
                waiting.deadline());
    }
}
