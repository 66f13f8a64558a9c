package io.countersign.cli;

import io.countersign.cli.access.EnrolCommand;
import io.countersign.cli.access.LoginCommand;
import io.countersign.cli.access.LogoutCommand;
import io.countersign.cli.access.PasswordCommand;
import io.countersign.cli.access.SessionsCommand;
import io.countersign.cli.access.TokensCommand;
import io.countersign.cli.access.WhoamiCommand;
import io.countersign.cli.audit.AuditCommand;
import io.countersign.cli.audit.ClockCommand;
import io.countersign.cli.breakglass.BreakglassCommand;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.declaration.ApplyCommand;
import io.countersign.cli.declaration.ExportCommand;
import io.countersign.cli.declaration.SchemaCommand;
import io.countersign.cli.declaration.ValidateCommand;
import io.countersign.cli.demo.DemoCommand;
import io.countersign.cli.directory.DirectoryCommand;
import io.countersign.cli.git.GitCommand;
import io.countersign.cli.notify.NotificationsCommand;
import io.countersign.cli.policy.FindingsCommand;
import io.countersign.cli.policy.PoliciesCommand;
import io.countersign.cli.rego.RegoCommand;
import io.countersign.cli.request.AskCommand;
import io.countersign.cli.request.ExecutionsCommand;
import io.countersign.cli.request.FollowUpCommand;
import io.countersign.cli.request.OutcomeCommand;
import io.countersign.cli.request.RedeemCommand;
import io.countersign.cli.request.RequestsCommand;
import io.countersign.cli.request.ShowCommand;
import io.countersign.cli.request.VoteCommand;
import io.countersign.cli.request.WatchCommand;
import io.countersign.cli.run.RunCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine;

/** The first words there are. Only the one that was typed is built, since reading the others would be waited for. */
final class Commands {

    private static final Map<String, BiFunction<Invocation, List<String>, Object>> FIRST_WORDS = firstWords();

    private Commands() {}

    /** The main command with what these arguments need: one first word, or all of them to list or to choose from. */
    static CommandLine under(Object main, Invocation invocation, List<String> arguments) {
        CommandLine line = new CommandLine(main);
        String word = arguments.stream()
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        String first = word.equals("deny") ? "reject" : word;
        BiFunction<Invocation, List<String>, Object> typed = FIRST_WORDS.get(first);
        if (typed != null) {
            line.addSubcommand(first, typed.apply(invocation, arguments));
        } else {
            FIRST_WORDS.forEach((name, command) -> line.addSubcommand(name, command.apply(invocation, arguments)));
        }
        return line;
    }

    private static Map<String, BiFunction<Invocation, List<String>, Object>> firstWords() {
        Map<String, BiFunction<Invocation, List<String>, Object>> words = new LinkedHashMap<>();
        words.put("login", (run, typed) -> new LoginCommand(run));
        words.put("logout", (run, typed) -> new LogoutCommand(run));
        words.put("whoami", (run, typed) -> new WhoamiCommand(run));
        words.put("sessions", (run, typed) -> new SessionsCommand(run));
        words.put("password", (run, typed) -> new PasswordCommand(run));
        words.put("enrol", (run, typed) -> new EnrolCommand(run));
        words.put("check", (run, typed) -> new AskCommand.Check(run));
        words.put("ask", (run, typed) -> new AskCommand(run));
        words.put("run", (run, typed) -> RunCommand.with(run));
        words.put("git", (run, typed) -> GitCommand.with(run));
        words.put("wait", (run, typed) -> new FollowUpCommand.Wait(run));
        words.put("requests", (run, typed) -> new RequestsCommand(run));
        words.put("show", (run, typed) -> new ShowCommand(run));
        words.put("approve", (run, typed) -> new VoteCommand.Approve(run));
        words.put("reject", (run, typed) -> new VoteCommand.Reject(run));
        words.put("withdraw", (run, typed) -> new FollowUpCommand.Withdraw(run));
        words.put("cancel", (run, typed) -> new FollowUpCommand.Cancel(run));
        words.put("resubmit", (run, typed) -> new FollowUpCommand.Resubmit(run));
        words.put("redeem", (run, typed) -> new RedeemCommand(run));
        words.put("outcome", (run, typed) -> new OutcomeCommand(run));
        words.put("executions", (run, typed) -> new ExecutionsCommand(run));
        words.put("revoke", (run, typed) -> new FollowUpCommand.Revoke(run));
        words.put("watch", (run, typed) -> new WatchCommand(run));
        words.put("tokens", (run, typed) -> new TokensCommand(run));
        words.put("directory", DirectoryCommand::under);
        words.put("policies", (run, typed) -> PoliciesCommand.with(run));
        words.put("validate", (run, typed) -> new ValidateCommand(run));
        words.put("apply", (run, typed) -> new ApplyCommand(run));
        words.put("export", (run, typed) -> new ExportCommand(run));
        words.put("schema", (run, typed) -> new SchemaCommand(run));
        words.put("findings", (run, typed) -> new FindingsCommand(run));
        words.put("breakglass", (run, typed) -> new BreakglassCommand(run));
        words.put("notifications", (run, typed) -> new NotificationsCommand(run));
        words.put("audit", (run, typed) -> new AuditCommand(run));
        words.put("clock", (run, typed) -> new ClockCommand(run));
        words.put("rego", RegoCommand::with);
        words.put("completion", (run, typed) -> new CompletionCommand(run));
        words.put("demo", (run, typed) -> new DemoCommand(run));
        words.put("version", (run, typed) -> new VersionCommand(run));
        return words;
    }
}
