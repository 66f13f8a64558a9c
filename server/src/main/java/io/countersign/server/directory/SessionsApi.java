package io.countersign.server.directory;

import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.countersign.server.platform.SessionCookie;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where people sign in, by password or by a one-time link, and out again. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Access", description = "Signing in and out, tokens, and who one is")
final class SessionsApi {

    private static final Set<String> TRANSPORTS = Set.of("cookie", "bearer");

    private final SignIns signIns;
    private final Links links;
    private final SessionCookie cookie;
    private final Directory directory;

    SessionsApi(SignIns signIns, Links links, SessionCookie cookie, Directory directory) {
        this.signIns = signIns;
        this.links = links;
        this.cookie = cookie;
        this.directory = directory;
    }

    /** Handle and password; the transport says whether the secret comes as a cookie or in the answer. */
    record NewSession(
            @Nullable String organization,
            String handle,
            String password,
            @Schema(allowableValues = {"bearer", "cookie"}) String transport) {}

    /** A one-time link and the password to be set. */
    record Enrolment(
            String link,
            String password,
            @Schema(allowableValues = {"bearer", "cookie"}) String transport) {}

    /** The present password and the one to come. */
    record PasswordChange(String currentPassword, String newPassword) {}

    /** Somebody in short. */
    record PersonInShort(String id, String handle, String name) {}

    /** A session; the secret only for the transport {@code bearer}, and only now. */
    record SessionView(
            String id,
            String organizationId,
            PersonInShort person,
            Instant signedInAt,
            Instant expiresAt,
            @Nullable String secret) {}

    @PostMapping("/sessions")
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Permission.PUBLIC)
    @Operation(
            operationId = "signIn",
            summary = "Sign in with handle and password; the session that the same browser had before ends")
    SessionView signIn(
            @Parameter(hidden = true) Optional<Caller> before,
            Origin origin,
            @RequestBody NewSession body,
            HttpServletResponse response) {
        demandTransport(body.transport());
        SignIns.Started started =
                signIns.signIn(body.organization(), body.handle(), body.password(), body.transport(), origin);
        if (body.transport().equals("cookie")) {
            before.filter(caller -> caller.credential().kind() == CredentialKind.SESSION)
                    .ifPresent(caller -> signIns.signOut(Actor.of(caller, origin)));
        }
        return answer(started, body.transport(), response);
    }

    /** The password once more. */
    record Confirmation(String password) {}

    @PostMapping("/sessions/current/confirmation")
    @Requires(Permission.SIGNED_IN)
    @Operation(
            operationId = "confirmSignIn",
            summary = "Give your password once more, so that this session may vote on what is critical")
    OwnSession confirm(Caller caller, Origin origin, @RequestBody Confirmation body) {
        demandSession(caller);
        SessionStore.SignIn confirmed = signIns.confirm(caller, Actor.of(caller, origin), body.password(), origin);
        return new OwnSession(
                confirmed.id(), confirmed.signedInAt(), confirmed.lastSeenAt(), confirmed.expiresAt(), true);
    }

    @PostMapping("/enrolments")
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Permission.PUBLIC)
    @Operation(operationId = "openLink", summary = "Open a one-time link: set the password and sign in")
    SessionView enrol(Origin origin, @RequestBody Enrolment body, HttpServletResponse response) {
        demandTransport(body.transport());
        String channel = body.transport().equals("cookie") ? "web" : origin.channel();
        Links.Opened opened = links.open(body.link(), body.password(), channel, origin.callId());
        return answer(
                signIns.start(opened.orgId(), opened.personId(), body.transport(), origin), body.transport(), response);
    }

    private static void demandTransport(String transport) {
        Fields fields = new Fields();
        fields.oneOf("transport", transport, TRANSPORTS);
        fields.check();
    }

    private SessionView answer(SignIns.Started started, String transport, HttpServletResponse response) {
        SessionStore.SignIn signIn = started.signIn();
        boolean asCookie = transport.equals("cookie");
        if (asCookie) {
            cookie.give(response, started.secret(), Duration.between(signIn.signedInAt(), signIn.expiresAt()));
        }
        response.setHeader("Cache-Control", "no-store");
        Principal person = directory
                .fresh(signIn.orgId())
                .principal(signIn.personId())
                .orElseThrow(() -> ProblemException.notFound("person", signIn.personId()));
        return new SessionView(
                signIn.id(),
                signIn.orgId(),
                new PersonInShort(person.id(), person.handle(), person.name()),
                signIn.signedInAt(),
                signIn.expiresAt(),
                asCookie ? null : started.secret());
    }

    /** One of the caller's own sign-ins that still stand. */
    record OwnSession(String id, Instant signedInAt, Instant lastSeenAt, Instant expiresAt, boolean current) {}

    /** All of them. */
    record OwnSessions(List<OwnSession> items) {}

    @GetMapping("/sessions")
    @Requires(Permission.SIGNED_IN)
    @Operation(operationId = "listSessions", summary = "Where you are signed in")
    OwnSessions sessions(Caller caller) {
        demandSession(caller);
        return new OwnSessions(signIns.standing(caller).stream()
                .map(one -> new OwnSession(
                        one.id(),
                        one.signedInAt(),
                        one.lastSeenAt(),
                        one.expiresAt(),
                        one.id().equals(caller.credential().id())))
                .toList());
    }

    @DeleteMapping("/sessions/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.SIGNED_IN)
    @Operation(operationId = "signOut", summary = "Sign out")
    void signOut(Caller caller, Origin origin, HttpServletResponse response) {
        demandSession(caller);
        signIns.signOut(Actor.of(caller, origin));
        cookie.take(response);
    }

    @DeleteMapping("/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.SIGNED_IN)
    @Operation(operationId = "signOutEverywhere", summary = "End all your sessions")
    void signOutEverywhere(Caller caller, Origin origin, HttpServletResponse response) {
        demandSession(caller);
        signIns.signOutEverywhere(Actor.of(caller, origin));
        cookie.take(response);
    }

    @PostMapping("/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.SIGNED_IN)
    @Operation(operationId = "changePassword", summary = "Change your password; your other sessions end")
    void changePassword(Caller caller, Origin origin, @RequestBody PasswordChange body) {
        demandSession(caller);
        signIns.changePassword(caller, Actor.of(caller, origin), body.currentPassword(), body.newPassword(), origin);
    }

    /** Some things are done by a person who has signed in, never by a token. */
    static void demandSession(Caller caller) {
        if (caller.credential().kind() != CredentialKind.SESSION) {
            throw Problem.of(403, "session-required", "only a person who has signed in does this")
                    .remedy("sign in, and do it in that session")
                    .raise();
        }
    }
}
