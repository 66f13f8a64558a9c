package io.countersign.server.directory;

import io.countersign.server.audit.Actor;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.PublicAddress;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.countersign.server.platform.ServerClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller's organization and its settings, and the making of further organizations. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Directory")
final class OrganizationApi {

    private final Organizations organizations;
    private final OrganizationChanges changes;
    private final OrganizationStore store;
    private final DirectoryStore directory;
    private final PeopleChanges people;
    private final Links links;
    private final Idempotency idempotency;
    private final OwnDoor door;
    private final PublicAddress address;
    private final ServerClock clock;

    OrganizationApi(
            Organizations organizations,
            OrganizationChanges changes,
            OrganizationStore store,
            DirectoryStore directory,
            PeopleChanges people,
            Links links,
            Idempotency idempotency,
            OwnDoor door,
            PublicAddress address,
            ServerClock clock) {
        this.organizations = organizations;
        this.changes = changes;
        this.store = store;
        this.directory = directory;
        this.people = people;
        this.links = links;
        this.idempotency = idempotency;
        this.door = door;
        this.address = address;
        this.clock = clock;
    }

    /** The organization with its settings; durations are ISO 8601. */
    record OrganizationView(
            String id,
            String handle,
            String name,
            String zone,
            Duration staleAfter,
            Duration denialMemory,
            Duration ownChangeWindow,
            String voteReasonRequired,
            int asksPerMinute,
            long payloadLimit,
            Duration outcomeAfter,
            Duration breakGlassMinimum,
            Duration breakGlassMaximum,
            Duration breakGlassClosureAfter,
            Duration breakGlassReviewAfter,
            String breakGlassBlocksNext,
            Instant createdAt,
            SetUpView setUp,
            long version) {}

    /** An organization to be made, with its first administrator. */
    record NewOrganization(String handle, String name, FirstAdmin admin) {}

    /** Its first administrator. */
    record FirstAdmin(String handle, String name, @Nullable String email) {}

    /** A new organization, and the link for its first administrator, which is shown this once. */
    record NewOrganizationView(String id, String handle, String name, String adminId, PeopleApi.LinkView adminLink) {}

    @GetMapping("/organization")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(operationId = "readOrganization", summary = "Your organization and its settings")
    ResponseEntity<OrganizationView> read(Caller caller) {
        OrganizationView view = view(caller.organizationId());
        return EntityTag.answer(view, view.version());
    }

    @PatchMapping("/organization")
    @Requires(Permission.ORGANIZATION_WRITE)
    @Operation(
            operationId = "editOrganization",
            summary = "Edit the settings of your organization, or end its set-up with `setUp: ended`")
    @AnswersWith(value = OrganizationView.class, status = 200)
    ResponseEntity<Object> edit(OwnCall call, @RequestBody OrganizationChanges.SettingsEdit body) {
        Actor actor = Actor.of(call.caller(), call.origin());
        long version = EntityTag.demanded(call.ifMatch());
        return door.pass(call, image -> aims(image, body), () -> {
                    changes.edit(actor, version, body);
                    OrganizationView view = view(actor.organizationId());
                    return Reply.edited(view, view.version());
                })
                .respond();
    }

    /** By which clock and how strictly rules are judged is part of the rules. */
    private static List<OwnDoor.Aim> aims(DirectoryImage image, OrganizationChanges.SettingsEdit edit) {
        return OrganizationChanges.changesRules(image.settings(), edit)
                ? List.of(OwnDoor.Aim.onOrganization("policy.change", image))
                : List.of();
    }

    @PostMapping("/organizations")
    @Requires(Permission.ORGANIZATIONS_CREATE)
    @Operation(operationId = "makeOrganization", summary = "Make another organization on this server")
    @AnswersWith(NewOrganizationView.class)
    ResponseEntity<Object> make(Caller caller, Origin origin, IdempotencyKey key, @RequestBody NewOrganization body) {
        Fields fields = new Fields();
        String handle = fields.handle("handle", body.handle());
        String name = fields.name("name", body.name());
        fields.handle("admin.handle", body.admin().handle());
        fields.name("admin.name", body.admin().name());
        fields.email("admin.email", body.admin().email());
        fields.check();
        return idempotency.once(caller, key, () -> {
            Actor actor = organizations.createFor(Actor.of(caller, origin), handle, name);
            PersonStore.PersonRow admin = people.add(
                    actor,
                    new PeopleChanges.NewPerson(
                            body.admin().handle(),
                            body.admin().name(),
                            body.admin().email(),
                            List.of(Rights.ADMIN),
                            List.of()));
            Links.Made link = links.make(actor, admin.id(), LinkStore.ENROLMENT);
            String orgId = actor.organizationId();
            return Reply.onceOnly(
                    201,
                    new NewOrganizationView(
                            orgId, handle, name, admin.id(), PeopleApi.linkView(link, LinkStore.ENROLMENT, address)),
                    new NewOrganizationView(
                            orgId,
                            handle,
                            name,
                            admin.id(),
                            PeopleApi.LinkView.shown(link.id(), LinkStore.ENROLMENT, link.expiresAt())));
        });
    }

    private OrganizationView view(String orgId) {
        Settings settings = directory.settings(orgId);
        SetUp setUp = directory.setUp(orgId);
        return new OrganizationView(
                orgId,
                settings.handle(),
                settings.name(),
                settings.zone().getId(),
                settings.staleAfter(),
                settings.denialMemory(),
                settings.ownChangeWindow(),
                JsonWords.of(settings.voteReasonRequired()),
                settings.asksPerMinute(),
                settings.payloadLimit(),
                settings.outcomeAfter(),
                settings.breakglass().least(),
                settings.breakglass().most(),
                settings.breakglass().closureAfter(),
                settings.breakglass().reviewAfter(),
                JsonWords.of(settings.breakglass().blocksNext()),
                setUp.createdAt(),
                SetUpView.of(setUp, clock.now()),
                store.version(orgId));
    }
}
