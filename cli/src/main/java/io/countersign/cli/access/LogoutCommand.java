package io.countersign.cli.access;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.SignIn;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.ServerProblem;
import io.countersign.client.wire.ServerRefusal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends the kept session, here and on the server. */
@Command(name = "logout", description = "Sign out: the kept session ends here and on the server.")
public final class LogoutCommand implements Callable<Integer> {

    private static final int UNKNOWN = 401;

    private final Invocation invocation;

    @Option(names = "--everywhere", description = "end all your sessions, on every device")
    private boolean everywhere;

    public LogoutCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Optional<SignIn> kept = invocation.signInFile().read();
        if (kept.isEmpty() || kept.get().secret() == null) {
            invocation.screen().say("You were not signed in.");
            return ExitCode.DONE;
        }
        try {
            invocation.keptServer(kept.get()).send(Call.delete(everywhere ? "/sessions" : "/sessions/current"));
        } catch (ServerRefusal refusal) {
            ServerProblem problem = refusal.problem();
            if (problem.status() != UNKNOWN) {
                throw refusal;
            }
        }
        invocation.signInFile().write(kept.get().signedOut());
        invocation.screen().say("Signed out" + (everywhere ? " everywhere" : "") + ".");
        return ExitCode.DONE;
    }
}
