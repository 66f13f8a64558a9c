package io.countersign.cli.policy;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.ReasonOptions;
import io.countersign.cli.request.ResourceOptions;
import io.countersign.cli.terminal.Facts;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.cli.terminal.WeekCalendar;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions about policies that change nothing. */
final class QuestionsCommand {

    private QuestionsCommand() {}

    /** Why a policy applies, or not. */
    @Command(name = "explain", description = "Say for each binding why it applies to an action, or why not.")
    static final class Explain implements Callable<Integer> {

        private final Invocation invocation;

        @Mixin
        private final ResourceOptions about = new ResourceOptions();

        @Mixin
        private final ReasonOptions reason = new ReasonOptions();

        @Option(
                names = "--at",
                paramLabel = "INSTANT",
                description = "at this moment, for example 2026-11-21T22:00:00Z")
        private @Nullable String at;

        Explain(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            ObjectNode body = Json.object().put("action", about.action());
            body.set("resource", about.resource());
            String why = reason.read(invocation.surroundings());
            if (why != null) {
                body.put("reason", why);
            }
            if (at != null) {
                body.put("at", at);
            }
            JsonNode answer = invocation
                    .server()
                    .send(Call.post("/explanations", body, invocation.key()))
                    .body();
            invocation.data(
                    answer,
                    () -> invocation
                            .screen()
                            .table(
                                    List.of("APPLIES", "POLICY", "WHY"),
                                    Json.list(answer, "bindings").stream()
                                            .map(Explain::row)
                                            .toList()));
            return ExitCode.DONE;
        }

        private static List<Text> row(JsonNode binding) {
            boolean applies = Json.yes(binding, "applies");
            return List.of(
                    Text.of(applies ? Style.GOOD : Style.DIM, applies ? "yes" : "no"),
                    Text.of(Json.text(binding, "name")),
                    Text.of(Json.text(binding, "sentence")));
        }
    }

    /** Who could approve, whether it can be met at all, and when in the week it applies. */
    @Command(
            name = "preview",
            description =
                    "Say of a template, saved or in a file, who can approve, whether it can be met, and when it applies.")
    static final class Preview implements Callable<Integer> {

        private final Invocation invocation;

        @Parameters(arity = "0..1", paramLabel = "POLICY", description = "its name or id")
        private @Nullable String policy;

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "YAML or JSON, not saved; - is standard input")
        private @Nullable String file;

        @Option(
                names = "--at",
                paramLabel = "INSTANT",
                description = "at this moment, for example 2026-11-21T22:00:00Z")
        private @Nullable String at;

        Preview(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            ServerClient server = invocation.server();
            ObjectNode body = Json.object();
            if (file != null) {
                body.set("template", new TemplateFile(file).read(invocation.surroundings()));
            } else if (policy != null) {
                body.set("template", Templates.form(Templates.find(server, policy)));
            } else {
                throw PoliciesCommand.unknown("");
            }
            if (at != null) {
                body.put("at", at);
            }
            JsonNode answer =
                    server.send(Call.post("/previews", body, invocation.key())).body();
            invocation.data(answer, () -> tell(answer));
            return ExitCode.DONE;
        }

        private void tell(JsonNode answer) {
            Screen screen = invocation.screen();
            String fewest = Json.text(answer, "fewestApprovals");
            new Facts()
                    .add(
                            "can be met",
                            fewest.isEmpty()
                                    ? Text.of(Style.BAD, "no")
                                    : Text.of(
                                            Style.GOOD,
                                            "yes, with " + fewest + (fewest.equals("1") ? " approval" : " approvals")))
                    .add(
                            "can approve",
                            Json.text(answer, "eligible") + ": "
                                    + Details.words(answer.path("approvers"), invocation.when()))
                    .add("applies now", Json.yes(answer, "calendar", "activeNow") ? "yes" : "no")
                    .add("until", Details.words(Json.at(answer, "calendar", "changesAt"), invocation.when()))
                    .print(screen);
            for (JsonNode warning : Json.list(answer, "warnings")) {
                screen.say(Text.of(Style.CAUTION, "warning: ").and(Json.text(warning, "sentence")));
            }
            calendar(screen, answer);
        }

        private static void calendar(Screen screen, JsonNode answer) {
            List<List<Boolean>> hours = Json.list(answer, "calendar", "days").stream()
                    .map(day -> Json.list(day, "hours").stream()
                            .map(hour -> hour.asBoolean(false))
                            .toList())
                    .toList();
            if (hours.isEmpty()) {
                return;
            }
            WeekCalendar week = new WeekCalendar(hours);
            screen.print("");
            screen.print("Applies in " + week.hours() + " of 168 hours, " + Json.text(answer, "calendar", "timezone")
                    + " time");
            week.lines(screen.unicode()).forEach(screen::print);
        }
    }
}
