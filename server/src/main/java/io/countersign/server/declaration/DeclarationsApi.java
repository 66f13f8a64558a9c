package io.countersign.server.declaration;

import io.countersign.server.audit.Actor;
import io.countersign.server.declaration.Declarations.Proposal;
import io.countersign.server.directory.OwnDoor;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Policy as code over HTTP. */
@RestController
@RequestMapping("/api/v1/declarations")
@Tag(
        name = "Policy as code",
        description = "What files declare, compared with what there is, and applied as one change")
class DeclarationsApi {

    /**
     * What is declared.
     *
     * @param documents each as in its file: `countersign: v1` and lists of people, teams, roles, accounts, clusters,
     *     projects, templates and bindings
     * @param prune whether what those lists lack is removed; false unless given
     * @param expected the digest of the difference that was shown; another one is then refused
     */
    record DeclarationForm(
            List<Object> documents,
            @Nullable Boolean prune,
            @Nullable String expected) {

        boolean prunes() {
            return Boolean.TRUE.equals(prune);
        }
    }

    private final Declarations declarations;
    private final OwnDoor door;
    private final JsonMapper json;

    DeclarationsApi(Declarations declarations, OwnDoor door, JsonMapper json) {
        this.declarations = declarations;
        this.door = door;
        this.json = json;
    }

    @GetMapping("/current")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "exportDeclaration", summary = "The whole organization as one document")
    Map<String, Object> current(Caller caller) {
        return declarations.current(caller);
    }

    @PostMapping("/differences")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "compareDeclaration", summary = "What an application would change; nothing is changed")
    DifferenceView difference(Caller caller, @RequestBody DeclarationForm form) {
        return declarations.difference(caller, form.documents(), form.prunes());
    }

    @PostMapping
    @Requires(Permission.DIRECTORY_READ)
    @Operation(
            operationId = "applyDeclaration",
            summary = "Apply a declaration whole or not at all; each change needs the permission it always needs")
    @AnswersWith(value = Declarations.Applied.class, status = 200)
    ResponseEntity<Object> apply(OwnCall call, IdempotencyKey key, @RequestBody DeclarationForm form) {
        Supplier<Proposal> proposal = SingletonSupplier.of(
                () -> declarations.propose(call.caller(), form.documents(), form.prunes(), form.expected()));
        return door.pass(
                        call.once(key).showing(() -> payload(proposal.get().shown())),
                        image -> proposal.get().aims(image),
                        () -> Reply.of(
                                200,
                                declarations.apply(
                                        Actor.of(call.caller(), call.origin()), form.documents(), proposal.get())))
                .respond();
    }

    /** What people approve: the whole difference, without the warnings, which others may have changed meanwhile. */
    private byte[] payload(DifferenceView shown) {
        return json.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(new DifferenceView(
                        shown.digest(),
                        shown.prune(),
                        shown.added(),
                        shown.altered(),
                        shown.removed(),
                        shown.changes(),
                        List.of()));
    }
}
