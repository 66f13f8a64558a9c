package io.countersign.server.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.Prospect;
import io.countersign.core.declaration.Declaration;
import io.countersign.core.declaration.DeclarationWriter;
import io.countersign.core.declaration.Declared;
import io.countersign.core.policy.Finding;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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

    /**
     * Who can approve, with how many it is met, and when in the week it applies.
     *
     * @param names what people call the ids in it
     * @param template it, as it would be saved: with ids for handles, and what goes without saying said
     * @param declaration it, as a document of policy as code, with handles
     * @param refusals why it cannot be saved though it is well formed: nobody could meet it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Preview(
            int eligible,
            List<Approver> approvers,
            @Nullable Integer fewestApprovals,
            Chances chances,
            PolicyCalendar calendar,
            Map<String, String> names,
            TemplateForm template,
            Map<String, Object> declaration,
            List<Finding> refusals,
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
        PolicyChanges.Unsaved draft = changes.unsaved(form.template(), image, at);
        TemplateSpec spec = draft.read().spec();
        Outlook outlook = Prospect.of(TemplateShowing.requirement(spec), image.people(), at);
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
                new Quorums(image, at).chances(TemplateShowing.requirement(spec)),
                PolicyCalendar.of(spec.conditions(), image.settings().zone(), at),
                TemplateShowing.names(spec, caller.principalId(), image),
                TemplateForm.of(spec),
                declaration(spec, image),
                draft.refusals(),
                draft.read().warnings());
    }

    private static Map<String, Object> declaration(TemplateSpec spec, DirectoryImage image) {
        UnaryOperator<String> handle =
                id -> image.handleOf(id).map(at -> at.substring(1)).orElse(id);
        return DeclarationWriter.write(
                Declaration.whole(List.of(new Declared.Policy(new SpecNames(handle, handle).in(spec)))));
    }

    private static Approver approver(Principal person) {
        return new Approver(person.id(), person.handle(), person.name());
    }
}
