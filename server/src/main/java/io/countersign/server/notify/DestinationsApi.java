package io.countersign.server.notify;

import io.countersign.server.audit.Actor;
import io.countersign.server.notify.Destinations.Made;
import io.countersign.server.platform.AnswersWith;
import io.countersign.server.platform.Authenticator;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Idempotency;
import io.countersign.server.platform.IdempotencyKey;
import io.countersign.server.platform.NeverHeld;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where the organization's emergencies are told besides its security managers. No break-glass session reaches it. */
@RestController
@NeverHeld
@RequestMapping("/api/v1")
@Tag(name = "Notifications", description = "Who is told of emergencies, and whether it arrived")
class DestinationsApi {

    private final Destinations destinations;
    private final Audience audience;
    private final Idempotency idempotency;
    private final Authenticator authenticator;

    DestinationsApi(
            Destinations destinations, Audience audience, Idempotency idempotency, Authenticator authenticator) {
        this.destinations = destinations;
        this.audience = audience;
        this.idempotency = idempotency;
        this.authenticator = authenticator;
    }

    /**
     * A destination to be added.
     *
     * @param means {@code email} or {@code webhook}
     * @param address an e-mail address, or the URL of a webhook
     */
    record NewDestination(String means, String name, String address) {}

    /** What is to change; what is absent stays. */
    record DestinationEdit(@Nullable String name, @Nullable String address) {}

    /**
     * A destination.
     *
     * @param secret of a webhook, in the one answer that made it
     * @param notice {@code secret-already-shown} where that answer is repeated
     */
    record DestinationView(
            String id,
            String means,
            String name,
            String address,
            String state,
            @Nullable Instant disabledAt,
            @Nullable String disabledWhy,
            @Nullable Instant earlierSecretUntil,
            String madeBy,
            Instant madeAt,
            @Nullable String secret,
            @Nullable String notice,
            long version) {}

    /** Every destination there is, at most twenty. */
    record DestinationList(List<DestinationView> items) {}

    /** A security manager, and whether mail reaches him. */
    record ManagerView(String personId, String handle, String name, boolean reached) {}

    /**
     * Who hears of emergencies.
     *
     * @param mailGiven whether the operator has named an SMTP server
     * @param reached whether anybody is told at all
     * @param lack why nobody is, one sentence, or none
     */
    record AudienceView(
            boolean mailGiven,
            boolean reached,
            @Nullable String lack,
            List<ManagerView> securityManagers,
            List<DestinationView> destinations) {}

    /** How a test ended. */
    record TestView(boolean delivered, String result) {}

    @GetMapping("/notification-audience")
    @Requires(Permission.AUDIT_READ)
    @Operation(operationId = "readNotificationAudience", summary = "Who is told of emergencies, and whether it works")
    AudienceView audience(Caller caller) {
        Audience.Reach reach = audience.reach(caller.organizationId());
        return new AudienceView(
                reach.mailGiven(),
                reach.lack() == null,
                reach.lack(),
                reach.managers().stream()
                        .map(manager -> new ManagerView(
                                manager.contact().personId(),
                                "@" + manager.contact().handle(),
                                manager.contact().name(),
                                manager.reached()))
                        .toList(),
                list(caller).items());
    }

    @GetMapping("/notification-destinations")
    @Requires(Permission.AUDIT_READ)
    @Operation(operationId = "listNotificationDestinations", summary = "Where emergencies are told")
    DestinationList list(Caller caller) {
        return new DestinationList(destinations.all(caller.organizationId()).stream()
                .map(destination -> seen(caller, destination))
                .toList());
    }

    @GetMapping("/notification-destinations/{destination}")
    @Requires(Permission.AUDIT_READ)
    @Operation(operationId = "readNotificationDestination", summary = "One place where emergencies are told")
    ResponseEntity<DestinationView> read(Caller caller, @PathVariable String destination) {
        Destination found = destinations.find(caller.organizationId(), destination);
        return EntityTag.answer(seen(caller, found), found.version());
    }

    @PostMapping("/notification-destinations")
    @Requires(Permission.NOTIFICATIONS_WRITE)
    @Operation(
            operationId = "addNotificationDestination",
            summary = "Tell emergencies to an address or a webhook too; a webhook's secret is in this answer only")
    @AnswersWith(DestinationView.class)
    ResponseEntity<Object> add(OwnCall call, IdempotencyKey key, @RequestBody NewDestination body) {
        Actor actor = actor(call);
        if (!body.means().equals(Delivery.EMAIL) && !body.means().equals(Delivery.WEBHOOK)) {
            throw ProblemException.badField(
                    "unknown-word", "means", "`" + body.means() + "` is neither email nor webhook");
        }
        return idempotency.once(
                call.caller(),
                key,
                () -> once(201, destinations.add(actor, body.means(), body.name(), body.address())));
    }

