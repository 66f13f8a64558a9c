package io.countersign.cli.policy;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.DayBars;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ProgressClient;
import io.countersign.client.wire.ServerClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tries a change of the policies on what was really asked. */
@Command(
        name = "replay",
        description = {
            "Say what a change would have meant to the asks of the last days, before it is saved.",
            "-f FILE --to TARGET tries a new policy, POLICY -f FILE its next version, POLICY --to TARGET a further binding,"
                    + " --remove ID the end of one."
        })
final class ReplayCommand implements Callable<Integer> {

    private static final int BAR = 30;

    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "POLICY", description = "the saved policy that would change: name or id")
    private @Nullable String policy;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "its content, YAML or JSON; - is standard input")
    private @Nullable String file;

    @Option(
            names = "--to",
            paramLabel = "TARGET",
            description = "where it would be bound, as `policies bind` takes it; may be repeated")
    private List<String> targets = List.of();

    @Option(
            names = "--action",
            split = ",",
            paramLabel = "ACTION",
            description = "bound for only these actions; all of that level and below if not said")
    private List<String> actions = List.of();

    @Option(
            names = "--remove",
            split = ",",
            paramLabel = "BINDING",
            description = "ids of bindings that would end, as `policies bindings` shows them")
    private List<String> removed = List.of();

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "how far back, 1 to 90 days; ${DEFAULT-VALUE} if not said")
    private int days = 30;

    @Option(names = "--until", paramLabel = "INSTANT", description = "the end of the window; now if not said")
    private @Nullable String until;

    @Option(
            names = "--examples",
            paramLabel = "KIND",
            description = "only asks that are newly-held, no-longer-held, held-differently, newly-refused,"
                    + " no-longer-refused or could-not-be-met")
    private @Nullable String examples;

    @Option(names = "--limit", paramLabel = "N", description = "how many examples; ${DEFAULT-VALUE} if not said")
    private int limit = 20;

    ReplayCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerClient server = invocation.server();
        Call call = new Call("POST", "/replays", form(server), null, null);
        JsonNode answer;
        try {
            answer = new ProgressClient(server).send(call, this::progress);
        } catch (IOException lost) {
            throw new CommandFailure(
                    ExitCode.ERROR, "the connection was lost before the result came", "nothing was changed; try again");
        } finally {
            if (watched()) {
                invocation.screen().progress(Text.of(""));
            }
        }
        invocation.data(answer, () -> tell(answer));
        return ExitCode.DONE;
    }

    private ObjectNode form(ServerClient server) {
        ObjectNode form = Json.object().put("days", days).put("limit", limit);
        if (policy != null) {
            form.put("templateId", Templates.id(server, policy));
        }
        if (file != null) {
            form.set("template", new TemplateFile(file).read(invocation.surroundings()));
        }
        if (!targets.isEmpty()) {
            ArrayNode bindings = Json.array();
            for (String target : targets) {
                ObjectNode binding = BindingTarget.body(target);
                if (!actions.isEmpty()) {
                    binding.set("actions", Json.array(actions));
                }
                bindings.add(binding);
            }
            form.set("bindings", bindings);
        }
        if (!removed.isEmpty()) {
            form.set("removedBindings", Json.array(removed));
        }
        if (until != null) {
            form.put("until", until);
        }
        if (examples != null) {
            form.put("examples", examples);
        }
        return form;
    }

    private boolean watched() {
        return invocation.surroundings().terminals().err();
    }

    private void progress(long done, long total) {
        if (watched() && total > 0) {
            Screen screen = invocation.screen();
            int full = (int) (BAR * done / total);
            screen.progress(Text.of(Style.ACCENT, (screen.unicode() ? "█" : "#").repeat(full))
                    .and(Style.DIM, (screen.unicode() ? "░" : ".").repeat(BAR - full))
                    .and("  " + done + " of " + total + " asks"));
        }
    }

    private void tell(JsonNode answer) {
        Screen screen = invocation.screen();
        screen.print(Text.of(Style.STRONG, Json.text(answer, "sentence")));
        for (JsonNode warning : Json.list(answer, "warnings")) {
            screen.say(Text.of(Style.CAUTION, "warning: ").and(Json.text(warning, "sentence")));
        }
        if (Json.text(answer, "totals", "asks").equals("0")) {
            return;
        }
        screen.print("");
        bars(screen, answer);
        List<JsonNode> items = Json.list(answer, "examples", "items");
        if (!items.isEmpty()) {
            screen.print("");
            screen.table(
                    List.of("ASKED", "WOULD BE", "BY", "ACTION", "WHERE", "REQUEST", "COULD APPROVE"),
                    items.stream().map(this::row).toList());
        }
        if (!Json.text(answer, "examples", "nextCursor").isEmpty()) {
            screen.say(Text.of(Style.DIM, "there are more; --limit shows up to 200, --examples KIND only some"));
        }
    }

    private static void bars(Screen screen, JsonNode answer) {
        List<DayBars.Day> series = Json.list(answer, "days").stream()
                .map(day -> {
                    long changed = number(day, "newlyHeld") + number(day, "newlyRefused");
                    long held = number(day, "wouldHold") + number(day, "newlyRefused");
                    return new DayBars.Day(
                            Json.text(day, "day"), changed, Math.max(0, held - changed), number(day, "asks"));
                })
                .toList();
        new DayBars(series).lines(screen.unicode()).forEach(screen::print);
        screen.print(DayBars.legend("held or refused only with it", "held anyway", screen.unicode()));
    }

    private static long number(JsonNode day, String field) {
        return day.path(field).asLong(0);
    }

    private List<Text> row(JsonNode example) {
        boolean stuck = Json.yes(example, "couldNotBeMet");
        String approvers = Json.list(example, "demands").stream()
                .map(demand -> Details.words(demand.path("approvers"), invocation.when()))
                .collect(Collectors.joining("; "));
        String shift = Json.text(example, "shift");
        return List.of(
                Text.of(Details.words(example.path("at"), invocation.when())),
                Text.of(
                        shift.startsWith("no-") ? Style.CAUTION : Style.PLAIN,
                        (shift.equals("none") ? "held" : shift).replace('-', ' ')),
                Text.of(Json.text(example, "subject", "name")),
                Text.of(Json.text(example, "action")),
                Text.of(Json.text(example, "resource", "name")),
                Text.of(Json.text(example, "requestNumber")),
                stuck ? Text.of(Style.BAD, "could not be met") : Text.of(approvers));
    }
}
