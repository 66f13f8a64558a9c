package io.countersign.server.directory;

import io.countersign.server.audit.Actor;
import io.countersign.server.directory.PersonStore.PersonRow;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.PublicAddress;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The people of the organization; nobody sets another's password, links do. */
@RestController
@RequestMapping("/api/v1/people")
@Tag(name = "Directory")
final class PeopleApi {

    private final OwnDoor door;
    private final PeopleChanges changes;
    private final PersonStore people;
    private final HandleStore handles;
    private final Links links;
    private final Idempotency idempotency;
    private final PublicAddress address;

    PeopleApi(
            OwnDoor door,
            PeopleChanges changes,
            PersonStore people,
            HandleStore handles,
            Links links,
            Idempotency idempotency,
            PublicAddress address) {
        this.door = door;
        this.changes = changes;
        this.people = people;
        this.handles = handles;
        this.links = links;
        this.idempotency = idempotency;
        this.address = address;
    }

    /**
     * A person.
     *
     * @param credential {@code none} before the enrolment, {@code unconfirmed} or {@code confirmed} after
     * @param credentialMaker who made the link the password came from
     */
    record PersonView(
            String id,
            String handle,
            String name,
            @Nullable String email,
            boolean active,
            List<String> roles,
            List<String> teams,
            String credential,
            @Nullable String credentialMaker,
            String createdBy,
            Instant createdAt,
            long version) {}

    /** Which link is to be made: {@code enrolment} or {@code reset}. */
    record NewLink(
            @Schema(allowableValues = {"enrolment", "reset"})
            String kind) {}

    /** A link; its secret only in the answer that makes it. */
    record LinkView(
            String id,
            String kind,
            @Nullable String link,
            @Nullable String url,
            Instant expiresAt,
            @Nullable String notice) {

        static LinkView shown(String id, String kind, Instant expiresAt) {
            return new LinkView(id, kind, null, null, expiresAt, "secret-already-shown");
        }
    }

    @GetMapping
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "listPeople", summary = "People by handle; `q` searches handles and names")
    Page<PersonView> list(Caller caller, Paging paging, @RequestParam(required = false) @Nullable String q) {
        @Nullable String text = q == null ? null : q.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1");
        return Page.of(
                        people.list(caller.organizationId(), text, paging.after(), paging.rows()),
                        paging,
                        PersonRow::handle)
                .map(PeopleApi::view);
    }

    @GetMapping("/{id}")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "readPerson", summary = "A person by id or @handle")
    ResponseEntity<PersonView> read(Caller caller, @PathVariable String id) {
        PersonRow person = people.find(caller.organizationId(), personId(caller, id))
                .orElseThrow(() -> ProblemException.notFound("person", id));
        return EntityTag.answer(view(person), person.version());
    }

    @PostMapping
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "addPerson", summary = "Add a person, with roles and teams")
    @AnswersWith(PersonView.class)
    ResponseEntity<Object> add(OwnCall call, IdempotencyKey key, @RequestBody PeopleChanges.NewPerson body) {
        return door.pass(
                        call.once(key),
                        image -> body.roles().isEmpty() ? List.of() : RolesApi.aims(image),
                        () -> Reply.of(201, view(changes.add(Actor.of(call.caller(), call.origin()), body))))
                .respond();
    }

    @PatchMapping("/{id}")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "editPerson", summary = "Edit, deactivate or activate a person")
    ResponseEntity<PersonView> edit(
            Caller caller,
            Origin origin,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody PeopleChanges.PersonEdit body) {
        PersonRow person =
                changes.edit(Actor.of(caller, origin), personId(caller, id), EntityTag.demanded(ifMatch), body);
        return EntityTag.answer(view(person), person.version());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "removePerson", summary = "Remove a person for good; the log keeps what he did")
    void remove(
            Caller caller,
            Origin origin,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        changes.delete(Actor.of(caller, origin), personId(caller, id), EntityTag.offered(ifMatch));
    }

    @PostMapping("/{id}/enrolment-links")
    @Requires(Permission.DIRECTORY_WRITE)
    @Operation(operationId = "makeLink", summary = "Make the one-time link by which a person sets a password")
    @AnswersWith(LinkView.class)
    ResponseEntity<Object> makeLink(
            Caller caller, Origin origin, IdempotencyKey key, @PathVariable String id, @RequestBody NewLink body) {
        if (caller.credential().kind() != CredentialKind.BOOTSTRAP) {
            // A link opens a session, which is wider than any token.
            SessionsApi.demandSession(caller);
        }
        Fields fields = new Fields();
        fields.oneOf("kind", body.kind(), Set.of(LinkStore.ENROLMENT, LinkStore.RESET));
        fields.check();
        String personId = personId(caller, id);
        return idempotency.once(caller, key, () -> {
            Links.Made made = links.make(Actor.of(caller, origin), personId, body.kind());
            return Reply.onceOnly(
                    201,
                    linkView(made, body.kind(), address),
                    LinkView.shown(made.id(), body.kind(), made.expiresAt()));
        });
    }

    static LinkView linkView(Links.Made made, String kind, PublicAddress address) {
        return new LinkView(made.id(), kind, made.secret(), url(address, made.secret()), made.expiresAt(), null);
    }

    /** The secret stands behind the hash sign, so that no server ever logs it. */
    static String url(PublicAddress address, String secret) {
        return address.url() + "/enrol#" + secret;
    }

    @PostMapping("/{id}/credential-confirmation")
    @Requires(Permission.CREDENTIALS_CONFIRM)
    @Operation(
            operationId = "confirmCredential",
            summary = "Confirm that the right person uses a credential that came by a link")
    @AnswersWith(value = PersonView.class, status = 200)
    ResponseEntity<Object> confirm(Caller caller, Origin origin, IdempotencyKey key, @PathVariable String id) {
        String personId = personId(caller, id);
        return idempotency.once(
                caller, key, () -> Reply.of(200, view(changes.confirm(Actor.of(caller, origin), personId))));
    }

    private String personId(Caller caller, String idOrAtHandle) {
        return handles.find(caller.organizationId(), HandleStore.PERSON, idOrAtHandle)
                .orElseThrow(() -> ProblemException.notFound("person", idOrAtHandle));
    }

    static PersonView view(PersonRow row) {
        String credential;
        if (row.credentialMaker() == null) {
            credential = "none";
        } else {
            credential = row.credentialConfirmedAt() == null ? "unconfirmed" : "confirmed";
        }
        return new PersonView(
                row.id(),
                row.handle(),
                row.name(),
                row.email(),
                row.active(),
                row.roles(),
                row.teams(),
                credential,
                row.credentialMaker(),
                row.createdBy(),
                row.createdAt(),
                row.version());
    }
}
