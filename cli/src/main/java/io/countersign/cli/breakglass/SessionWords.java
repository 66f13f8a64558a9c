package io.countersign.cli.breakglass;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Facts;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.cli.terminal.When;
import io.countersign.client.wire.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sessions in words, and words as parts of calls. */
final class SessionWords {

    private SessionWords() {}

    /** The scope that was typed: actions, and things such as {@code environment:payments/production}. */
    static ObjectNode scope(List<String> actions, List<String> things) {
        ObjectNode scope = Json.object();
        scope.set("actions", Json.array(actions));
        ArrayNode resources = scope.putArray("resources");
        for (String thing : things) {
            int colon = thing.indexOf(':');
            ObjectNode resource = resources.addObject();
            if (thing.equals("organization")) {
                resource.put("type", thing);
            } else if (colon > 0) {
                resource.put("type", thing.substring(0, colon)).put("id", thing.substring(colon + 1));
            } else {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "`" + thing + "` does not say what it is",
                        "write environment:project/name, cluster:name, project:name or organization");
            }
        }
        return scope;
    }

    /** The verdicts that were typed, as {@code id=verdict} or {@code all=verdict}. */
    static ArrayNode verdicts(JsonNode session, List<String> typed, @Nullable String note) {
        Map<String, String> said = new LinkedHashMap<>();
        for (String one : typed) {
            int equals = one.indexOf('=');
            if (equals < 0) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "`" + one + "` is no verdict",
                        "write --verdict ID=justified, or all=justified");
            }
            said.put(one.substring(0, equals), one.substring(equals + 1));
        }
        ArrayNode verdicts = Json.array();
        for (JsonNode action : Json.list(session, "actions")) {
            String id = Json.text(action, "id");
            String verdict = said.getOrDefault(id, said.getOrDefault("all", ""));
            if (!verdict.isEmpty()) {
                ObjectNode form = verdicts.addObject().put("actionId", id).put("verdict", verdict);
                if (note != null) {
                    form.put("note", note);
                }
            }
        }
        return verdicts;
    }

    static List<Text> row(JsonNode session, When when) {
        String state = Json.text(session, "state");
        return List.of(
                Text.of(Json.text(session, "name")),
                Text.of(state.equals("active") ? Style.CAUTION : Style.PLAIN, state),
                Text.of(Details.name(session.path("owner"))),
                Text.of(Json.text(session, "incident")),
                Text.of(Details.words(session.path("openedAt"), when)),
                Text.of(Json.text(session, "actionsTaken")),
                Text.of(Style.CAUTION, owed(session)));
    }

    /** One emergency change; what it passed by is its session, or who approved it. */
    static List<Text> change(JsonNode change, When when) {
        String session = Json.text(change, "session");
        return List.of(
                Text.of(Details.words(change.path("at"), when)),
                Text.of(session.isEmpty() ? Style.PLAIN : Style.CAUTION, Json.text(change, "kind")),
                Text.of(Details.name(change.path("subject"))),
                Text.of(Json.text(change, "action", "id")),
                Text.of(Json.text(change, "resource", "name")),
                Text.of(Json.text(change, "request")),
                Text.of(Json.text(change, "state")),
                Text.of(
                        session.isEmpty()
                                ? Json.list(change, "approvedBy").stream()
                                        .map(Details::name)
                                        .collect(Collectors.joining(", "))
                                : session));
    }

    static void tell(JsonNode session, Invocation invocation) {
        Screen screen = invocation.screen();
        When when = invocation.when();
        String state = Json.text(session, "state");
        new Facts()
                .add("session", Text.of(Style.STRONG, Json.text(session, "name")))
                .add("state", Text.of(state.equals("active") ? Style.CAUTION : Style.PLAIN, state))
                .add("owner", Details.name(session.path("owner")))
                .add("incident", Json.text(session, "incident"))
                .add("reason", Json.text(session, "reason"))
                .add("actions", names(session, "scope", "actions", "id"))
                .add("on", names(session, "scope", "resources", "name"))
                .add("opening", Json.text(session, "request", "number"))
                .add("started", Details.words(session.path("startedAt"), when))
                .add("ends", Details.words(session.path("endsAt"), when))
                .add("ended", Details.words(session.path("endedAt"), when))
                .add("why", Json.text(session, "endedWhy"))
                .add("by", session.has("endedBy") ? Details.name(session.path("endedBy")) : "")
                .add("closure owner", Details.name(session.path("closureOwner")))
                .add("owed", owed(session))
                .print(screen);
        for (JsonNode action : Json.list(session, "actions")) {
            screen.print(Text.of("  " + Json.text(action, "id") + "  "
                    + Json.text(action, "action", "id") + " on " + Json.text(action, "resource", "name") + "  "
                    + Json.text(action, "request") + "  bypassed: " + bypassed(action)
                    + (Json.text(action, "verdict").isEmpty() ? "" : "  " + Json.text(action, "verdict"))));
        }
    }

    static void report(JsonNode report, Invocation invocation) {
        When when = invocation.when();
        new Facts()
                .add("from", Details.words(report.path("from"), when))
                .add("to", Details.words(report.path("to"), when))
                .add("sessions", Json.text(report, "sessions"))
                .add("active for", span(Json.text(report, "activeFor")))
                .add("actions", Json.text(report, "actions"))
                .add("bypassed", counted(report, "bypassed"))
                .add(
                        "closures owed",
                        Json.text(report, "closuresOwed") + ", late " + Json.text(report, "closuresOverdue"))
                .add("reviews owed", Json.text(report, "reviewsOwed") + ", late " + Json.text(report, "reviewsOverdue"))
                .add(
                        "verdicts",
                        report.path("verdicts")
                                .propertyStream()
                                .map(one -> one.getKey() + " " + one.getValue().asString())
                                .collect(Collectors.joining(", ")))
                .print(invocation.screen());
    }

    private static String span(String iso) {
        return iso.isEmpty() ? "" : When.size(Duration.parse(iso));
    }

    private static String counted(JsonNode report, String field) {
        return Json.list(report, field).stream()
                .map(one -> Json.text(one, "name") + " " + Json.text(one, "times") + "x")
                .collect(Collectors.joining(", "));
    }

    private static String bypassed(JsonNode action) {
        String rules = Json.list(action, "bypassed").stream()
                .map(rule -> Json.text(rule, "name") + " (" + Json.text(rule, "needed") + ")")
                .collect(Collectors.joining(", "));
        return rules.isEmpty() ? "nothing" : rules;
    }

    private static String names(JsonNode session, String within, String list, String field) {
        return Json.list(session, within, list).stream()
                .map(one -> Json.text(one, field))
                .collect(Collectors.joining(", "));
    }

    /** For example {@code closure (late), review}. */
    private static String owed(JsonNode session) {
        JsonNode owed = session.path("owed");
        if (owed.isMissingNode()) {
            return "";
        }
        StringBuilder words = new StringBuilder();
        for (String what : List.of("closure", "review")) {
            boolean there = owed.has(what.equals("closure") ? "closedAt" : "reviewedAt");
            if (!there) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(what)
                        .append(Json.yes(owed, what + "Overdue") ? " (late)" : "");
            }
        }
        return words.toString();
    }
}