    @PatchMapping("/notification-destinations/{destination}")
    @Requires(Permission.NOTIFICATIONS_WRITE)
    @Operation(operationId = "editNotificationDestination", summary = "Change the name or the address of a destination")
    ResponseEntity<DestinationView> edit(
            OwnCall call,
            @PathVariable String destination,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody DestinationEdit body) {
        Destination edited =
                destinations.edit(actor(call), destination, EntityTag.demanded(ifMatch), body.name(), body.address());
        return EntityTag.answer(view(edited, null, null), edited.version());
    }

    @DeleteMapping("/notification-destinations/{destination}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.NOTIFICATIONS_WRITE)
    @Operation(
            operationId = "removeNotificationDestination",
            summary = "Tell a destination nothing more; the rest of the audience is told that")
    void remove(
            OwnCall call,
            @PathVariable String destination,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        destinations.remove(actor(call), destination, EntityTag.offered(ifMatch));
    }

    @PostMapping("/notification-destinations/{destination}/secret-rotation")
    @Requires(Permission.NOTIFICATIONS_WRITE)
    @Operation(
            operationId = "rotateNotificationSecret",
            summary = "Draw a new secret for a webhook; the earlier one signs beside it for 24 hours")
    @AnswersWith(value = DestinationView.class, status = 200)
    ResponseEntity<Object> rotate(OwnCall call, IdempotencyKey key, @PathVariable String destination) {
        Actor actor = actor(call);
        return idempotency.once(call.caller(), key, () -> once(200, destinations.rotate(actor, destination)));
    }

    @PostMapping("/notification-destinations/{destination}/activation")
    @Requires(Permission.NOTIFICATIONS_WRITE)
    @Operation(
            operationId = "enableNotificationDestination",
            summary = "Tell a destination again that was disabled because it failed")
    @AnswersWith(value = DestinationView.class, status = 200)
    ResponseEntity<Object> enable(OwnCall call, IdempotencyKey key, @PathVariable String destination) {
        Actor actor = actor(call);
        return idempotency.once(
                call.caller(), key, () -> Reply.of(200, view(destinations.enable(actor, destination), null, null)));
    }

    @PostMapping("/notification-destinations/{destination}/tests")
    @Requires(Permission.NOTIFICATIONS_WRITE)
    @Operation(
            operationId = "testNotificationDestination",
            summary = "Send a test now, signed like everything else, and say what became of it; it takes up to 20 s")
    TestView test(OwnCall call, @PathVariable String destination) {
        Attempt attempt = destinations.test(actor(call), destination);
        return new TestView(attempt instanceof Attempt.Arrived, attempt.result());
    }

    private static Actor actor(OwnCall call) {
        if (call.breakGlass() != null) {
            throw Problem.of(422, "break-glass-not-here", "no break-glass session changes who hears of emergencies")
                    .remedy("leave the header `" + OwnCall.BREAK_GLASS + "` away")
                    .raise();
        }
        return Actor.of(call.caller(), call.origin());
    }

    private static Reply once(int status, Made made) {
        Destination destination = made.destination();
        return made.secret() == null
                ? Reply.of(status, view(destination, null, null))
                : Reply.onceOnly(
                        status,
                        view(destination, made.secret(), null),
                        view(destination, null, "secret-already-shown"));
    }

    /** A webhook's path may be a secret: whoever may not change it sees where it leads, and no more. */
    private DestinationView seen(Caller caller, Destination of) {
        boolean whole = authenticator.allows(caller, Permission.NOTIFICATIONS_WRITE);
        return view(of, whole ? of.address() : of.openAddress(), null, null);
    }

    private static DestinationView view(Destination of, @Nullable String secret, @Nullable String notice) {
        return view(of, of.address(), secret, notice);
    }

    private static DestinationView view(
            Destination of, String address, @Nullable String secret, @Nullable String notice) {
        return new DestinationView(
                of.id(),
                of.means(),
                of.name(),
                address,
                of.isActive() ? "active" : "disabled",
                of.disabledAt(),
                of.disabledWhy(),
                of.earlierUntil(),
                of.madeBy(),
                of.madeAt(),
                secret,
                notice,
                of.version());
    }
}
