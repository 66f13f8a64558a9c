package io.countersign.server.breakglass;

import io.countersign.core.audit.BreakglassEntry;
import io.countersign.core.breakglass.SessionState;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.breakglass.BreakglassViews.ActionView;
import io.countersign.server.directory.Credentials;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.ProblemException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Files closures, by the template of the operations guide; what was done is filled in from what the session let pass. */
@Service
class Closures {

    private static final int MOST_EVIDENCE = 20;
    private static final int LONGEST_LINK = 1_000;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * A closure as it is filed.
     *
     * @param incident the incident, where it is another than the session was opened for
     * @param preventiveDue until when, for example {@code 2026-03-31}
     * @param evidence links to what shows how the incident was closed
     */
    record ClosureForm(
            @Nullable String incident,
            @Nullable String reasonUsed,
            @Nullable String remarks,
            @Nullable String preventiveAction,
            @Nullable String preventiveOwner,
            @Nullable String preventiveDue,
            @Nullable List<String> evidence) {}

    private final Rulebooks rulebooks;
    private final Credentials credentials;
    private final BreakglassStore sessions;
    private final BreakglassActionStore actions;
    private final AftermathStore aftermaths;
    private final Reviews reviews;
    private final AuditLog log;

    Closures(
            Rulebooks rulebooks,
            Credentials credentials,
            BreakglassStore sessions,
            BreakglassActionStore actions,
            AftermathStore aftermaths,
            Reviews reviews,
            AuditLog log) {
        this.rulebooks = rulebooks;
        this.credentials = credentials;
        this.sessions = sessions;
        this.actions = actions;
        this.aftermaths = aftermaths;
        this.reviews = reviews;
        this.log = log;
    }

    /** Files the closure of a session that is over, in the present transaction. */
    void file(Caller caller, Actor actor, String name, ClosureForm form) {
        credentials.recheck(caller);
        String orgId = caller.organizationId();
        Rulebook rulebook = rulebooks.hold(orgId);
        KeptSession kept =
                sessions.find(orgId, name).orElseThrow(() -> ProblemException.notFound("breakglass-session", name));
        String by = caller.principalId();
        boolean may = kept.session().ownerId().equals(by)
                || kept.closureOwnerId().equals(by)
                || reviews.bar(kept, by, rulebook).isEmpty();
        if (!may) {
            throw ProblemException.forbidden(
                    "not-yours", "a closure is filed by the session's owner, its closure owner or a reviewer");
        }
        Instant now = sessions.now();
        if (!(BreakglassSessions.state(kept, rulebook.directory(), now) instanceof SessionState.Ended ended)) {
            throw ProblemException.conflict(
                    "session-not-ended", "a session is closed when it is over; revoke it first");
        }
        AftermathStore.Closure closure = read(form, kept, new OpeningReader(rulebook.directory()), by, now);
        if (!aftermaths.insert(orgId, kept.id(), closure)) {
            throw ProblemException.conflict(
                    "already-closed", "the closure of " + kept.session().name() + " was filed");
        }
        List<String> performed = actions.of(orgId, kept.id()).stream()
                .map(action -> action.action() + " on " + action.resourceName() + " at " + MOMENT.format(action.at()))
                .toList();
        log.append(
                actor,
                new BreakglassEntry.BreakglassClosed(
                        kept.glass(),
                        by,
                        ended.end(),
                        closure.reasonUsed(),
                        performed,
                        closure.preventiveAction(),
                        closure.preventiveOwnerId(),
                        closure.preventiveDue(),
                        closure.evidence()),
                kept.id());
    }

    /** What was done, in sentences. */
    static List<String> performed(List<ActionView> actions) {
        return actions.stream()
                .map(action ->
                        action.action().id() + " on " + action.resource().name() + " at " + MOMENT.format(action.at())
                                + (action.request() == null ? "" : " (" + action.request() + ")")
                                + (action.outcome() == null ? "" : ", " + action.outcome()))
                .toList();
    }

    private static AftermathStore.Closure read(
            ClosureForm form, KeptSession kept, OpeningReader reader, String by, Instant now) {
        FormFaults faults = new FormFaults();
        Optional<String> incident = faults.read(
                () -> form.incident() == null ? kept.session().incident() : OpeningReader.incident(form.incident()));
        Optional<String> reasonUsed = faults.read(
                () -> OpeningReader.bounded("reasonUsed", form.reasonUsed(), "say what the session was used for"));
        Optional<String> remarks = faults.read(() -> OpeningReader.optional("remarks", form.remarks()))
                .orElse(Optional.empty());
        Optional<String> preventiveAction = faults.read(() -> OpeningReader.bounded(
                "preventiveAction",
                form.preventiveAction(),
                "say what keeps this from happening again, or why nothing can"));
        Optional<String> preventiveOwner = faults.read(() -> preventiveOwner(form, reader));
        Optional<LocalDate> preventiveDue = faults.read(() -> due(form.preventiveDue()));
        Optional<List<String>> evidence = faults.read(() -> evidence(form.evidence()));
        faults.check();
        return new AftermathStore.Closure(
                incident.orElseThrow(),
                reasonUsed.orElseThrow(),
                remarks.orElse(null),
                preventiveAction.orElseThrow(),
                preventiveOwner.orElseThrow(),
                preventiveDue.orElseThrow(),
                evidence.orElseThrow(),
                by,
                now);
    }

    private static String preventiveOwner(ClosureForm form, OpeningReader reader) {
        if (form.preventiveOwner() == null) {
            throw ProblemException.badField(
                    "preventive-owner-required", "preventiveOwner", "name who sees to the preventive action");
        }
        return reader.person("preventiveOwner", form.preventiveOwner(), "");
    }

    /** A day that people write with four digits for its year; no calendar and no database knows what lies beyond. */
    private static LocalDate due(@Nullable String text) {
        String day = text == null ? "" : text;
        try {
            if (day.length() == "2026-03-31".length()) {
                return LocalDate.parse(day);
            }
        } catch (DateTimeParseException malformed) {
            // told below
        }
        throw ProblemException.badField("bad-date", "preventiveDue", "a day such as 2026-03-31");
    }

    private static List<String> evidence(@Nullable List<String> links) {
        if (links == null || links.isEmpty() || links.size() > MOST_EVIDENCE) {
            throw ProblemException.badField(
                    "bad-length", "evidence", "give 1 to 20 links to what shows how the incident was closed");
        }
        for (String link : links) {
            if (!isLink(link)) {
                throw ProblemException.badField(
                        "bad-link",
                        "evidence",
                        "`" + link + "` is no link; one begins with https:// or http://",
                        "put what has no address where it has one, a ticket for example, and name that");
            }
        }
        return links;
    }

    private static boolean isLink(@Nullable String link) {
        if (link == null || link.length() > LONGEST_LINK) {
            return false;
        }
        try {
            URI uri = URI.create(link);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
