package io.countersign.server.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.Prospect;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Conditions;
import io.countersign.core.policy.Finding;
import io.countersign.core.policy.Template;
import io.countersign.core.policy.TemplateSpec;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Epochs;
import io.countersign.server.directory.Principal;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a template would mean, before it is saved. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Policies")
class PreviewsApi {

    private static final int MOST_NAMED = 100;

    /** The template to try; {@code at} is any instant, now when left out. */
    record PreviewForm(TemplateForm template, @Nullable Instant at) {}

    /** Somebody who may approve. */
    record Approver(String id, String handle, String name) {}

    /** One day of the calendar: for each hour whether the policy applies. */
    record Day(String weekday, List<Boolean> hours) {}

    /** The week on the wall clock of the policy's zone. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Calendar(
            String timezone, boolean activeNow, @Nullable Instant changesAt, List<Day> days, int hoursPerWeek) {}

    /** Who can approve, with how many it is met, and when in the week it applies. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Preview(
            int eligible,
            List<Approver> approvers,
            @Nullable Integer fewestApprovals,
            Calendar calendar,
            List<Finding> warnings) {}

    private final PolicyChanges changes;
    private final PolicyStore store;
    private final Directory directory;
    private final Epochs epochs;

    PreviewsApi(PolicyChanges changes, PolicyStore store, Directory directory, Epochs epochs) {
        this.changes = changes;
        this.store = store;
        this.directory = directory;
        this.epochs = epochs;
    }

    @PostMapping("/previews")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "previewTemplate", summary = "Who could approve, whether it can be met, when it applies")
    Preview preview(Caller caller, @RequestBody PreviewForm form) {
        String orgId = caller.organizationId();
        DirectoryImage image = directory.at(orgId, epochs.fresh(orgId));
        Instant at = form.at() == null ? store.now() : form.at();
        PolicyChanges.Read read = changes.read(form.template(), image, at);
        TemplateSpec spec = read.spec();
        Binding binding = new Binding("", "", ResourceLevel.ORGANIZATION, null, null, Set.of());
        Outlook outlook =
                Prospect.of(new BoundTemplate(binding, new Template("", 1, spec)).requirement(), image.people(), at);
        return new Preview(
                outlook.eligible().size(),
                outlook.eligible().stream()
                        .sorted()
                        .limit(MOST_NAMED)
                        .flatMap(id -> image.principal(id).stream())
                        .map(PreviewsApi::approver)
                        .toList(),
                outlook.furtherApprovals().isPresent()
                        ? (Integer) outlook.furtherApprovals().getAsInt()
                        : null,
                calendar(spec.conditions(), image.settings().zone(), at),
                read.warnings());
    }

    private static Approver approver(Principal person) {
        return new Approver(person.id(), person.handle(), person.name());
    }

    private static Calendar calendar(Conditions conditions, ZoneId organizationZone, Instant at) {
        List<Day> days = new ArrayList<>();
        int sum = 0;
        for (DayOfWeek day : DayOfWeek.values()) {
            List<Boolean> hours = new ArrayList<>();
            for (int hour = 0; hour < 24; hour++) {
                boolean applies = conditions.matchesHour(day, hour);
                hours.add(applies);
                sum += applies ? 1 : 0;
            }
            days.add(new Day(day.name().toLowerCase(Locale.ROOT), hours));
        }
        return new Calendar(
                conditions.zone(organizationZone).getId(),
                conditions.matchesTime(at, organizationZone),
                conditions.nextChange(at, organizationZone).orElse(null),
                days,
                sum);
    }
}
