package io.countersign.cli.breakglass;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.ReasonOptions;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Emergencies: sessions that pass approvals, and what is owed after them. */
@Command(
        name = "breakglass",
        description = {
            "Emergencies: sessions that pass approvals, and what is owed after them.",
            "Only for active incidents or severe production blockage: short, narrow, reasoned, and accounted for.",
            "Not for routine operations, shortcuts or convenience."
        })
public final class BreakglassCommand {

    private static final String SESSIONS = "/breakglass-sessions";

    private final Invocation invocation;

    public BreakglassCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(
            name = "open",
            description = {
                "Open a session: it says what it will bypass, and asks whether you are sure.",
                "Ends with 0 when it is active, 3 when its opening waits for approval."
            })
    int open(
            @Mixin ReasonOptions reason,
            @Option(names = "--incident", required = true, paramLabel = "REF", description = "for example INC-1234")
                    String incident,
            @Option(
                            names = "--action",
                            required = true,
                            split = ",",
                            paramLabel = "ACTION",
                            description = "what it is for; may be repeated")
                    List<String> actions,
            @Option(
                            names = "--on",
                            required = true,
                            split = ",",
                            paramLabel = "THING",
                            description = "environment:project/name, cluster:name, project:name or organization")
                    List<String> things,
            @Option(
                            names = "--duration",
                            paramLabel = "PT30M",
                            description = "how long; the organization's shortest if not said")
                    @Nullable
                    String duration,
            @Option(names = "--closure-owner", paramLabel = "@WHO", description = "who sees to its closure; else you")
                    @Nullable
                    String closureOwner,
            @Option(
                            names = "--confirm-scope",
                            paramLabel = "NAME",
                            description = "the name of the project or organization a wide scope reaches")
                    @Nullable
                    String confirm) {
        ServerClient server = invocation.server();
        ObjectNode scope = SessionWords.scope(actions, things);
        ObjectNode body = Json.object().put("incident", incident);
        body.put("reason", reason.read(invocation.surroundings()));
        body.set("scope", scope);
        putIfSaid(body, "duration", duration);
        putIfSaid(body, "closureOwner", closureOwner);
        ObjectNode thought = Json.object();
        thought.set("scope", scope);
        JsonNode preview = server.send(Call.post(SESSIONS + "/preview", thought, invocation.key()))
                .body();
        invocation.screen().say(Json.text(preview, "sentence"));
        String name = Json.text(preview, "confirm");
        if (!name.isEmpty()) {
            invocation.questions().named(name, confirm, "The scope reaches all of `" + name + "`.");
            body.put("confirmScope", name);
        }
        invocation.questions().sure("Open this session?");
        JsonNode session =
                server.send(Call.post(SESSIONS, body, invocation.key())).body();
        invocation.data(session, () -> SessionWords.tell(session, invocation));
        if (Json.text(session, "state").equals("requested")) {
            invocation.screen().say("Its opening waits for approval: " + Json.text(session, "request", "number"));
            return ExitCode.UNDECIDED;
        }
        invocation
                .screen()
                .next("git push -o break-glass=" + Json.text(session, "name"), "or countersign run --break-glass");
        invocation
                .screen()
                .next(
                        "countersign breakglass revoke " + Json.text(session, "name"),
                        "as soon as the emergency is contained");
        return ExitCode.DONE;
    }

    @Command(name = "list", description = "List sessions, the newest first.")
    int list(
            @Option(
                            names = "--state",
                            defaultValue = "",
                            paramLabel = "STATE",
                            description = "requested, active, ended or not-opened")
                    String state,
            @Option(names = "--owner", defaultValue = "", paramLabel = "WHO", description = "@handle or id")
                    String owner,
            @Option(names = "--from", defaultValue = "", paramLabel = "INSTANT", description = "opened not before")
                    String from,
            @Option(names = "--to", defaultValue = "", paramLabel = "INSTANT", description = "opened before") String to,
            @Option(names = "--overdue", description = "only those whose closure or review is late") boolean overdue,
            @Option(names = "--limit", defaultValue = "50", paramLabel = "N", description = "at most so many")
                    int limit) {
        String path = overdue
                ? SESSIONS + "/overdue"
                : Call.query(SESSIONS, "state", state, "owner", owner, "from", from, "to", to);
        invocation.list(
                invocation.server().items(path, limit),
                "No sessions.",
                List.of("SESSION", "STATE", "OWNER", "INCIDENT", "OPENED", "ACTIONS", "OWED"),
                session -> SessionWords.row(session, invocation.when()));
        return ExitCode.DONE;
    }

    @Command(name = "show", description = "Show a session: scope, what was done, closure, review.")
    int show(
            @Parameters(paramLabel = "SESSION", description = "for example BG-7") String session,
            @Option(names = "--timeline", description = "everything that happened instead") boolean timeline) {
        if (timeline) {
            invocation.list(
                    invocation.server().items(path(session, "timeline"), 1_000),
                    "Nothing yet.",
                    List.of("TIME", "TYPE", "ACTOR"),
                    item -> Details.row(item, invocation.when(), "at", "type", "actor"));
            return ExitCode.DONE;
        }
        return told(invocation.server().get(path(session)));
    }

