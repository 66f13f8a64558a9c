package io.countersign.server.policy;

import io.countersign.server.audit.Actor;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.OwnDoor;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Cursors;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.OwnCall;
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
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Templates and bindings over HTTP. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Policies", description = "Templates, their versions, and what they are bound to")
class PoliciesApi {

    private final OwnDoor door;
    private final PolicyAims aims;
    private final PolicyChanges changes;
    private final PolicyStore store;
    private final TemplateShowing showing;
    private final Directory directory;

    PoliciesApi(
            OwnDoor door,
            PolicyAims aims,
            PolicyChanges changes,
            PolicyStore store,
            TemplateShowing showing,
            Directory directory) {
        this.door = door;
        this.aims = aims;
        this.changes = changes;
        this.store = store;
        this.showing = showing;
        this.directory = directory;
    }

    @GetMapping("/templates")
    @Requires(Permission.POLICY_READ)
    @Operation(
            operationId = "listTemplates",
            summary = "Templates by name; the archived ones on demand",
            description =
                    "`q` finds those whose name or description holds a text. Each live one says where it is bound,"
                            + " when it applies, and whether and in how many ways it could be met now.")
    Page<TemplateView> templates(
            Caller caller,
            @RequestParam(defaultValue = "false") boolean archived,
            @RequestParam(defaultValue = "") String q,
            Paging paging) {
        String orgId = caller.organizationId();
        return Page.of(
                        store.templates(orgId, archived, q.strip(), paging.after(), paging.rows()),
                        paging,
                        row -> row.form().name() + "\n" + row.id())
                .map(row -> showing.inShort(orgId, row));
    }

    @PostMapping("/templates")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "createTemplate", summary = "Save a new template; refused when it could never be met")
    @AnswersWith(TemplateView.class)
    ResponseEntity<Object> create(OwnCall call, IdempotencyKey key, @RequestBody TemplateForm form) {
        return door.pass(
                        call.once(key),
                        aims::ofTemplate,
                        () -> Reply.of(201, TemplateView.of(changes.create(actor(call), form))))
                .respond();
    }

    @GetMapping("/templates/{template}")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "getTemplate", summary = "A template in its current version")
    ResponseEntity<TemplateView> template(Caller caller, @PathVariable String template) {
        TemplateRow row = find(caller, template);
        return EntityTag.answer(showing.whole(caller.organizationId(), row), row.version());
    }

    @PutMapping("/templates/{template}")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "updateTemplate", summary = "Save a new version; If-Match names the version it changes")
    @AnswersWith(value = TemplateView.class, status = 200)
    ResponseEntity<Object> update(OwnCall call, @PathVariable String template, @RequestBody TemplateForm form) {
        int version = Math.toIntExact(EntityTag.demanded(call.ifMatch()));
        return door.pass(call, aims::ofTemplate, () -> {
                    TemplateRow row = changes.update(
                            actor(call), find(call.caller(), template).id(), version, form);
                    return Reply.edited(TemplateView.of(row), row.version());
                })
                .respond();
    }

    @GetMapping("/templates/{template}/versions")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "listTemplateVersions", summary = "Every version of a template, newest first")
    Page<TemplateView> versions(Caller caller, @PathVariable String template, Paging paging) {
        String id = find(caller, template).id();
        return Page.of(
                        store.versions(caller.organizationId(), id, before(paging), paging.rows()),
                        paging,
                        row -> Integer.toString(row.version()))
                .map(row -> showing.version(caller.organizationId(), row));
    }

    private static int before(Paging paging) {
        try {
            return paging.after().isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(paging.after());
        } catch (NumberFormatException ofAnotherList) {
            throw Cursors.refused();
        }
    }

    @GetMapping("/templates/{template}/versions/{version}")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "getTemplateVersion", summary = "A template as it was in one version")
    TemplateView version(Caller caller, @PathVariable String template, @PathVariable int version) {
        return store.version(caller.organizationId(), find(caller, template).id(), version)
                .map(row -> showing.version(caller.organizationId(), row))
                .orElseThrow(() -> ProblemException.notFound("version", Integer.toString(version)));
    }

    @PostMapping("/templates/{template}/archival")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "archiveTemplate", summary = "End a template and its bindings; open requests keep it")
    @AnswersWith(value = TemplateView.class, status = 200)
    ResponseEntity<Object> archive(OwnCall call, @Nullable IdempotencyKey key, @PathVariable String template) {
        String id = find(call.caller(), template).id();
        return door.pass(
                        call.once(key),
                        image -> aims.ofArchival(image, id),
                        () -> Reply.of(200, TemplateView.of(changes.archive(actor(call), id))))
                .respond();
    }

    @GetMapping("/bindings")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "listBindings", summary = "What is bound to what")
    Page<BindingView> bindings(
            Caller caller, @RequestParam(required = false) @Nullable String template, Paging paging) {
        DirectoryImage image = directory.fresh(caller.organizationId());
        @Nullable
        String templateId = template == null ? null : find(caller, template).id();
        return Page.of(
                        store.bindings(caller.organizationId(), templateId, paging.after(), paging.rows()),
                        paging,
                        row -> row.binding().id())
                .map(row -> BindingView.of(row, image, null));
    }

    @PostMapping("/bindings")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "createBinding", summary = "Bind a template to a part of the organization")
    @AnswersWith(BindingView.class)
    ResponseEntity<Object> bind(OwnCall call, IdempotencyKey key, @RequestBody PolicyChanges.BindingForm form) {
        return door.pass(call.once(key), image -> aims.ofBinding(image, form), () -> {
                    PolicyChanges.Bound bound = changes.bind(actor(call), form);
                    return Reply.of(
                            201,
                            BindingView.of(
                                    bound.row(), directory.at(call.caller().organizationId(), 0), bound.warnings()));
                })
                .respond();
    }

    @DeleteMapping("/bindings/{binding}")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "deleteBinding", summary = "Take a binding away; open requests keep what it demanded")
    ResponseEntity<Object> unbind(OwnCall call, @PathVariable String binding) {
        return door.pass(call, image -> aims.ofUnbinding(image, binding), () -> {
                    changes.unbind(actor(call), binding);
                    return Reply.nothing();
                })
                .respond();
    }

    private static Actor actor(OwnCall call) {
        return Actor.of(call.caller(), call.origin());
    }

    private TemplateRow find(Caller caller, String name) {
        return store.template(caller.organizationId(), name)
                .or(() -> store.liveIdOfName(caller.organizationId(), name)
                        .flatMap(id -> store.template(caller.organizationId(), id)))
                .orElseThrow(() -> ProblemException.notFound("template", name));
    }
}
