package io.countersign.cli.run;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Failures;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.request.GateReading;
import io.countersign.cli.run.CommandExecution.Ending;
import io.countersign.cli.run.CommandExecution.NotStarted;
import io.countersign.cli.run.CommandExecution.OutTo;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The last part of a run: compare, redeem, execute, report; each step is on disk before it is taken. */
final class RunToTheEnd {

    private static final int CANNOT_START = 126;
    private static final List<Duration> BETWEEN_REPORTS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(10));

    private final Invocation invocation;
    private final ServerClient server;
    private final boolean keep;

    RunToTheEnd(Invocation invocation, ServerClient server, boolean keep) {
        this.invocation = invocation;
        this.server = server;
        this.keep = keep;
    }

    int run(CommandSnapshot snapshot) {
        try (FileChannel channel = RunFolder.openLock(snapshot.folder());
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new CommandFailure(ExitCode.ERROR, "not run: another process is running it", "");
            }
            int exitCode = locked(snapshot, RunRecord.read(snapshot.folder()));
            Files.deleteIfExists(RunFolder.lockOf(snapshot.folder()));
            return exitCode;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private int locked(CommandSnapshot snapshot, RunRecord record) {
        if (!record.started().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "not run: it was started at " + record.started() + ", and how it ended was not reported",
                    "find out, then `countersign outcome " + record.executionId() + " succeeded` (or failed)");
        }
        snapshot.verify();
        Map<String, String> environment =
                snapshot.environment(invocation.surroundings().environment());
        String execution = record.executionId().isEmpty() ? UUID.randomUUID().toString() : record.executionId();
        RunRecord redeeming = record.redeeming(execution).write(snapshot.folder());
        GateReading answer = redeem(redeeming);
        if (!answer.permits()) {
            answer.tell(invocation);
            throw new CommandFailure(answer.exitCode(), "not run: it needs an approval now", "");
        }
        String now = invocation.surroundings().clock().instant().toString();
        redeeming.startedAt(now).write(snapshot.folder());
        OutTo out = invocation.asJson() ? OutTo.STANDARD_ERROR : OutTo.STANDARD_OUTPUT;
        CommandExecution command = new CommandExecution(snapshot.words(), environment, snapshot.workingFolder(), out);
        invocation.surroundings().out().flush();
        try {
            return command.run(invocation.surroundings(), ending -> ended(snapshot, redeeming, ending, ending.words()));
        } catch (NotStarted notStarted) {
            invocation.screen().say("countersign: the command could not be started: " + notStarted.getMessage());
            return ended(snapshot, redeeming, new Ending(CANNOT_START), "could not be started");
        }
    }

    private GateReading redeem(RunRecord record) {
        ObjectNode body = record.question().deepCopy();
        body.put("payloadDigest", record.digest()).put("executionId", record.executionId());
        return new GateReading(server.send(Call.post("/redemptions", body, record.executionId()))
                .body());
    }

    private int ended(CommandSnapshot snapshot, RunRecord record, Ending ending, String words) {
        boolean reported = report(record, ending, words);
        if (reported && !keep) {
            RunFolder.remove(snapshot.folder());
        }
        Screen screen = invocation.screen();
        String about = record.number().isEmpty() ? "" : record.number() + ": ";
        ObjectNode data = Json.object()
                .put("requestNumber", record.number())
                .put("executionId", record.executionId())
                .put("payloadDigest", record.digest())
                .put("exitCode", ending.exitCode())
                .put("outcomeReported", reported);
        invocation.data(
                data,
                () -> screen.say(Text.of(ending.succeeded() ? Style.GOOD : Style.BAD, about + words)
                        .and(Style.DIM, reported ? ", reported" : "")));
        return ending.exitCode();
    }

    private boolean report(RunRecord record, Ending ending, String words) {
        String result = ending.succeeded() ? "succeeded" : "failed";
        ObjectNode body = Json.object().put("result", result).put("text", words);
        Call call = Call.post(Call.path("executions", record.executionId(), "outcome"), body, invocation.key());
        for (int attempt = 0; ; attempt++) {
            try {
                server.send(call);
                return true;
            } catch (UnreachableException | ServerRefusal notTaken) {
                if (notTaken instanceof ServerRefusal refusal
                        && refusal.problem().reportedAlready(result)) {
                    return true;
                }
                if (notTaken instanceof ServerRefusal || attempt == BETWEEN_REPORTS.size()) {
                    Failures.tell(notTaken, invocation.screen());
                    invocation.screen().say("countersign: the command ran, its outcome is not reported: " + words);
                    invocation
                            .screen()
                            .next("countersign outcome " + record.executionId() + " " + result, "reports it");
                    return false;
                }
                pause(BETWEEN_REPORTS.get(attempt));
            }
        }
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }
}
