package io.countersign.server.notify;

import io.countersign.core.audit.AccessEntry;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.core.audit.BreakglassEntry;
import io.countersign.core.audit.BreakglassEntry.Glass;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.audit.Entry;
import io.countersign.core.audit.GateEntry;
import io.countersign.core.audit.NotificationEntry;
import io.countersign.core.audit.NotificationEntry.DestinationEntry;
import io.countersign.core.audit.OperationEntry;
import io.countersign.core.audit.PolicyEntry;
import io.countersign.core.audit.SigningEntry;
import io.countersign.server.audit.LogEntry;
import io.countersign.server.directory.DirectoryImage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which entries of the log are told, and in which words. */
final class Notices {

    private static final String SETTINGS = "/settings";

    private final LogEntry at;
    private final DirectoryImage directory;

    private Notices(LogEntry at, DirectoryImage directory) {
        this.at = at;
        this.directory = directory;
    }

    /** A notice, and the people who are told of it besides the organization's audience. */
    record Told(Notice notice, List<String> addressees) {}

    /** Whether an entry is one that is told at all. */
    static boolean concerns(LogEntry entry) {
        return entry.entry() instanceof BreakglassEntry
                || entry.entry() instanceof DestinationEntry
                || (ofEmergencies(entry.entry()) && entry.entry().prominent());
    }

    /** Entries that stand out, and are told, where an emergency is behind them. */
    private static boolean ofEmergencies(Entry entry) {
        return entry instanceof ApprovalEntry || entry instanceof DirectoryEntry.ActionTypeAdded;
    }

    /** What is told of this entry; nothing for one that does not concern anybody. */
    static Optional<Told> of(LogEntry entry, DirectoryImage directory) {
        Notices words = new Notices(entry, directory);
        if (!concerns(entry)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (entry.entry()) {
                    case BreakglassEntry glass -> words.glass(glass);
                    case ApprovalEntry approval -> words.approval(approval);
                    case DirectoryEntry changed ->
                        changed instanceof DirectoryEntry.ActionTypeAdded added ? words.action(added) : null;
                    case NotificationEntry about ->
                        about instanceof DestinationEntry destination ? words.destination(destination) : null;
                    case AccessEntry _, GateEntry _, OperationEntry _, PolicyEntry _, SigningEntry _ -> null;
                });
    }

    private @Nullable Told approval(ApprovalEntry entry) {
        return switch (entry) {
            case ApprovalEntry.RequestOpened opened -> opened(opened);
            case ApprovalEntry.RequestApproved approved -> approved(approved);
            case ApprovalEntry.RequestBypassed bypassed -> bypassed(bypassed);
            case ApprovalEntry.GrantRedeemed redeemed -> redeemed(redeemed);
            case ApprovalEntry.RequestExecuted executed -> executed(executed);
            case ApprovalEntry.VoteCast _,
                    ApprovalEntry.VoteRefused _,
                    ApprovalEntry.VoteWithdrawn _,
                    ApprovalEntry.VoteStruck _ -> null;
            case ApprovalEntry.FollowUpMade _, ApprovalEntry.FollowUpDone _, ApprovalEntry.ReminderAsked _ -> null;
            case ApprovalEntry.RequirementsAdded _,
                    ApprovalEntry.RequestUnsatisfiable _,
                    ApprovalEntry.RequestSatisfiable _,
                    ApprovalEntry.PayloadRevealed _ -> null;
            case ApprovalEntry.RequestDenied _,
                    ApprovalEntry.RequestCancelled _,
                    ApprovalEntry.RequestExpired _,
                    ApprovalEntry.RequestReopened _ -> null;
            case ApprovalEntry.GrantExpired _, ApprovalEntry.GrantRevoked _ -> null;
        };
    }

