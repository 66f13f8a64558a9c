package io.countersign.cli.run;

import io.countersign.cli.command.BreakGlassOption;
import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.ReasonOptions;
import io.countersign.cli.command.Surroundings;
import io.countersign.cli.request.GateReading;
import io.countersign.cli.request.ResourceOptions;
import io.countersign.cli.request.WaitOptions;
import io.countersign.cli.request.Waiting;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.PayloadBytes;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs a command once it is approved, exactly as it was when it was asked for. */
@Command(
        name = "run",
        description = {
            "Run a command once it is approved, exactly as it was when you asked.",
            "The executable, the files named with --file and the declared variables are copied and shown to approvers.",
            "After the approval the copies are compared and executed: nothing on standard input, no other variables.",
            "Without --action, a mapping says which action the command is and on what; one nobody knows is command.execute.",
            "Ends with the command's own exit code; when the command did not run, the last line on standard error",
            "begins with `countersign:` and the code is one of 1 to 7."
        })
public final class RunCommand implements Callable<Integer> {

    private static final Set<String> ENDED =
            Set.of("denied", "expired", "cancelled", "grant-expired", "revoked", "executed");

    private final Invocation invocation;

    @Mixin
    private final ResourceOptions about = new ResourceOptions();

    @Mixin
    private final EnvironmentOptions variables = new EnvironmentOptions();

    @Mixin
    private final ReasonOptions reason = new ReasonOptions();

    @Mixin
    private final WaitOptions waiting = new WaitOptions();

    @Mixin
    private final BreakGlassOption breakGlass = new BreakGlassOption();

    @Option(names = "--file", paramLabel = "FILE", description = "a file or folder the command reads; may be repeated")
    private List<String> files = List.of();

    @Option(
            names = "--chdir",
            paramLabel = "DIR",
            description = "run in this folder as it is then, and not in a private one with only the named files")
    private @Nullable String chdir;

    @Option(names = "--terraform", paramLabel = "PLAN", description = "apply this saved plan; no command is given then")
    private @Nullable String terraform;

    @Option(
            names = "--executable-in-place",
            description = "run the executable from its own place, for programs that do not work as a copy")
    private boolean inPlace;

    @Option(
            names = "--no-wait",
            negatable = true,
            description = "end with 3 when it needs approval, and run later with --resume")
    private boolean noWait;

    @Option(names = "--resume", paramLabel = "AR-n", description = "go on with what was asked earlier")
    private @Nullable String resume;

    @Option(
            names = "--map",
            paramLabel = "FILE|DIR",
            description = "the mappings that say what a command is, in place of the usual ones")
    private @Nullable String map;

    @Option(names = "--explain", description = "say which action it is and on what, and do nothing; needs no server")
    private boolean explain;

    @Option(names = "--keep", description = "keep the snapshot after the command has run")
    private boolean keep;

    @Parameters(paramLabel = "COMMAND", description = "the command and its arguments, best after --")
    private List<String> words = List.of();

