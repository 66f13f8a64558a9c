package io.countersign.cli.request;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Waits for people: looks at a request until it is decided. */
public final class Waiting {

    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(5);
    private static final Duration SILENCE_ENDURED = Duration.ofMinutes(15);
    private static final Duration OFTEN_AT_FIRST = Duration.ofMinutes(5);

    private final Invocation invocation;
    private final ServerClient server;
    private final String number;
    private final @Nullable Duration longest;

    public Waiting(Invocation invocation, ServerClient server, String number, WaitOptions options) {
        this.invocation = invocation;
        this.server = server;
        this.number = number;
        this.longest = options.longest();
    }

    /** Waits, shows what became of it, and answers the exit code that goes with it. */
    public int toTheEnd() {
        JsonNode request = untilDecided();
        String state = StateLabels.state(request);
        int exitCode = ExitCode.ofState(state);
        invocation.data(
                request,
                () -> invocation
                        .screen()
                        .print(Text.of(number + " ").and(StateLabels.style(state), StateLabels.of(request))));
        if (exitCode == ExitCode.DONE && state.equals("approved")) {
            invocation.screen().next("countersign redeem " + number + " ...", "uses the grant, once");
        } else if (state.equals("pending")) {
            invocation.screen().say("Still pending; the wait is over.");
            invocation.screen().next("countersign wait " + number, "goes on waiting");
        }
        return exitCode;
    }

    /** The state's word in what the server tells about a request. */
    public static String state(JsonNode answer) {
        return StateLabels.state(answer);
    }

    /** The request as it is once it is decided, or when the longest wait is over. */
    public JsonNode untilDecided() {
        Instant began = invocation.surroundings().clock().instant();
        Instant heard = began;
        String before = "";
        JsonNode request = MissingNode.getInstance();
        while (true) {
            Instant now = invocation.surroundings().clock().instant();
            try {
                request = server.get(Call.path("requests", number));
                heard = now;
                if (!StateLabels.state(request).equals("pending")) {
                    return request;
                }
                before = told(StateLabels.progress(request), before);
            } catch (UnreachableException away) {
                if (request.isMissingNode() || Duration.between(heard, now).compareTo(SILENCE_ENDURED) > 0) {
                    throw away;
                }
                before = told("no answer, trying again", before);
            }
            Duration waited = Duration.between(began, now);
            if (longest != null && waited.compareTo(longest) >= 0) {
                return request;
            }
            pause(waited.compareTo(OFTEN_AT_FIRST) < 0 ? OFTEN : SELDOM);
        }
    }

    /** Says it unless that was the last thing said. */
    private String told(String now, String before) {
        if (!now.equals(before)) {
            invocation
                    .screen()
                    .say(Text.of(Style.DIM, "waiting for " + number + ": ").and(now));
        }
        return now;
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", stop);
        }
    }
}