    private Told glass(BreakglassEntry entry) {
        Glass glass = entry.glass();
        String owner = who(glass.ownerId());
        NoticeFacts facts = new NoticeFacts();
        String headline = switch (entry) {
            case BreakglassEntry.BreakglassRequested requested -> {
                reach(facts, requested.scope());
                facts.add("duration", Duration.ofSeconds(requested.durationSeconds()));
                yield owner + " asks to open break-glass session " + glass.session();
            }
            case BreakglassEntry.BreakglassOpened opened -> {
                reach(facts, opened.scope());
                facts.add("endsAt", opened.endsAt()).add("closureOwner", who(opened.closureOwnerId()));
                yield owner + " opened break-glass session " + glass.session();
            }
            case BreakglassEntry.BreakglassNotOpened not -> {
                facts.add("why", not.why());
                yield "Break-glass session " + glass.session() + " was not opened";
            }
            case BreakglassEntry.BreakglassRefused refused -> {
                facts.add("caller", who(refused.callerId()))
                        .add("action", refused.action())
                        .add("resource", refused.resource())
                        .add("payloadDigest", refused.payloadDigest())
                        .add("why", refused.code());
                yield "An ask that named break-glass session " + glass.session() + " was refused";
            }
            case BreakglassEntry.BreakglassUnneeded unneeded -> {
                facts.add("caller", who(unneeded.callerId()))
                        .add("action", unneeded.action())
                        .add("resource", unneeded.resource());
                yield "An ask named break-glass session " + glass.session() + " and needed no approval";
            }
            case BreakglassEntry.BreakglassRevoked revoked -> {
                facts.add("by", who(revoked.by()))
                        .add("note", revoked.note())
                        .add("lasted", Duration.ofSeconds(revoked.durationSeconds()))
                        .add("actions", revoked.actions())
                        .add("grantsEnded", revoked.grantsEnded());
                yield who(revoked.by()) + " ended break-glass session " + glass.session();
            }
            case BreakglassEntry.BreakglassEnded ended -> {
                facts.add("cause", ended.cause())
                        .add("endedAt", ended.endedAt())
                        .add("lasted", Duration.ofSeconds(ended.durationSeconds()))
                        .add("actions", ended.actions());
                yield "Break-glass session " + glass.session() + " has ended";
            }
            case BreakglassEntry.BreakglassReminder reminder -> {
                facts.add("endsAt", reminder.endsAt());
                yield "Break-glass session " + glass.session()
                        + (reminder.what().equals("idle") ? " is idle" : " ends soon")
                        + ": end it if the incident is contained";
            }
            case BreakglassEntry.BreakglassClosed closed -> {
                facts.add("by", who(closed.by()))
                        .add("reasonUsed", closed.reasonUsed())
                        .add("preventiveAction", closed.preventiveAction())
                        .add("preventiveOwner", who(closed.preventiveOwnerId()))
                        .add("preventiveDue", closed.preventiveDue().toString());
                yield "Break-glass session " + glass.session() + " has its closure";
            }
            case BreakglassEntry.BreakglassReviewed reviewed -> {
                facts.add("by", who(reviewed.by())).add("summary", reviewed.summary());
                yield "Break-glass session " + glass.session() + " was reviewed";
            }
            case BreakglassEntry.BreakglassOverdue overdue -> {
                facts.add("dueAt", overdue.dueAt());
                yield "The " + overdue.what() + " of break-glass session " + glass.session() + " is overdue";
            }
        };
        facts.add("session", glass.session())
                .add("owner", owner)
                .add("incident", glass.incident())
                .add("justification", glass.justification());
        return new Told(notice(headline, glass.session(), "/breakglass/" + glass.session(), facts), addressees(entry));
    }

    private static List<String> addressees(BreakglassEntry entry) {
        if (entry instanceof BreakglassEntry.BreakglassReminder reminder) {
            return reminder.addressees();
        }
        return entry instanceof BreakglassEntry.BreakglassOverdue overdue ? overdue.addressees() : List.of();
    }

    private static void reach(NoticeFacts facts, BreakglassEntry.Reach scope) {
        facts.add("actionsAllowed", scope.actions()).add("on", scope.resources());
        if (scope.wide()) {
            facts.add("scope", "wide: a whole project or the organization");
        }
    }

    private Told opened(ApprovalEntry.RequestOpened entry) {
        NoticeFacts facts = new NoticeFacts()
                .add("request", entry.number())
                .add("action", entry.action())
                .add("resource", entry.resource())
                .add("subject", who(entry.subjectId()))
                .add("caller", who(entry.callerId()))
                .add("reason", entry.reason())
                .add(
                        "policies",
                        entry.requirements().stream()
                                .map(ApprovalEntry.Demand::name)
                                .toList())
                .add("payloadDigest", entry.payloadDigest());
        String headline = who(entry.subjectId()) + " asks for an emergency change: " + entry.action() + " on "
                + entry.resource() + " (" + entry.number() + ")";
        return request(headline, null, entry.number(), facts);
    }

    private Told approved(ApprovalEntry.RequestApproved entry) {
        NoticeFacts facts = new NoticeFacts()
                .add("request", entry.number())
                .add("approvers", entry.approvers().stream().map(this::who).toList())
                .add("usableUntil", entry.usableUntil());
        return request("The emergency change " + entry.number() + " was approved", null, entry.number(), facts);
    }

