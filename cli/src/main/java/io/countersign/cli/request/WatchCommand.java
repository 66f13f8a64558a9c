package io.countersign.cli.request;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.EventsClient;
import io.countersign.client.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what happens as it happens. */
@Command(
        name = "watch",
        description =
                "Show what happens to requests as it happens, until Ctrl-C. With --json one line of JSON for each event.")
public final class WatchCommand implements Callable<Integer> {

    private static final Duration BEFORE_RECONNECTING = Duration.ofSeconds(1);

    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "AR-n", description = "only this request")
    private @Nullable String number;

    @Option(names = "--since", paramLabel = "EVENT", description = "begin after this event id")
    private String since = "";

    @Option(names = "--count", paramLabel = "N", description = "end after so many events")
    private int count = Integer.MAX_VALUE;

    @Option(names = "--cloudevents", description = "one CloudEvent 1.0 in JSON to a line")
    private boolean cloudEvents;

    private int seen;

    public WatchCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        EventsClient events = new EventsClient(invocation.server(), cloudEvents ? "cloudevents" : "", since);
        Screen screen = invocation.screen();
        screen.say(Text.of(Style.DIM, "watching; Ctrl-C ends it"));
        while (true) {
            try {
                if (events.follow(this::show)) {
                    return ExitCode.DONE;
                }
                screen.say(Text.of(Style.DIM, "reconnecting"));
            } catch (IOException lost) {
                screen.say(Text.of(Style.CAUTION, "connection lost; reconnecting"));
            }
            Thread.sleep(BEFORE_RECONNECTING);
        }
    }

    private boolean show(JsonNode event) {
        String about = Json.text(cloudEvents ? event.path("data") : event, "number");
        String name = about.isEmpty() || about.startsWith("AR-") ? about : "AR-" + about;
        if (number != null && !number.equals(name)) {
            return false;
        }
        seen++;
        if (cloudEvents || invocation.asJson()) {
            invocation.screen().json(Json.compact(event));
        } else {
            invocation
                    .screen()
                    .print(Text.of(Style.DIM, Json.text(event, "time") + "  ")
                            .and(Style.STRONG, "%-8s ".formatted(name))
                            .and(Json.text(event, "type").replace('-', ' ')));
        }
        return seen >= count;
    }
}