    private RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command; what follows the first word of the one to run belongs to that one. */
    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new RunCommand(invocation)).setStopAtPositional(true);
    }

    @Override
    public Integer call() {
        if (explain) {
            question().explain(invocation);
            return ExitCode.DONE;
        }
        ServerClient server = invocation.server();
        RunFolder runs = RunFolder.of(invocation.surroundings());
        if (resume != null) {
            Path folder = runs.find(server.server().toString(), resume);
            RunRecord record = RunRecord.read(folder);
            return decided(server, CommandSnapshot.read(folder, record.digest()), record);
        }
        runs.prune(invocation.surroundings().clock().instant(), record -> over(server, record));
        RunQuestion asked = question();
        CommandSnapshot snapshot = snapshot(runs, asked.ask());
        PayloadBytes payload = snapshot.manifest().payload();
        ObjectNode question = asked.question();
        RunRecord record = new RunRecord(server.server().toString(), "", payload.digest(), question, "", "")
                .write(snapshot.folder());
        boolean kept = false;
        try {
            GateReading answer = ask(server, question, payload);
            kept = true;
            return answer.holds()
                    ? held(server, snapshot, record, answer)
                    : new RunToTheEnd(invocation, server, keep).run(snapshot);
        } finally {
            if (!kept) {
                RunFolder.remove(snapshot.folder());
            }
        }
    }

    /** Whether a request of this server has ended, so that its snapshot will never run; what is not known is not over. */
    private static boolean over(ServerClient server, RunRecord record) {
        if (!record.server().equals(server.server().toString())) {
            return false;
        }
        try {
            String state = Waiting.state(server.get(Call.path("requests", record.number())));
            return ENDED.contains(state);
        } catch (ServerRefusal | UnreachableException unknown) {
            return false;
        }
    }

    private int held(ServerClient server, CommandSnapshot snapshot, RunRecord record, GateReading answer) {
        RunRecord asked = record.asked(answer.number()).write(snapshot.folder());
        if (noWait) {
            invocation.data(answer.body(), () -> answer.tell(invocation));
            invocation.screen().next("countersign run --resume " + answer.number(), "runs it once it is approved");
            return ExitCode.UNDECIDED;
        }
        invocation.screen().say(answer.number() + " waits for approval.");
        return decided(server, snapshot, asked);
    }

    /** Waits for the decision where that is wanted, and runs the command when it is a yes. */
    private int decided(ServerClient server, CommandSnapshot snapshot, RunRecord record) {
        String number = record.number();
        JsonNode request = noWait
                ? server.get(Call.path("requests", number))
                : new Waiting(invocation, server, number, waiting).untilDecided();
        String state = Waiting.state(request);
        if (state.equals("approved")
                || (state.equals("executing") && !record.executionId().isEmpty())) {
            return new RunToTheEnd(invocation, server, keep).run(snapshot);
        }
        if (state.equals("pending")) {
            invocation.screen().next("countersign run --resume " + number, "runs it once it is approved");
            throw new CommandFailure(ExitCode.UNDECIDED, "not run: " + number + " is still pending", "");
        }
        RunFolder.remove(snapshot.folder());
        int exitCode = ExitCode.ofState(state);
        throw new CommandFailure(
                exitCode == ExitCode.DONE ? ExitCode.ERROR : exitCode,
                "not run: " + number + " is " + state,
                "`countersign show " + number + "` says why");
    }

    private GateReading ask(ServerClient server, ObjectNode question, PayloadBytes payload) {
        ObjectNode body = question.deepCopy();
        body.set("payload", payload.json());
        String why = reason.read(invocation.surroundings());
        if (why != null) {
            body.put("reason", why);
        }
        breakGlass.nameIn(body);
        return new GateReading(
                server.send(Call.post("/asks", body, invocation.key())).body());
    }

    private CommandSnapshot snapshot(RunFolder runs, RunAsk ask) {
        return runs.take(
                invocation.surroundings(),
                ask,
                taken -> terraform == null ? taken : TerraformPlan.explained(taken, ask.environment()));
    }

    /** What is typed, and what is asked about it. */
    private RunQuestion question() {
        Surroundings surroundings = invocation.surroundings();
        Map<String, String> environment = variables.environment(surroundings);
        RunAsk typed;
        if (terraform == null) {
            if (words.isEmpty()) {
                throw new CommandFailure(ExitCode.USAGE, "missing: the command to run", "write it after --");
            }
            typed = new RunAsk(words, files, environment, variables.secrets(), chdir, inPlace);
        } else {
            String program = words.isEmpty() ? "terraform" : words.getFirst();
            TerraformPlan plan = new TerraformPlan(terraform, chdir == null ? "." : chdir, program);
            List<String> named = new ArrayList<>(List.of(terraform));
            named.addAll(files);
            typed = new RunAsk(plan.words(), named, environment, variables.secrets(), plan.chdir(), inPlace);
        }
        checked(typed);
        if (about.namesAction()) {
            if (map != null) {
                throw new CommandFailure(
                        ExitCode.USAGE, "--map and --action both say what the command is", "leave one of them out");
            }
            return RunQuestion.typed(about, typed);
        }
        return RunQuestion.mapped(about, typed, map, surroundings, terraform != null);
    }

    /** A locale that is not UTF-8 turns words into others before this program sees them. */
    private static void checked(RunAsk ask) {
        for (String word : ask.words()) {
            if (word.indexOf('\ufffd') >= 0
                    || !StandardCharsets.UTF_8.newEncoder().canEncode(word)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "`" + word + "` did not arrive as it was typed",
                        "set LC_ALL=C.UTF-8, so that words are read as UTF-8");
            }
        }
    }
}