    private Told action(DirectoryEntry.ActionTypeAdded entry) {
        NoticeFacts facts = new NoticeFacts()
                .add("by", who(at.actorId()))
                .add("action", entry.actionId())
                .add("title", entry.title())
                .add("risk", entry.risk());
        String headline = "There is a new kind of emergency action: " + entry.actionId();
        return new Told(notice(headline, null, SETTINGS, facts), List.of());
    }

    private Told bypassed(ApprovalEntry.RequestBypassed entry) {
        NoticeFacts facts = new NoticeFacts()
                .add("request", entry.number())
                .add("action", entry.action())
                .add("resource", entry.resource())
                .add("subject", who(entry.subjectId()))
                .add("caller", who(entry.callerId()))
                .add(
                        "bypassedPolicies",
                        entry.bypassed().stream()
                                .map(ApprovalEntry.Demand::name)
                                .toList())
                .add("payloadDigest", entry.payloadDigest())
                .add("session", entry.session())
                .add("incident", entry.incident())
                .add("justification", entry.justification());
        String headline = who(entry.subjectId()) + " passed approvals in break-glass session " + entry.session() + ": "
                + entry.action() + " on " + entry.resource();
        return request(headline, entry.session(), entry.number(), facts);
    }

    private Told redeemed(ApprovalEntry.GrantRedeemed entry) {
        NoticeFacts facts = new NoticeFacts()
                .add("request", entry.number())
                .add("caller", who(entry.callerId()))
                .add("payloadDigest", entry.payloadDigest());
        return request("The emergency grant of " + entry.number() + " was used", null, entry.number(), facts);
    }

    private Told executed(ApprovalEntry.RequestExecuted entry) {
        NoticeFacts facts = new NoticeFacts()
                .add("request", entry.number())
                .add("result", entry.result())
                .add("text", entry.text())
                .add("link", entry.link());
        return request(
                "What " + entry.number() + " did in the emergency: " + entry.result(), null, entry.number(), facts);
    }

    private Told request(String headline, @Nullable String session, String number, NoticeFacts facts) {
        return new Told(notice(headline, session, "/approvals/" + number, facts), List.of());
    }

    private Told destination(DestinationEntry entry) {
        NoticeFacts facts = new NoticeFacts().add("by", who(at.actorId()));
        String headline = switch (entry) {
            case NotificationEntry.NotificationDestinationAdded added -> {
                facts.add("means", added.means()).add("address", added.address());
                yield "Emergencies are told to `" + added.name() + "` too";
            }
            case NotificationEntry.NotificationDestinationChanged changed -> {
                facts.add("changes", changes(changed));
                yield "The destination `" + changed.name() + "` of emergencies was changed";
            }
            case NotificationEntry.NotificationDestinationRemoved removed ->
                "Emergencies are told to `" + removed.name() + "` no longer";
            case NotificationEntry.NotificationSecretRotated rotated -> {
                facts.add("earlierUntil", rotated.earlierUntil());
                yield "The webhook `" + rotated.name() + "` has a new secret";
            }
            case NotificationEntry.NotificationDestinationDisabled disabled -> {
                facts.add("why", disabled.why());
                yield "The destination `" + disabled.name() + "` is told of emergencies no longer";
            }
            case NotificationEntry.NotificationDestinationEnabled enabled ->
                "The destination `" + enabled.name() + "` is told of emergencies again";
        };
        return new Told(notice(headline, null, SETTINGS, facts), List.of());
    }

    private static String changes(NotificationEntry.NotificationDestinationChanged entry) {
        return entry.changes().stream()
                .map(change -> change.field() + ": " + Objects.requireNonNullElse(change.before(), "none") + " -> "
                        + Objects.requireNonNullElse(change.after(), "none"))
                .collect(Collectors.joining("; "));
    }

    private Notice notice(String headline, @Nullable String session, String page, NoticeFacts facts) {
        return new Notice(
                at.type(),
                at.eventType(),
                at.at(),
                at.leafIndex(),
                NoticeFacts.line(headline),
                session,
                at.requestNumber(),
                page,
                facts.all());
    }

    private String who(String principalId) {
        String name = directory.nameOf(principalId).orElse(principalId);
        return directory
                .handleOf(principalId)
                .map(handle -> name + " (" + handle + ")")
                .orElse(name);
    }
}
