package io.countersign.server.policy;

import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.countersign.server.policy.PolicyStore.TemplateRow;
import io.countersign.server.policy.PolicyViews.BindingView;
import io.countersign.server.policy.PolicyViews.TemplateView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Templates and bindings over HTTP. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Policies", description = "Templates, their versions, and what they are bound to")
class PoliciesApi {

    private final PolicyChanges changes;
    private final PolicyStore store;
    private final Idempotency idempotency;

    PoliciesApi(PolicyChanges changes, PolicyStore store, Idempotency idempotency) {
        this.changes = changes;
        this.store = store;
        this.idempotency = idempotency;
    }

    @GetMapping("/templates")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "listTemplates", summary = "Templates by name; the archived ones on demand")
    Page<TemplateView> templates(Caller caller, @RequestParam(defaultValue = "false") boolean archived, Paging paging) {
        return Page.of(
                        store.templates(caller.organizationId(), archived, paging.after(), paging.rows()),
                        paging,
                        row -> row.form().name() + "\n" + row.id())
                .map(TemplateView::of);
    }

    @PostMapping("/templates")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "createTemplate", summary = "Save a new template; refused when it could never be met")
    ResponseEntity<Object> create(Caller caller, Origin origin, IdempotencyKey key, @RequestBody TemplateForm form) {
        return idempotency.once(
                caller, key, () -> Reply.of(201, TemplateView.of(changes.create(Actor.of(caller, origin), form))));
    }

    @GetMapping("/templates/{template}")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "getTemplate", summary = "A template in its current version")
    ResponseEntity<TemplateView> template(Caller caller, @PathVariable String template) {
        TemplateRow row = find(caller, template);
        return EntityTag.answer(TemplateView.of(row), row.version());
    }

    @PutMapping("/templates/{template}")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "updateTemplate", summary = "Save a new version; If-Match names the version it changes")
    ResponseEntity<TemplateView> update(
            Caller caller,
            Origin origin,
            @PathVariable String template,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody TemplateForm form) {
        TemplateRow row = changes.update(
                Actor.of(caller, origin),
                find(caller, template).id(),
                Math.toIntExact(EntityTag.demanded(ifMatch)),
                form);
        return EntityTag.answer(TemplateView.of(row), row.version());
    }

    @GetMapping("/templates/{template}/versions")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "listTemplateVersions", summary = "Every version of a template, newest first")
    List<TemplateView> versions(Caller caller, @PathVariable String template) {
        return store.versions(caller.organizationId(), find(caller, template).id()).stream()
                .map(TemplateView::of)
                .toList();
    }

    @GetMapping("/templates/{template}/versions/{version}")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "getTemplateVersion", summary = "A template as it was in one version")
    TemplateView version(Caller caller, @PathVariable String template, @PathVariable int version) {
        return store.versions(caller.organizationId(), find(caller, template).id()).stream()
                .filter(row -> row.version() == version)
                .findFirst()
                .map(TemplateView::of)
                .orElseThrow(() -> ProblemException.notFound("version", Integer.toString(version)));
    }

    @PostMapping("/templates/{template}/archival")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "archiveTemplate", summary = "End a template and its bindings; open requests keep it")
    TemplateView archive(Caller caller, Origin origin, @PathVariable String template) {
        return TemplateView.of(
                changes.archive(Actor.of(caller, origin), find(caller, template).id()));
    }

    @GetMapping("/bindings")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "listBindings", summary = "What is bound to what")
    Page<BindingView> bindings(
            Caller caller, @RequestParam(required = false) @Nullable String template, Paging paging) {
        @Nullable
        String templateId = template == null ? null : find(caller, template).id();
        return Page.of(
                        store.bindings(caller.organizationId(), templateId, paging.after(), paging.rows()),
                        paging,
                        row -> row.binding().id())
                .map(row -> BindingView.of(row, null));
    }

    @PostMapping("/bindings")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "createBinding", summary = "Bind a template to a part of the organization")
    ResponseEntity<Object> bind(
            Caller caller, Origin origin, IdempotencyKey key, @RequestBody PolicyChanges.BindingForm form) {
        return idempotency.once(caller, key, () -> {
            PolicyChanges.Bound bound = changes.bind(Actor.of(caller, origin), form);
            return Reply.of(201, BindingView.of(bound.row(), bound.warnings()));
        });
    }

    @DeleteMapping("/bindings/{binding}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "deleteBinding", summary = "Take a binding away; open requests keep what it demanded")
    void unbind(Caller caller, Origin origin, @PathVariable String binding) {
        changes.unbind(Actor.of(caller, origin), binding);
    }

    private TemplateRow find(Caller caller, String name) {
        return store.template(caller.organizationId(), name)
                .or(() -> store.liveIdOfName(caller.organizationId(), name)
                        .flatMap(id -> store.template(caller.organizationId(), id)))
                .orElseThrow(() -> ProblemException.notFound("template", name));
    }
}