    @Command(
            name = "revoke",
            description = {
                "End a session now. The next ask that names it is refused, and what it let pass and nobody used is taken",
                "back. You end your own; admins and security managers end any."
            })
    int revoke(
            @Parameters(paramLabel = "SESSION", description = "for example BG-7") String session,
            @Option(
                            names = {"-n", "--note"},
                            paramLabel = "TEXT",
                            description = "why, for the log")
                    @Nullable
                    String note) {
        ObjectNode body = Json.object();
        putIfSaid(body, "note", note);
        invocation.questions().sure("End " + session + " now?");
        return told(send(path(session, "revocation"), body));
    }

    @Command(
            name = "close",
            description = {
                "File the closure that is owed after a session.",
                "What was done and when it was closed is filled in from the log."
            })
    int close(
            @Parameters(paramLabel = "SESSION", description = "for example BG-7") String session,
            @Mixin ReasonOptions used,
            @Option(
                            names = "--preventive-action",
                            required = true,
                            paramLabel = "TEXT",
                            description = "what keeps it from happening again")
                    String preventive,
            @Option(
                            names = "--preventive-owner",
                            required = true,
                            paramLabel = "@WHO",
                            description = "who sees to that")
                    String owner,
            @Option(names = "--due", required = true, paramLabel = "DATE", description = "until when, as 2026-03-31")
                    String due,
            @Option(
                            names = "--evidence",
                            required = true,
                            split = ",",
                            paramLabel = "LINK",
                            description = "may be repeated")
                    List<String> evidence,
            @Option(names = "--incident", paramLabel = "REF", description = "where it became another one") @Nullable
                    String incident,
            @Option(names = "--remarks", paramLabel = "TEXT", description = "anything else") @Nullable String remarks) {
        ObjectNode body = Json.object()
                .put("reasonUsed", used.read(invocation.surroundings()))
                .put("preventiveAction", preventive)
                .put("preventiveOwner", owner)
                .put("preventiveDue", due);
        body.set("evidence", Json.array(evidence));
        putIfSaid(body, "incident", incident);
        putIfSaid(body, "remarks", remarks);
        return told(send(path(session, "closure"), body));
    }

    @Command(
            name = "review",
            description = {
                "Review a session: one verdict for each thing that was done in it.",
                "For a security manager or compliance officer who had no part in it."
            })
    int review(
            @Parameters(paramLabel = "SESSION", description = "for example BG-7") String session,
            @Option(names = "--summary", required = true, paramLabel = "TEXT", description = "what it came to")
                    String summary,
            @Option(
                            names = "--verdict",
                            paramLabel = "ID=VERDICT",
                            description = "justified, not-justified or follow-up; the id as `show` tells it, or `all`")
                    @Nullable
                    List<String> verdicts,
            @Option(
                            names = {"-n", "--note"},
                            paramLabel = "TEXT",
                            description = "why; needed where it is not justified or needs a follow-up")
                    @Nullable
                    String note) {
        ServerClient server = invocation.server();
        ObjectNode body = Json.object().put("summary", summary);
        body.set(
                "verdicts",
                SessionWords.verdicts(server.get(path(session)), verdicts == null ? List.of() : verdicts, note));
        return told(send(path(session, "review"), body));
    }

    @Command(name = "report", description = "Count the sessions of a period; the last 30 days if not said.")
    int report(
            @Option(names = "--from", defaultValue = "", paramLabel = "INSTANT", description = "not before")
                    String from,
            @Option(names = "--to", defaultValue = "", paramLabel = "INSTANT", description = "before") String to) {
        JsonNode report = invocation.server().get(Call.query(SESSIONS + "/report", "from", from, "to", to));
        invocation.data(report, () -> SessionWords.report(report, invocation));
        return ExitCode.DONE;
    }

    @Command(
            name = "changes",
            description = {
                "List everything that was asked for and done in emergencies, the latest first:",
                "what passed by break-glass, and what emergency workflows were for."
            })
    int changes(
            @Option(names = "--from", defaultValue = "", paramLabel = "INSTANT", description = "not before")
                    String from,
            @Option(names = "--to", defaultValue = "", paramLabel = "INSTANT", description = "before") String to,
            @Option(names = "--limit", defaultValue = "50", paramLabel = "N", description = "at most so many")
                    int limit) {
        invocation.list(
                invocation.server().items(Call.query("/emergency-changes", "from", from, "to", to), limit),
                "No emergency changes.",
                List.of("TIME", "KIND", "WHO", "ACTION", "ON", "REQUEST", "STATE", "BY"),
                change -> SessionWords.change(change, invocation.when()));
        return ExitCode.DONE;
    }

    private int told(JsonNode session) {
        invocation.data(session, () -> SessionWords.tell(session, invocation));
        return ExitCode.DONE;
    }

    private JsonNode send(String path, ObjectNode body) {
        return invocation.server().send(Call.post(path, body, invocation.key())).body();
    }

    private static String path(String session, String... more) {
        return more.length == 0
                ? Call.path("breakglass-sessions", session)
                : Call.path("breakglass-sessions", session, more[0]);
    }

    private static void putIfSaid(ObjectNode body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
